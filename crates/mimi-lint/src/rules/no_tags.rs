//! # What it does
//! Finds definition strings with nothing but white space and semicolons.
//!
//! # Why it is bad
//! Clients drop the record, and callers do not reach the person (§4.3).
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI ""
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
    code: "MIMI102",
    name: "no-tags",
    level: Level::Error,
    is_pedantic: false,
    summary: "a definition string has no tags",
    basis: "§4.3",
    fix: Fixable::No,
    check: Check::Definition(check),
};

fn check(view: &DefinitionView<'_>, sink: &mut Sink<'_>) {
    view.report(&RULE, Code::NoTags, sink, |_| None);
}
