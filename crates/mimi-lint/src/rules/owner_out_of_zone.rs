//! # What it does
//! Finds MIMI and MIMIX records whose owner is not below the name of the zone.
//!
//! # Why it is bad
//! Servers leave it out, or refuse the whole file.
//!
//! # Example
//! ```zone
//! alice.example.net. 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Fix safety
//! No fix: which name is meant is not certain.

use mimi_output::Name;

use crate::finding::Finding;
use crate::identifier;
use crate::level::Level;
use crate::record::RecordView;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI450",
    name: "owner-out-of-zone",
    level: Level::Error,
    is_pedantic: false,
    summary: "a MIMI or MIMIX record is not in the zone",
    basis: "RFC 1035 §5.2",
    fix: Fixable::No,
    check: Check::Record(check),
};

fn check(view: &RecordView<'_>, sink: &mut Sink<'_>) {
    let record = view.record;
    let Some(apex) = view.apex.filter(|apex| !record.owner.is_within(apex)) else {
        return;
    };
    if identifier::is_of_mimi(record, sink.settings()) {
        let message = format!(
            "expected an owner in {}, found {}",
            Name(apex),
            Name(&record.owner)
        );
        let finding = Finding::new(&RULE, record.owner_place(), message);
        sink.report(finding.with_help("put the record into the zone of its owner"));
    }
}
