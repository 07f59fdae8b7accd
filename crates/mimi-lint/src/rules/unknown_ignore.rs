//! # What it does
//! Finds ignores of codes or names that no rule has.
//!
//! # Why it is bad
//! It ignores nothing; usually it is a typing error.
//!
//! # Example
//! ```zone
//! ; mimi-lint: ignore[MIMI999] known
//! ```
//!
//! # Use instead
//! A code or a name that `mimi-lint rules` lists.
//!
//! # Fix safety
//! No fix.

use mimi_output::Octets;

use crate::finding::{Finding, Place};
use crate::level::Level;
use crate::registry;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI011",
    name: "unknown-ignore",
    level: Level::Warning,
    is_pedantic: false,
    summary: "an ignore names a rule that does not exist",
    basis: "",
    fix: Fixable::No,
    check: Check::Reading,
};

/// Reports a rule that is none.
pub(crate) fn report(place: Place, text: &str, sink: &mut Sink<'_>) {
    let message = format!(
        "expected the code or name of a rule, found `{}`",
        Octets(text.as_bytes())
    );
    let finding = Finding::new(&RULE, place, message);
    sink.report(match registry::suggest(text) {
        Some(rule) => finding.with_help(format!("did you mean {} ({})?", rule.name, rule.code)),
        None => finding.with_help("`mimi-lint rules` lists all of them"),
    });
}
