//! # What it does
//! Finds owners with two or more MIMI records of which none can be used. (About a single record, what is wrong with it says it
//! all.)
//!
//! # Why it is bad
//! The name looks as if it could be reached, and nobody who asks for it gets an account.
//!
//! # Example
//! ```zone
//! alice MIMI "v=MIMI2; a=alice; e=im.chat.zone"
//! alice MIMI "v=MIMI1; a=alice"
//! ```
//!
//! # Use instead
//! ```zone
//! alice MIMI "v=MIMI2; a=alice; e=im.chat.zone"
//! alice MIMI "v=MIMI1; a=alice; e=im.chat.zone"
//! ```
//!
//! # Fix safety
//! No fix: what is wrong with each record is told by other rules, some with fixes.

use crate::finding::Finding;
use crate::level::Level;
use crate::owner::OwnerView;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI303",
    name: "no-usable-record",
    level: Level::Error,
    is_pedantic: false,
    summary: "an owner has MIMI records, none of them usable",
    basis: "§4.4, D33",
    fix: Fixable::No,
    check: Check::Owner(check),
};

fn check(view: &OwnerView<'_>, sink: &mut Sink<'_>) {
    let [first, _, ..] = view.mimi.as_slice() else {
        return;
    };
    // Of very many records not all are looked at.
    if view.mimi.len() < view.mimi_count || view.mimi.iter().any(|member| member.mssi.is_some()) {
        return;
    }
    let message = format!(
        "expected a usable record at `{}`, found {} that are not",
        view.owner, view.mimi_count
    );
    let finding = Finding::new(&RULE, first.record.owner_place(), message);
    sink.report(finding.with_help("mend at least one of the records, or remove them all"));
}
