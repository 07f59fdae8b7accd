//! # What it does
//! Finds MIMI records in generic form whose octets are not one or more character-strings.
//!
//! # Why it is bad
//! Clients drop the record: they cannot tell where its text ends (D1).
//!
//! # Example
//! ```zone
//! alice 3600 IN TYPE65357 \# 3 07763d
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Fix safety
//! No fix: the text is not whole.

use crate::finding::Finding;
use crate::level::Level;
use crate::record::Record;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI004",
    name: "mimi-rdata",
    level: Level::Error,
    is_pedantic: false,
    summary: "the octets of a MIMI record are not character-strings",
    basis: "D1",
    fix: Fixable::No,
    check: Check::Reading,
};

/// Reports RDATA that is not that of a MIMI record.
pub(crate) fn report(record: &Record, sink: &mut Sink<'_>) {
    let rdata = record.rdata.as_deref().unwrap_or_default();
    if let Err(error) = mimi_rr::definition_string(rdata) {
        let help = "write the definition string as text: MIMI \"v=MIMI1; a=...; e=...\"";
        let finding = Finding::new(&RULE, record.rdata_place(), error.to_string());
        sink.report(finding.with_help(help));
    }
}
