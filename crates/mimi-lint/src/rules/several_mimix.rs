//! # What it does
//! Finds owners with several MIMIX records that lead to different names.
//!
//! # Why it is bad
//! Each address then has several names, possibly run by different people. Callers ask all of them, four at most, and if one fails,
//! the whole address fails.
//!
//! # Example
//! ```zone
//! example.com. MIMIX mimi.example.net.
//! example.com. MIMIX mimi.example.org.
//! ```
//!
//! # Use instead
//! ```zone
//! example.com. MIMIX mimi.example.net.
//! ```
//!
//! # Fix safety
//! No fix: only the owner of the domain knows which one is meant.

use std::collections::HashSet;

use crate::finding::Finding;
use crate::level::Level;
use crate::owner::OwnerView;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI309",
    name: "several-mimix",
    level: Level::Error,
    is_pedantic: false,
    summary: "a domain has several MIMIX records",
    basis: "§5.1.1, D34",
    fix: Fixable::No,
    check: Check::Owner(check),
};

fn check(view: &OwnerView<'_>, sink: &mut Sink<'_>) {
    let mut targets = HashSet::new();
    let mut others = view.mimix.iter().filter(|record| {
        let target = record.target().filter(|target| !target.is_root());
        target.is_some_and(|target| targets.insert(target))
    });
    let Some(first) = others.next() else { return };
    for record in others {
        let message = "MIMIX should be alone: expected one MIMIX record, found another one";
        let finding = Finding::new(&RULE, record.rdata_place(), message)
            .with_related(first.rdata_place(), "the other one is here")
            .with_help("keep the one that all addresses of the domain are found at");
        sink.report(finding);
    }
}
