//! # What it does
//! Finds names without a MIMI or MIMIX record, where every server that answered says so.
//!
//! # Why it is bad
//! Nobody can be reached there.
//!
//! # Example
//! A zone that was changed but not loaded.
//!
//! # Use instead
//! ```zone
//! alice.example.com. 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Fix safety
//! No fix: it is about servers.

use crate::finding::Finding;
use crate::level::Level;
use crate::live::{LiveView, question_place};
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI706",
    name: "nothing-published",
    level: Level::Warning,
    is_pedantic: false,
    summary: "there is no record where one was expected",
    basis: "D58",
    fix: Fixable::No,
    check: Check::Live(check),
};

fn check(live: &LiveView<'_>, sink: &mut Sink<'_>) {
    for zone in &live.subject.zones {
        for question in zone.questions.iter().filter(|question| question.is_needed) {
            let mut first = None;
            let has_any = zone.servers.iter().any(|server| {
                let mut at_name = server
                    .answers
                    .iter()
                    .filter(|one| one.name == question.name);
                at_name.any(|answer| {
                    if answer.record_type == question.record_type {
                        first.get_or_insert((server, answer));
                    }
                    !answer.records.is_empty()
                })
            });
            let Some((server, answer)) = first.filter(|_| !has_any) else {
                continue;
            };
            let found = match answer.exists {
                true => "a name that has none",
                false => "that the name does not exist",
            };
            let record_type = &question.record_type;
            let message = format!("expected a {record_type} record, found {found}");
            let place = question_place(zone, server, &question.name, record_type);
            let help = "publish the record, or see whether the servers have loaded it";
            sink.report(Finding::new(&RULE, place, message).with_help(help));
        }
    }
}
