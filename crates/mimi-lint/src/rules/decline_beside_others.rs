//! # What it does
//! Finds owners with a MIMIX record whose target is `.` and another one whose target is a name.
//!
//! # Why it is bad
//! A target of `.` says that the domain takes no part. Beside others it is ignored, so the domain does take part.
//!
//! # Example
//! ```zone
//! example.com. MIMIX .
//! example.com. MIMIX mimi.example.net.
//! ```
//!
//! # Use instead
//! ```zone
//! example.com. MIMIX mimi.example.net.
//! ```
//!
//! # Fix safety
//! No fix: only the owner of the domain knows which one is meant.

use crate::finding::Finding;
use crate::level::Level;
use crate::owner::OwnerView;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI310",
    name: "decline-beside-others",
    level: Level::Warning,
    is_pedantic: false,
    summary: "a MIMIX record that declines stands beside others",
    basis: "D34, D36",
    fix: Fixable::No,
    check: Check::Owner(check),
};

fn check(view: &OwnerView<'_>, sink: &mut Sink<'_>) {
    let first = |is_root: bool| {
        view.mimix.iter().find(|record| {
            let target = record.target();
            target.is_some_and(|target| target.is_root() == is_root)
        })
    };
    let (Some(declines), Some(other)) = (first(true), first(false)) else {
        return;
    };
    let message =
        "expected a MIMIX record with target `.` to be alone, found another one beside it";
    let finding = Finding::new(&RULE, declines.rdata_place(), message)
        .with_label("callers ignore this one")
        .with_related(other.rdata_place(), "the other one is here")
        .with_help("remove one of the two");
    sink.report(finding);
}
