//! # What it does
//! Finds endpoints whose host has no address.
//!
//! # Why it is bad
//! Callers find the account and cannot reach it.
//!
//! # Example
//! ```zone
//! alice.example.com. 3600 IN MIMI "v=MIMI1; a=alice; e=old.example.net"
//! ```
//!
//! # Use instead
//! Name the host that the provider uses now.
//!
//! # Fix safety
//! No fix: it is about servers.

use crate::finding::Finding;
use crate::level::Level;
use crate::live::{LiveView, place};
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI740",
    name: "endpoint-not-found",
    level: Level::Error,
    is_pedantic: false,
    summary: "the host of an endpoint has no address",
    basis: "§4.3",
    fix: Fixable::No,
    check: Check::Live(check),
};

fn check(live: &LiveView<'_>, sink: &mut Sink<'_>) {
    for host in &live.subject.hosts {
        if !host.is_known || !host.addresses.is_empty() {
            continue;
        }
        let name = &host.name;
        let message = format!("expected the endpoint {name} to have an address, found none");
        let help = "name the host that the provider uses";
        sink.report(Finding::new(&RULE, place(name, None, &host.record), message).with_help(help));
    }
}
