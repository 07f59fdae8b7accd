//! # What it does
//! Finds endpoints with ASCII letters in upper case.
//!
//! # Why it is bad
//! Host names have no case, but clients compare endpoints octet for octet (D30): the same account under two spellings is shown twice.
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=IM.Example.net"
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Fix safety
//! Writing the host in lower case is safe: it stays the same host.

use crate::endpoint::Parts;
use crate::finding::Finding;
use crate::fix::Safety;
use crate::level::Level;
use crate::mimi::MimiView;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI211",
    name: "endpoint-upper-case",
    level: Level::Info,
    is_pedantic: true,
    summary: "an endpoint has letters in upper case",
    basis: "D30, D54",
    fix: Fixable::Always,
    check: Check::Mimi(check),
};

fn check(view: &MimiView<'_>, sink: &mut Sink<'_>) {
    let Some(host) = Parts::of(view.mssi.mse()).host else {
        return;
    };
    if !host.bytes().any(|octet| octet.is_ascii_uppercase()) {
        return;
    }
    let change = vec![(
        view.definition.span_of(host),
        host.to_ascii_lowercase().into_bytes(),
    )];
    let fix = view
        .definition
        .fix(Safety::Safe, "write it in lower case", change);
    let message = "expected a host name in lower case, found upper case";
    let finding = Finding::new(&RULE, view.value_place(host), message);
    sink.report(finding.with_help("write it in lower case").with_fix(fix));
}
