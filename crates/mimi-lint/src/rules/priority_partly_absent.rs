//! # What it does
//! Finds owners of which some usable MIMI records have `p` and others have none.
//!
//! # Why it is bad
//! It is legal, but easily misread: records without `p` come after all those with one, however high it is. Other clients than ours
//! may see it otherwise, since the draft does not say.
//!
//! # Example
//! ```zone
//! alice MIMI "v=MIMI1; a=alice; e=im.chat.zone"
//! alice MIMI "v=MIMI1; p=9; a=alice99; e=im.other.zone"
//! ```
//!
//! # Use instead
//! ```zone
//! alice MIMI "v=MIMI1; p=10; a=alice; e=im.chat.zone"
//! alice MIMI "v=MIMI1; p=9; a=alice99; e=im.other.zone"
//! ```
//!
//! # Fix safety
//! No fix: only the owner knows which account comes first.

use crate::finding::Finding;
use crate::level::Level;
use crate::owner::OwnerView;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI306",
    name: "priority-partly-absent",
    level: Level::Info,
    is_pedantic: false,
    summary: "only some records of an owner have a priority",
    basis: "§4.3, D27",
    fix: Fixable::No,
    check: Check::Owner(check),
};

fn check(view: &OwnerView<'_>, sink: &mut Sink<'_>) {
    let first = |has_priority: bool| {
        view.mimi.iter().find(|member| {
            let mssi = member.mssi.as_ref();
            mssi.is_some_and(|mssi| mssi.priority().is_some() == has_priority)
        })
    };
    let (Some(with), Some(without)) = (first(true), first(false)) else {
        return;
    };
    let message = "expected `p` in all records of an owner or in none, found one without it";
    let finding = Finding::new(&RULE, without.record.rdata_place(), message)
        .with_label("comes after all records with `p`")
        .with_related(with.record.rdata_place(), "this one has `p`")
        .with_help("state `p` in each record");
    sink.report(finding);
}
