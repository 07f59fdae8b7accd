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

use crate::finding::Finding;
use crate::level::Level;
use crate::record::types;
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

fn check(view: &ZoneView<'_>, sink: &mut Sink<'_>) {
    for (cut, records) in view.hidden_by(types::NS) {
        let [first, others @ ..] = records.as_slice() else {
            continue;
        };
        let message = format!(
            "expected `{}` to be answered by this zone, found it at or below the delegation of `{}`",
            first.owner, cut.owner
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
