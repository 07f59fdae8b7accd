//! # What it does
//! Finds ignores without a reason behind the bracket. Off by default.
//!
//! # Why it is bad
//! Nobody knows later whether it is still right.
//!
//! # Example
//! ```zone
//! ; mimi-lint: ignore[endpoint-special-use]
//! lab 3600 IN MIMI "v=MIMI1; a=lab; e=im.internal"
//! ```
//!
//! # Use instead
//! ```zone
//! ; mimi-lint: ignore[endpoint-special-use] only reachable inside the laboratory
//! lab 3600 IN MIMI "v=MIMI1; a=lab; e=im.internal"
//! ```
//!
//! # Fix safety
//! No fix.

use crate::finding::{Finding, Place};
use crate::level::Level;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI013",
    name: "ignore-without-reason",
    level: Level::Info,
    is_pedantic: true,
    summary: "an ignore gives no reason",
    basis: "",
    fix: Fixable::No,
    check: Check::Reading,
};

/// Reports an ignore that nobody can check.
pub(crate) fn report(place: Place, sink: &mut Sink<'_>) {
    sink.report(Finding::new(
        &RULE,
        place,
        "expected a reason behind the bracket, found none",
    ));
}
