//! # What it does
//! Finds questions that a server, or the way to it, left without an answer.
//!
//! # Why it is bad
//! Callers wait, and some of them reach nobody. What was asked stays open: the record may be there or not.
//!
//! # Example
//! A server that is switched off, while the zone still names it in an NS record.
//!
//! # Use instead
//! Mend the server, or take its NS record out of the zone and the delegation.
//!
//! # Fix safety
//! No fix: it is about servers.

use crate::finding::Finding;
use crate::level::Level;
use crate::live::{LiveView, place, question};
use crate::observations::{Failure, Reason};
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI700",
    name: "no-answer",
    level: Level::Warning,
    is_pedantic: false,
    summary: "a question was left without an answer",
    basis: "D33",
    fix: Fixable::No,
    check: Check::Live(check),
};

fn check(live: &LiveView<'_>, sink: &mut Sink<'_>) {
    for failure in &live.subject.failures {
        sink.report(finding(&failure.name, failure));
    }
    for zone in &live.subject.zones {
        let failures = zone.servers.iter().flat_map(|server| &server.failures);
        for failure in failures.filter(|failure| is_meant(failure)) {
            sink.report(finding(&zone.apex, failure));
        }
    }
}

/// Whether other rules leave this to this one.
fn is_meant(failure: &Failure) -> bool {
    let is_lame = matches!(
        failure.reason,
        Reason::Lame | Reason::Refused | Reason::NotAuthoritative
    );
    !failure.is_tcp && !is_lame
}

fn finding(zone: &str, failure: &Failure) -> Finding {
    let line = question(&failure.name, &failure.record_type);
    let server = Some(failure.server.as_str()).filter(|server| !server.is_empty());
    let message = format!(
        "expected an answer, found {}; what is published there stays open",
        failure.reason.as_str()
    );
    let help = "ask again later; if it stays so, mend the server or take it out of the NS records";
    Finding::new(&RULE, place(zone, server, line), message).with_help(help)
}
