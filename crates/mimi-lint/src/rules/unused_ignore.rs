//! # What it does
//! Finds ignores for which nothing was found.
//!
//! # Why it is bad
//! They hide what may go wrong later, and tell readers of the file something that is no longer true.
//!
//! # Example
//! ```zone
//! ; mimi-lint: ignore[duplicate-tag] the provider wants it so
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Fix safety
//! No fix: the comment may say more.

use crate::finding::{Finding, Place};
use crate::level::Level;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI012",
    name: "unused-ignore",
    level: Level::Warning,
    is_pedantic: false,
    summary: "an ignore ignored nothing",
    basis: "",
    fix: Fixable::No,
    check: Check::Reading,
};

/// Reports an ignore that was not needed.
pub(crate) fn report(place: Place, rule: &'static Rule, sink: &mut Sink<'_>) {
    let message = format!("expected a finding of {} to ignore, found none", rule.name);
    sink.report(Finding::new(&RULE, place, message).with_help("remove it"));
}
