//! # What it does
//! Finds servers that give a MIMI or MIMIX record for a name made up at random.
//!
//! # Why it is bad
//! A wildcard answers: a mistyped name reaches whoever the wildcard names, instead of nobody (D38).
//!
//! # Example
//! ```zone
//! *.example.com. 3600 IN MIMI "v=MIMI1; a=reception; e=im.example.net"
//! ```
//!
//! # Use instead
//! Publish a record for each person, and no wildcard.
//!
//! # Fix safety
//! No fix: it is about servers.

use crate::finding::Finding;
use crate::level::Level;
use crate::live::{LiveView, question_place};
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI707",
    name: "answers-any-name",
    level: Level::Warning,
    is_pedantic: false,
    summary: "any name is answered: there is a wildcard",
    basis: "D38",
    fix: Fixable::No,
    check: Check::Live(check),
};

fn check(live: &LiveView<'_>, sink: &mut Sink<'_>) {
    for (zone, server, probe) in
        live.probes(|probe| !probe.is_below_target && !probe.records.is_empty())
    {
        let place = question_place(zone, server, &probe.name, "MIMI");
        let message = format!(
            "expected no record at a name made up at random, found {}: a wildcard answers",
            probe.records.len()
        );
        let help = "publish a record for each person, and no wildcard";
        sink.report(Finding::new(&RULE, place, message).with_help(help));
    }
}
