//! # What it does
//! Finds answers that do not fit into a UDP message of 1232 octets, so that they must be asked for again over TCP.
//!
//! # Why it is bad
//! Each first contact costs two more round trips, and callers behind networks that let no DNS over TCP through reach nobody.
//!
//! # Example
//! Twenty accounts at one name.
//!
//! # Use instead
//! Publish fewer or shorter records at one name.
//!
//! # Fix safety
//! No fix: it is about servers.

use crate::finding::Finding;
use crate::level::Level;
use crate::live::{LiveView, question_place};
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI704",
    name: "truncated-answer",
    level: Level::Info,
    is_pedantic: false,
    summary: "an answer does not fit into UDP",
    basis: "D7",
    fix: Fixable::No,
    check: Check::Live(check),
};

fn check(live: &LiveView<'_>, sink: &mut Sink<'_>) {
    let mut seen = Vec::new();
    for (zone, server, answer) in live.answers() {
        let question = (&answer.name, &answer.record_type);
        if !answer.is_truncated || seen.contains(&question) {
            continue;
        }
        seen.push(question);
        let place = question_place(zone, server, &answer.name, &answer.record_type);
        let message = "expected an answer of at most 1232 octets, found one that needs TCP";
        let help = "publish fewer or shorter records at this name";
        sink.report(Finding::new(&RULE, place, message).with_help(help));
    }
}
