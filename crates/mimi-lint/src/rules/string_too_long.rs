//! # What it does
//! Finds MIMI records whose definition string is longer than any record can hold.
//!
//! # Why it is bad
//! RDATA ends at 65,535 octets, so a name server refuses the zone (D32).
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net; x=…" ; and so on for 65,535 octets
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Fix safety
//! No fix: what can be left out is not certain.

use crate::finding::{Finding, Place};
use crate::level::Level;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI101",
    name: "string-too-long",
    level: Level::Error,
    is_pedantic: false,
    summary: "a definition string has more than 65,535 octets",
    basis: "D32",
    fix: Fixable::No,
    check: Check::Reading,
};

/// Reports MIMI RDATA that is too long to be any.
pub(crate) fn report(place: Place, sink: &mut Sink<'_>) {
    let message = format!(
        "expected a definition string of at most {} octets, found more than a record can hold",
        mimi_mssi::MAX_OCTETS
    );
    let help = "a record holds one account; what is said about it fits into a few hundred octets";
    sink.report(Finding::new(&RULE, place, message).with_help(help));
}
