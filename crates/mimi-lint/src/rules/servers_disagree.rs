//! # What it does
//! Finds MIMI and MIMIX records that are not the same on all servers of a zone.
//!
//! # Why it is bad
//! Whom a caller reaches depends on which server it happens to ask.
//!
//! # Example
//! One server still has the account that its owner has left.
//!
//! # Use instead
//! Let all servers load the same zone: see whether transfers succeed, and whether the serial number grew.
//!
//! # Fix safety
//! No fix: it is about servers.

use std::collections::BTreeSet;

use crate::finding::Finding;
use crate::level::Level;
use crate::live::{LiveView, question_place};
use crate::observations::Server;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI702",
    name: "servers-disagree",
    level: Level::Error,
    is_pedantic: false,
    summary: "the servers of a zone give different records",
    basis: "RFC 1034 §4.3.5",
    fix: Fixable::No,
    check: Check::Live(check),
};

fn check(live: &LiveView<'_>, sink: &mut Sink<'_>) {
    for zone in &live.subject.zones {
        for question in &zone.questions {
            let said = zone.servers.iter().filter_map(|server| {
                let records = records(server, &question.name, &question.record_type)?;
                Some((server, records))
            });
            let said: Vec<_> = said.collect();
            let Some(((first, expected), others)) = said.split_first() else {
                continue;
            };
            let other = others.iter().find(|(_, records)| records != expected);
            let Some((other, found)) = other else {
                continue;
            };
            let (name, record_type) = (&question.name, &question.record_type);
            let message = format!(
                "expected all servers to give the same {record_type} records, found {} at {} and {} at {} that are not the same",
                expected.len(),
                first.address,
                found.len(),
                other.address
            );
            let finding = Finding::new(
                &RULE,
                question_place(zone, first, name, record_type),
                message,
            );
            let place = question_place(zone, other, name, record_type);
            let help = "let all servers load the same zone: see whether its serial number grew and transfers succeed";
            sink.report(
                finding
                    .with_related(place, "not the same here")
                    .with_help(help),
            );
        }
    }
}

/// The records of the type asked for, whatever their TTL and their order.
fn records<'a>(
    server: &'a Server,
    name: &str,
    record_type: &str,
) -> Option<BTreeSet<Vec<&'a str>>> {
    let mut answers = server.answers.iter();
    let answer = answers.find(|one| one.name == name && one.record_type == record_type)?;
    let without_ttl = |line: &'a String| {
        let words = line.split(' ').enumerate();
        words
            .filter(|(at, _)| *at != 1)
            .map(|(_, word)| word)
            .collect()
    };
    Some(answer.records.iter().map(without_ttl).collect())
}
