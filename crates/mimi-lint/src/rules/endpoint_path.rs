//! # What it does
//! Finds endpoints with a path, a query or a fragment.
//!
//! # Why it is bad
//! What an endpoint looks like is for other MIMI documents to say (§4.3); the examples of the draft are host names and nothing else. A
//! client that looks up the whole value finds no such host.
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net/mimi"
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Fix safety
//! Removing a lone `/` is safe. Removing more is unsafe: the service must be reachable without the path.

use crate::endpoint::Parts;
use crate::finding::Finding;
use crate::fix::Safety;
use crate::level::Level;
use crate::mimi::MimiView;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI204",
    name: "endpoint-path",
    level: Level::Warning,
    is_pedantic: false,
    summary: "an endpoint has a path",
    basis: "§4.3, D54",
    fix: Fixable::Always,
    check: Check::Mimi(check),
};

fn check(view: &MimiView<'_>, sink: &mut Sink<'_>) {
    let Some(path) = Parts::of(view.mssi.mse()).path else {
        return;
    };
    let safety = match path {
        "/" => Safety::Safe,
        _ => Safety::Unsafe,
    };
    let change = vec![(view.definition.span_of(path), Vec::new())];
    let fix = view.definition.fix(safety, "remove the path", change);
    let finding = Finding::new(
        &RULE,
        view.value_place(path),
        "expected a host name, found a path behind it",
    );
    sink.report(
        finding
            .with_help("publish the host name alone")
            .with_fix(fix),
    );
}
