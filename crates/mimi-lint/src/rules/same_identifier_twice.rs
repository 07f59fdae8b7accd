//! # What it does
//! Finds usable MIMI records of one owner with the same `e` and `a`.
//!
//! # Why it is bad
//! Callers keep only one of them whole: that with the lowest `p`, and at equal `p` the first in octet order. What the other one
//! says of `s`, `pv` and `p` is lost.
//!
//! # Example
//! ```zone
//! alice MIMI "v=MIMI1; p=1; a=alice; e=im.chat.zone"
//! alice MIMI "v=MIMI1; p=2; a=alice; e=im.chat.zone; s=telegram"
//! ```
//!
//! # Use instead
//! ```zone
//! alice MIMI "v=MIMI1; p=1; a=alice; e=im.chat.zone; s=telegram"
//! ```
//!
//! # Fix safety
//! No fix: only the owner of the records knows which one is meant.

use std::collections::HashMap;

use crate::finding::Finding;
use crate::level::Level;
use crate::owner::{Member, OwnerView};
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI301",
    name: "same-identifier-twice",
    level: Level::Warning,
    is_pedantic: false,
    summary: "two records of an owner name the same account",
    basis: "D30",
    fix: Fixable::No,
    check: Check::Owner(check),
};

fn check(view: &OwnerView<'_>, sink: &mut Sink<'_>) {
    let mut survivors: HashMap<(&str, &str), (usize, &Member<'_>)> = HashMap::new();
    for (index, member) in view.mimi.iter().enumerate() {
        let Some(mssi) = &member.mssi else { continue };
        let survivor = survivors
            .entry((mssi.mse(), mssi.mssa()))
            .or_insert((index, member));
        if rank(member) < rank(survivor.1) {
            *survivor = (index, member);
        }
    }
    for (index, member) in view.mimi.iter().enumerate() {
        let Some(mssi) = &member.mssi else { continue };
        match survivors.get(&(mssi.mse(), mssi.mssa())) {
            Some((kept, survivor)) if *kept != index => {
                let message =
                    "expected each account once, found another record with the same `e` and `a`";
                let finding = Finding::new(&RULE, member.record.rdata_place(), message)
                    .with_label("callers drop this one")
                    .with_related(survivor.record.rdata_place(), "and keep this one")
                    .with_help("remove one of the two records");
                sink.report(finding);
            }
            _ => {}
        }
    }
}

/// What is lowest for the record that callers keep (D27, D30).
fn rank<'a>(member: &'a Member<'_>) -> (bool, Option<u32>, Option<&'a [u8]>) {
    let priority = member.mssi.and_then(|mssi| mssi.priority());
    (priority.is_none(), priority, member.record.rdata.as_deref())
}
