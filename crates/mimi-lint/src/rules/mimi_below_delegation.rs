//! # What it does
//! Finds MIMI records whose owner is delegated to other name servers, or below such a name.
//!
//! # Why it is bad
//! This zone does not answer for these names: nobody sees the records. One finding tells of each delegation.
//!
//! # Example
//! ```zone
//! sub.example.com. NS ns1.example.net.
//! alice.sub.example.com. MIMI "v=MIMI1; a=alice; e=im.chat.zone"
//! ```
//!
//! # Use instead
//! Put the records into the zone `sub.example.com`.
//!
//! # Fix safety
//! No fix: the records belong into another zone.

use std::collections::BTreeMap;

use mimi_name::DomainName;

use crate::finding::Finding;
use crate::level::Level;
use crate::record::{Record, types};
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;
use crate::zone::ZoneView;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI409",
    name: "mimi-below-delegation",
    level: Level::Error,
    is_pedantic: false,
    summary: "MIMI records stand at or below a delegation",
    basis: "RFC 1034 §4.2.1",
    fix: Fixable::No,
    check: Check::Zone(check),
};

/// How many of the names are shown.
const SHOWN: usize = 5;

fn check(view: &ZoneView<'_>, sink: &mut Sink<'_>) {
    let mut hidden: BTreeMap<&DomainName, (&Record, Vec<&Record>)> = BTreeMap::new();
    for record in view.mimi() {
        if let Some(cut) = view.cut_above(&record.owner)
            && cut.record_type == types::NS
        {
            let (_, records) = hidden.entry(&cut.owner).or_insert((cut, Vec::new()));
            let is_new = records.last().is_none_or(|last| last.owner != record.owner);
            if is_new && records.len() <= SHOWN {
                records.push(record);
            }
        }
    }
    for (name, (cut, records)) in hidden {
        let [first, others @ ..] = records.as_slice() else {
            continue;
        };
        let message = format!(
            "expected `{}` to be answered by this zone, found it at or below the delegation of `{name}`",
            first.owner
        );
        let mut finding = Finding::new(&RULE, first.owner_place(), message)
            .with_related(cut.whole(), "the delegation is here")
            .with_help("put the records into the delegated zone");
        for other in others {
            finding = finding.with_related(other.owner_place(), "this one too");
        }
        sink.report(finding);
    }
}
