//! # What it does
//! Finds endpoints with a scheme, such as `https://`.
//!
//! # Why it is bad
//! What an endpoint looks like is for other MIMI documents to say (§4.3); the examples of the draft are host names and nothing else. A
//! client that looks up the whole value finds no such host.
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=https://im.example.net"
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Fix safety
//! Removing `https://` and the like is unsafe: the service must be reachable by what the client speaks.

use crate::endpoint::Parts;
use crate::finding::Finding;
use crate::fix::Safety;
use crate::level::Level;
use crate::mimi::MimiView;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI205",
    name: "endpoint-scheme",
    level: Level::Warning,
    is_pedantic: false,
    summary: "an endpoint is a URI",
    basis: "§4.3, D54",
    fix: Fixable::Sometimes,
    check: Check::Mimi(check),
};

fn check(view: &MimiView<'_>, sink: &mut Sink<'_>) {
    let Some(scheme) = Parts::of(view.mssi.mse()).scheme else {
        return;
    };
    let change = vec![(view.definition.span_of(scheme), Vec::new())];
    let fix = view
        .definition
        .fix(Safety::Unsafe, "remove the scheme", change);
    let finding = Finding::new(
        &RULE,
        view.value_place(scheme),
        "expected a host name, found the scheme of a URI",
    );
    let fix = fix.filter(|_| scheme.ends_with('/'));
    sink.report(
        finding
            .with_help("publish the host name alone")
            .with_fix(fix),
    );
}
