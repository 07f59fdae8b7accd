//! # What it does
//! Finds definition strings with more than 64 tags.
//!
//! # Why it is bad
//! Clients read no further than that, and reject the record (D32).
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net; x1=; x2=; …; x62="
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Fix safety
//! No fix: which tags can go is not certain.

use mimi_mssi::Code;

use crate::definition::DefinitionView;
use crate::level::Level;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI111",
    name: "too-many-tags",
    level: Level::Error,
    is_pedantic: false,
    summary: "a definition string has more than 64 tags",
    basis: "D32",
    fix: Fixable::No,
    check: Check::Definition(check),
};

fn check(view: &DefinitionView<'_>, sink: &mut Sink<'_>) {
    view.report(&RULE, Code::TooManyTags, sink, |_| None);
}
