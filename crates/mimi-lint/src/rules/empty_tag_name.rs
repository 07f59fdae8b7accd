//! # What it does
//! Finds parts of a definition string with nothing before the `=`.
//!
//! # Why it is bad
//! Clients reject the whole record (D20).
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; =alice; e=im.example.net"
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Fix safety
//! No fix: which tag was meant is not certain.

use mimi_mssi::Code;

use crate::definition::DefinitionView;
use crate::level::Level;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI108",
    name: "empty-tag-name",
    level: Level::Error,
    is_pedantic: false,
    summary: "a tag of a definition string has no name",
    basis: "D20",
    fix: Fixable::No,
    check: Check::Definition(check),
};

fn check(view: &DefinitionView<'_>, sink: &mut Sink<'_>) {
    view.report(&RULE, Code::EmptyTagName, sink, |_| None);
}
