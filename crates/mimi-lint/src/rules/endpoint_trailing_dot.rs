//! # What it does
//! Finds endpoints that end with a dot.
//!
//! # Why it is bad
//! An endpoint is never relative, so the dot says nothing; but clients compare endpoints octet for octet (D30), and certificates hold names
//! without it.
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net."
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Fix safety
//! Removing the dot is safe.

use crate::endpoint::Parts;
use crate::finding::Finding;
use crate::fix::Safety;
use crate::level::Level;
use crate::mimi::MimiView;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI210",
    name: "endpoint-trailing-dot",
    level: Level::Info,
    is_pedantic: false,
    summary: "an endpoint ends with a dot",
    basis: "D30, D54",
    fix: Fixable::Always,
    check: Check::Mimi(check),
};

fn check(view: &MimiView<'_>, sink: &mut Sink<'_>) {
    let Some(host) = Parts::of(view.mssi.mse()).host else {
        return;
    };
    let Some(name) = host
        .strip_suffix('.')
        .filter(|name| !name.is_empty() && !name.ends_with('.'))
    else {
        return;
    };
    let dot = host.get(name.len()..).unwrap_or(host);
    let change = vec![(view.definition.span_of(dot), Vec::new())];
    let fix = view.definition.fix(Safety::Safe, "remove the dot", change);
    let message = "expected a host name without final dot, found one";
    let finding = Finding::new(&RULE, view.value_place(dot), message);
    sink.report(finding.with_help("remove the dot").with_fix(fix));
}
