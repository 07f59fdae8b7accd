//! # What it does
//! Says that more records take part in findings about the zone as a whole than are looked at.
//!
//! # Why it is bad
//! Some such findings are missing. Others of the same kind were reported: when those are mended, the rest shows.
//!
//! # Example
//! ```zone
//! ; far too many accounts, each owner in two places of the file
//! $GENERATE 1-40000 alice MIMI "\"v=MIMI1; a=alice$; e=im.chat.zone\""
//! $GENERATE 1-40000 bob MIMI "\"v=MIMI1; a=bob$; e=im.chat.zone\""
//! $GENERATE 40001-80000 alice MIMI "\"v=MIMI1; a=alice$; e=im.chat.zone\""
//! $GENERATE 40001-80000 bob MIMI "\"v=MIMI1; a=bob$; e=im.chat.zone\""
//! ```
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
