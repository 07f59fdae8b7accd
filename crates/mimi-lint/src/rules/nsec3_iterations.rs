//! # What it does
//! Finds NSEC3PARAM and NSEC3 records with more than 0 iterations in a zone with MIMI or MIMIX records.
//!
//! # Why it is bad
//! Iterations hardly slow down who guesses names, and cost resolvers and servers much. Resolvers treat such a zone as unsigned, or
//! refuse to answer for it.
//!
//! # Example
//! ```zone
//! example.com. NSEC3PARAM 1 0 10 -
//! ```
//!
//! # Use instead
//! ```zone
//! example.com. NSEC3PARAM 1 0 0 -
//! ```
//!
//! # Fix safety
//! No fix: the zone has to be signed anew.

use crate::finding::Finding;
use crate::level::Level;
use crate::record::Record;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;
use crate::zone::ZoneView;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI603",
    name: "nsec3-iterations",
    level: Level::Warning,
    is_pedantic: false,
    summary: "NSEC3 hashes more than once",
    basis: "RFC 9276 §3.1",
    fix: Fixable::No,
    check: Check::Zone(check),
};

fn check(view: &ZoneView<'_>, sink: &mut Sink<'_>) {
    let landmarks = view.landmarks;
    if landmarks.mimi.is_none() && landmarks.mimix.is_none() {
        return;
    }
    let Some(record) = landmarks.nsec3param.as_ref().or(landmarks.nsec3.as_ref()) else {
        return;
    };
    if let Some((iterations @ 1.., _)) = parameters(record) {
        let message = format!("expected 0 iterations, found {iterations}");
        let finding = Finding::new(&RULE, record.rdata_place(), message);
        sink.report(finding.with_help("sign with `1 0 0 -`: one hash, no salt"));
    }
}

/// Hash algorithm, flags, iterations, length of the salt (RFC 5155 §3.2, §4.2: both types begin so).
fn parameters(record: &Record) -> Option<(u16, u8)> {
    match record.rdata.as_deref()? {
        [_, _, high, low, salt, ..] => Some((u16::from_be_bytes([*high, *low]), *salt)),
        _ => None,
    }
}
