//! # What it does
//! Finds MIMIX records in generic form whose octets are not exactly one uncompressed domain name.
//!
//! # Why it is bad
//! Clients cannot tell where to look, so no address of the domain is found (D3).
//!
//! # Example
//! ```zone
//! example.com. 3600 IN TYPE65368 \# 2 c00c
//! ```
//!
//! # Use instead
//! ```zone
//! example.com. 3600 IN MIMIX mimi.example.net.
//! ```
//!
//! # Fix safety
//! No fix: the name is not whole.

use mimi_rr::Mimix;

use crate::finding::Finding;
use crate::level::Level;
use crate::record::Record;
use crate::rule::{Check, Fixable, Rule};
use crate::rules::mimix_holds_a_string;
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI005",
    name: "mimix-rdata",
    level: Level::Error,
    is_pedantic: false,
    summary: "the octets of a MIMIX record are not a domain name",
    basis: "D3",
    fix: Fixable::No,
    check: Check::Reading,
};

/// Reports RDATA that is not that of a MIMIX record.
pub(crate) fn report(record: &Record, sink: &mut Sink<'_>) {
    // That rule says more.
    if sink.wants(&mimix_holds_a_string::RULE) && mimix_holds_a_string::is_string(record) {
        return;
    }
    let rdata = record.rdata.as_deref().unwrap_or_default();
    if let Err(error) = Mimix::from_rdata(rdata) {
        let help = "write the target as a name with a final dot: MIMIX mimi.example.net.";
        let finding = Finding::new(&RULE, record.rdata_place(), error.to_string());
        sink.report(finding.with_help(help));
    }
}
