//! # What it does
//! Finds usable MIMI records of one owner that have the same `s` and name different accounts.
//!
//! # Why it is bad
//! It is legal, but mostly one of them is left from an account that was given up: callers may write to it, and whoever has it now
//! reads what they write.
//!
//! # Example
//! ```zone
//! alice MIMI "v=MIMI1; a=alice; e=im.telegram.org; s=telegram"
//! alice MIMI "v=MIMI1; a=alice99; e=im.telegram.org; s=telegram"
//! ```
//!
//! # Use instead
//! ```zone
//! alice MIMI "v=MIMI1; a=alice99; e=im.telegram.org; s=telegram"
//! ```
//!
//! # Fix safety
//! No fix: only the owner of the records knows which one is meant.

use std::collections::{HashMap, HashSet};

use crate::finding::Finding;
use crate::level::Level;
use crate::owner::{Member, OwnerView};
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI302",
    name: "service-twice",
    level: Level::Warning,
    is_pedantic: false,
    summary: "two records of an owner name the same service",
    basis: "§4.3",
    fix: Fixable::No,
    check: Check::Owner(check),
};

fn check(view: &OwnerView<'_>, sink: &mut Sink<'_>) {
    let mut firsts: HashMap<&str, &Member<'_>> = HashMap::new();
    let mut accounts = HashSet::new();
    for member in &view.mimi {
        let Some(mssi) = &member.mssi else { continue };
        let Some(service) = mssi.service() else {
            continue;
        };
        // The same account twice is another rule's.
        if !accounts.insert((service, mssi.mse(), mssi.mssa())) {
            continue;
        }
        let first = *firsts.entry(service).or_insert(member);
        if !std::ptr::eq(first, member) {
            let message =
                format!("expected one account of a service, found another one of `{service}`");
            let finding = Finding::new(&RULE, member.record.rdata_place(), message)
                .with_related(first.record.rdata_place(), "the other one is here")
                .with_help(
                    "remove the record of the account that is no longer used, if there is one",
                );
            sink.report(finding);
        }
    }
}
