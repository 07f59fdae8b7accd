//! # What it does
//! Finds owners with more than 64 MIMI records.
//!
//! # Why it is bad
//! Callers use 64 at most, the first in octet order, and drop the others.
//!
//! # Example
//! ```zone
//! $GENERATE 1-70 alice MIMI "v=MIMI1; p=$; a=alice$; e=im.example.net"
//! ```
//!
//! # Use instead
//! At most 64 of them:
//! ```zone
//! $GENERATE 1-64 alice MIMI "v=MIMI1; p=$; a=alice$; e=im.example.net"
//! ```
//!
//! # Fix safety
//! No fix: only the owner knows which records can go.

use crate::finding::Finding;
use crate::level::Level;
use crate::owner::{Member, OwnerView};
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI308",
    name: "rrset-over-64-records",
    level: Level::Error,
    is_pedantic: false,
    summary: "an owner has more MIMI records than callers use",
    basis: "D32",
    fix: Fixable::No,
    check: Check::Owner(check),
};

/// How many records callers use (D32).
const USED: usize = 64;

/// How many of the dropped records are shown.
const SHOWN: usize = 5;

fn check(view: &OwnerView<'_>, sink: &mut Sink<'_>) {
    let Some(first) = view.mimi.first().filter(|_| view.mimi_count > USED) else {
        return;
    };
    let message = format!(
        "expected at most {USED} MIMI records, found {}",
        view.mimi_count
    );
    let mut finding = Finding::new(&RULE, first.record.owner_place(), message)
        .with_help("remove records until 64 are left");
    // Of very many records not all are here, so the order is not known.
    if view.mimi.len() == view.mimi_count {
        let mut sorted: Vec<&Member<'_>> = view.mimi.iter().collect();
        sorted.sort_by(|one, other| one.record.rdata.cmp(&other.record.rdata));
        for dropped in sorted.iter().skip(USED).take(SHOWN) {
            finding = finding.with_related(dropped.record.rdata_place(), "callers drop this one");
        }
    }
    sink.report(finding);
}
