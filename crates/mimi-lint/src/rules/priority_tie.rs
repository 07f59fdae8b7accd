//! # What it does
//! Finds usable MIMI records of one owner with the same `p`.
//!
//! # Why it is bad
//! It is legal: the caller chooses among them. Their order in the file and in answers says nothing.
//!
//! # Example
//! ```zone
//! alice MIMI "v=MIMI1; p=1; a=alice; e=im.chat.zone"
//! alice MIMI "v=MIMI1; p=1; a=alice99; e=im.other.zone"
//! ```
//!
//! # Use instead
//! ```zone
//! alice MIMI "v=MIMI1; p=1; a=alice; e=im.chat.zone"
//! alice MIMI "v=MIMI1; p=2; a=alice99; e=im.other.zone"
//! ```
//!
//! # Fix safety
//! No fix: only the owner knows which account comes first.

use std::collections::{HashMap, HashSet};

use crate::finding::Finding;
use crate::level::Level;
use crate::owner::{Member, OwnerView};
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI305",
    name: "priority-tie",
    level: Level::Info,
    is_pedantic: false,
    summary: "two records of an owner have the same priority",
    basis: "§4.3, D28",
    fix: Fixable::No,
    check: Check::Owner(check),
};

fn check(view: &OwnerView<'_>, sink: &mut Sink<'_>) {
    let mut firsts: HashMap<u32, &Member<'_>> = HashMap::new();
    let mut accounts = HashSet::new();
    for member in &view.mimi {
        let Some(mssi) = &member.mssi else { continue };
        let Some(priority) = mssi.priority() else {
            continue;
        };
        // The same account twice is another rule's.
        if !accounts.insert((priority, mssi.mse(), mssi.mssa())) {
            continue;
        }
        let first = *firsts.entry(priority).or_insert(member);
        if !std::ptr::eq(first, member) {
            let message = format!("expected different priorities, found `p={priority}` twice");
            let finding = Finding::new(&RULE, member.record.rdata_place(), message)
                .with_related(first.record.rdata_place(), "the other one is here")
                .with_help("give the account that callers should try first a lower `p`");
            sink.report(finding);
        }
    }
}
