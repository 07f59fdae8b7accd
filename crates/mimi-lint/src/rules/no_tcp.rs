//! # What it does
//! Finds answers that are cut short over UDP and cannot be had over TCP.
//!
//! # Why it is bad
//! A truncated answer is never used (D7): callers reach nobody.
//!
//! # Example
//! A firewall that lets UDP port 53 through, and not TCP port 53.
//!
//! # Use instead
//! Let TCP port 53 through (RFC 7766 §5).
//!
//! # Fix safety
//! No fix: it is about servers.

use crate::finding::Finding;
use crate::level::Level;
use crate::live::{LiveView, place, question};
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI705",
    name: "no-tcp",
    level: Level::Error,
    is_pedantic: false,
    summary: "an answer that needs TCP cannot be had over TCP",
    basis: "D7",
    fix: Fixable::No,
    check: Check::Live(check),
};

fn check(live: &LiveView<'_>, sink: &mut Sink<'_>) {
    for (zone, server) in live.servers() {
        for failure in server.failures.iter().filter(|failure| failure.is_tcp) {
            let line = question(&failure.name, &failure.record_type);
            let message = format!(
                "expected the rest of a truncated answer over TCP, found {}",
                failure.reason.as_str()
            );
            let help = "let TCP port 53 through to the server";
            let place = place(&zone.apex, Some(&server.address), line);
            sink.report(Finding::new(&RULE, place, message).with_help(help));
        }
    }
}
