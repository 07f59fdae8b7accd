//! # What it does
//! Finds records whose data is not that of their type: missing or superfluous fields, bad addresses, character-strings over 255 octets.
//!
//! # Why it is bad
//! A name server refuses the whole zone.
//!
//! # Example
//! ```zone
//! www 3600 IN A 192.0.2.256
//! ```
//!
//! # Use instead
//! ```zone
//! www 3600 IN A 192.0.2.25
//! ```
//!
//! # Fix safety
//! No fix: what was meant is not certain.

use mimi_zonefile::{RdataError, RdataErrorKind};

use crate::finding::{Finding, Place};
use crate::level::Level;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI002",
    name: "rdata-error",
    level: Level::Error,
    is_pedantic: false,
    summary: "the data of a record does not fit its type",
    basis: "RFC 1035 §5.1, RFC 3597 §5",
    fix: Fixable::No,
    check: Check::Reading,
};

/// Reports RDATA that is none.
pub(crate) fn report(error: &RdataError, place: Place, sink: &mut Sink<'_>) {
    let finding = Finding::new(&RULE, place, error.to_string());
    sink.report(match error.kind {
        RdataErrorKind::NoOrigin => {
            finding.with_help("tell the zone's name with --origin, or begin the file with $ORIGIN")
        }
        _ => finding,
    });
}
