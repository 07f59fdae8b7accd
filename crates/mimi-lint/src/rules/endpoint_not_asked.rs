//! # What it does
//! Says that nobody could tell whether the host of an endpoint exists.
//!
//! # Why it is bad
//! It is not: this only says what was not looked at.
//!
//! # Example
//! `mimi-lint live --server 192.0.2.1 alice.example.com`, with a server that answers for its own zones only.
//!
//! # Use instead
//! Add `--resolver` with the address of a resolver.
//!
//! # Fix safety
//! No fix: it is about servers.

use crate::finding::Finding;
use crate::level::Level;
use crate::live::{LiveView, place};
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI742",
    name: "endpoint-not-asked",
    level: Level::Info,
    is_pedantic: false,
    summary: "the host of an endpoint could not be looked up",
    basis: "§4.3",
    fix: Fixable::No,
    check: Check::Live(check),
};

fn check(live: &LiveView<'_>, sink: &mut Sink<'_>) {
    for host in live.subject.hosts.iter().filter(|host| !host.is_known) {
        let name = &host.name;
        let message = format!(
            "expected to learn the addresses of the endpoint {name}, found nobody who says"
        );
        let help = "name a resolver with --resolver";
        sink.report(Finding::new(&RULE, place(name, None, &host.record), message).with_help(help));
    }
}
