//! # What it does
//! Finds `$INCLUDE` directives that were not followed: without `--include-root`, or because the file cannot be read or lies outside.
//!
//! # Why it is bad
//! Records of the included file were not checked, and rules about the zone as a whole may be wrong about what is missing.
//!
//! # Example
//! ```zone
//! $INCLUDE users.zone
//! ```
//!
//! # Use instead
//! Run `mimi-lint --include-root DIR`, where `DIR` holds all files that may be included.
//!
//! # Fix safety
//! No fix.

use crate::level::Level;
use crate::rule::{Check, Fixable, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "MIMI003",
    name: "include-not-followed",
    level: Level::Warning,
    is_pedantic: false,
    summary: "an `$INCLUDE` was not followed",
    basis: "RFC 1035 §5.1",
    fix: Fixable::No,
    check: Check::Reading,
};
