//! # What it does
//! Finds comments that begin with `mimi-lint:` and ignore nothing, because they are not written as an ignore is or stand where none counts.
//!
//! # Why it is bad
//! The findings that it was to ignore are reported all the same.
//!
//! # Example
//! ```zone
//! ; mimi-lint: disable MIMI201
//! ```
//!
//! # Use instead
//! ```zone
//! ; mimi-lint: ignore[MIMI201] the lab has no names
//! ```
//!
//! # Fix safety
//! No fix.

use crate::finding::{Finding, Place};
use crate::level::Level;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI010",
    name: "malformed-ignore",
    level: Level::Warning,
    is_pedantic: false,
    summary: "a comment begins with `mimi-lint:` and is no ignore",
    basis: "",
    fix: Fixable::No,
    check: Check::Reading,
};

/// Reports a comment that ignores nothing.
pub(crate) fn report(place: Place, message: &str, sink: &mut Sink<'_>) {
    let help = "ignore[CODE] stands on a line of the record or on the line before, file-ignore[CODE] before the first record";
    sink.report(Finding::new(&RULE, place, message).with_help(help));
}
