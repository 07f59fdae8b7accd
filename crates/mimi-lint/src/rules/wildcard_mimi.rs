//! # What it does
//! Finds MIMI records at wildcards, and names that the wildcard does not cover, since they exist for some other reason.
//!
//! # Why it is bad
//! Every name that does not exist leads to this account, mistyped ones too. And as soon as a name has a record of any type, or a
//! name below it has, the wildcard no longer covers it.
//!
//! # Example
//! ```zone
//! *.example.com. MIMI "v=MIMI1; a=alice; e=im.chat.zone"
//! ```
//!
//! # Use instead
//! ```zone
//! alice.example.com. MIMI "v=MIMI1; a=alice; e=im.chat.zone"
//! ```
//!
//! # Fix safety
//! No fix: the names that are meant are not known.

use crate::finding::Finding;
use crate::level::Level;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;
use crate::zone::ZoneView;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI411",
    name: "wildcard-mimi",
    level: Level::Warning,
    is_pedantic: false,
    summary: "a wildcard has MIMI records",
    basis: "§3, D38",
    fix: Fixable::No,
    check: Check::Zone(check),
};

/// How many names that are not covered are shown.
const SHOWN: usize = 5;

fn check(view: &ZoneView<'_>, sink: &mut Sink<'_>) {
    let mimi = view.settings.types.mimi();
    for name in view.names.keys() {
        let Some(parent) = name.parent().filter(|_| name.labels().next() == Some(b"*")) else {
            continue;
        };
        let Some(record) = view.at(name, mimi) else {
            continue;
        };
        if view.target_above(name).is_some() {
            continue;
        }
        let message = format!(
            "expected MIMI records at names that are meant, found a wildcard, which answers for any name below `{parent}`"
        );
        let mut finding = Finding::new(&RULE, record.owner_place(), message)
            .with_help("write a record for each name");
        // In canonical order names below one follow it.
        let below = view.names.range(parent.clone()..);
        let below = below.take_while(|(other, _)| other.is_within(&parent));
        let without = below.filter(|(other, records)| {
            *other != name
                && **other != parent
                && !records.iter().any(|record| record.record_type == mimi)
        });
        for (_, records) in without.take(SHOWN) {
            if let Some(first) = records.first() {
                finding = finding
                    .with_related(first.owner_place(), "the wildcard does not cover this name");
            }
        }
        sink.report(finding);
    }
}
