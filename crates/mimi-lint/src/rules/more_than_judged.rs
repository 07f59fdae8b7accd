//! # What it does
//! Says that more records take part in findings about the zone as a whole than are looked at.
//!
//! # Why it is bad
//! Some such findings are missing. Others of the same kind were reported: when those are mended, the rest shows.
//!
//! # Example
//! A zone with 200,000 users below a delegation.
//!
//! # Use instead
//! Mend what was reported, and run it again.
//!
//! # Fix safety
//! No fix.

use crate::finding::{Finding, Place};
use crate::level::Level;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI014",
    name: "more-than-judged",
    level: Level::Info,
    is_pedantic: false,
    summary: "so many names are amiss that only the first were judged",
    basis: "",
    fix: Fixable::No,
    check: Check::Reading,
};

/// Says that there is more.
pub(crate) fn report(place: Place, sink: &mut Sink<'_>) {
    let message = "expected at most 50,000 records to take part in findings about the zone, found more; the rest was not judged";
    sink.report(
        Finding::new(&RULE, place, message).with_help("mend what was found, and check again"),
    );
}
