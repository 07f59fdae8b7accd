//! # What it does
//! Finds MIMIX records of different domains that lead to the same target.
//!
//! # Why it is bad
//! The same local part at both domains is then one name, so one person: `alice@example.com` and `alice@example.org` reach the same
//! account. That is right only where the two domains have the same mailboxes.
//!
//! # Example
//! ```zone
//! example.com. MIMIX mimi.example.net.
//! example.org. MIMIX mimi.example.net.
//! ```
//!
//! # Use instead
//! ```zone
//! example.com. MIMIX com.mimi.example.net.
//! example.org. MIMIX org.mimi.example.net.
//! ```
//!
//! # Fix safety
//! No fix: it has to be decided where the users stand.

use std::collections::BTreeMap;

use mimi_name::DomainName;

use crate::finding::Finding;
use crate::level::Level;
use crate::record::Record;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;
use crate::zone::ZoneView;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI408",
    name: "targets-shared",
    level: Level::Warning,
    is_pedantic: false,
    summary: "two domains share the target of their MIMIX records",
    basis: "§5.1.1, D34",
    fix: Fixable::No,
    check: Check::Zone(check),
};

fn check(view: &ZoneView<'_>, sink: &mut Sink<'_>) {
    let mut firsts: BTreeMap<DomainName, &Record> = BTreeMap::new();
    for record in view.mimix() {
        let Some(target) = record.target().filter(|target| !target.is_root()) else {
            continue;
        };
        let first = *firsts.entry(target).or_insert(record);
        if first.owner != record.owner {
            let message = format!(
                "expected a target of its own, found that of `{}`, so that the same local part is the same person",
                first.owner
            );
            let finding = Finding::new(&RULE, record.rdata_place(), message)
                .with_related(first.rdata_place(), "the other one is here")
                .with_help("use one target for each domain, unless both have the same mailboxes");
            sink.report(finding);
        }
    }
}
