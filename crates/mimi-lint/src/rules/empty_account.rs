//! # What it does
//! Finds definition strings whose tag `a` has no value.
//!
//! # Why it is bad
//! Without an account there is nobody to reach, so clients reject the record (D22).
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=; e=im.example.net"
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Fix safety
//! No fix: which account was meant is not known.

use mimi_mssi::Code;

use crate::definition::DefinitionView;
use crate::level::Level;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI113",
    name: "empty-account",
    level: Level::Error,
    is_pedantic: false,
    summary: "the account of a definition string is empty",
    basis: "D22",
    fix: Fixable::No,
    check: Check::Definition(check),
};

fn check(view: &DefinitionView<'_>, sink: &mut Sink<'_>) {
    view.report(&RULE, Code::EmptyAccount, sink, |_| None);
}
