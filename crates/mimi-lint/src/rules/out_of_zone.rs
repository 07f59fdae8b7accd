//! # What it does
//! Finds MIMI and MIMIX records whose owner is not below the name of the zone, which is the owner of its SOA record.
//!
//! # Why it is bad
//! Servers refuse the zone or drop the record. Mostly an `$ORIGIN` or a final dot is missing or wrong.
//!
//! # Example
//! ```zone
//! $ORIGIN example.com.
//! alice.example.org. MIMI "v=MIMI1; a=alice; e=im.chat.zone"
//! ```
//!
//! # Use instead
//! ```zone
//! $ORIGIN example.com.
//! alice MIMI "v=MIMI1; a=alice; e=im.chat.zone"
//! ```
//!
//! # Fix safety
//! No fix: the name that is meant is not known.

use crate::finding::Finding;
use crate::level::Level;
use crate::record::RecordView;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI415",
    name: "out-of-zone",
    level: Level::Error,
    is_pedantic: false,
    summary: "a MIMI or MIMIX record does not belong to the zone",
    basis: "RFC 1035 §5.2",
    fix: Fixable::No,
    check: Check::Record(check),
};

fn check(view: &RecordView<'_>, sink: &mut Sink<'_>) {
    let record = view.record;
    let types = sink.settings().types;
    let is_ours = record.record_type == types.mimi() || record.record_type == types.mimix();
    let Some(apex) = view
        .apex
        .filter(|apex| is_ours && !record.owner.is_within(apex))
    else {
        return;
    };
    let message = format!(
        "expected a name in the zone `{apex}`, found `{}`",
        record.owner
    );
    let finding = Finding::new(&RULE, record.owner_place(), message);
    sink.report(
        finding.with_help("check `$ORIGIN` and final dots, or put the record into its own zone"),
    );
}
