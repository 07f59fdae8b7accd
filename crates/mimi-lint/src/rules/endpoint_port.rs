//! # What it does
//! Finds endpoints with a port.
//!
//! # Why it is bad
//! What an endpoint looks like is for other MIMI documents to say (§4.3); the examples of the draft are host names and nothing else. A
//! client that looks up the whole value finds no such host.
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net:8443"
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Fix safety
//! Removing the port is unsafe: the service must be reachable at the usual one.

use crate::endpoint::Parts;
use crate::finding::Finding;
use crate::fix::Safety;
use crate::level::Level;
use crate::mimi::MimiView;
use crate::rule::{Check, Fixable, Rule};
use crate::rules::endpoint_bad_port;
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI203",
    name: "endpoint-port",
    level: Level::Warning,
    is_pedantic: false,
    summary: "an endpoint has a port",
    basis: "§4.3, D54",
    fix: Fixable::Always,
    check: Check::Mimi(check),
};

fn check(view: &MimiView<'_>, sink: &mut Sink<'_>) {
    let Some(port) = Parts::of(view.mssi.mse()).port else {
        return;
    };
    if !endpoint_bad_port::is_port(port) {
        return;
    }
    let change = vec![(view.definition.span_of(port), Vec::new())];
    let fix = view
        .definition
        .fix(Safety::Unsafe, "remove the port", change);
    let finding = Finding::new(
        &RULE,
        view.value_place(port),
        "expected a host name, found a port behind it",
    );
    sink.report(
        finding
            .with_help("let the service listen at the usual port")
            .with_fix(fix),
    );
}
