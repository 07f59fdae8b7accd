//! # What it does
//! Finds priorities over 4294967295.
//!
//! # Why it is bad
//! The priority counts as absent (D26).
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net; p=4294967296"
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net; p=100"
//! ```
//!
//! # Fix safety
//! No fix: which number would do is not certain.

use mimi_mssi::Code;

use crate::definition::DefinitionView;
use crate::level::Level;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI124",
    name: "priority-too-large",
    level: Level::Warning,
    is_pedantic: false,
    summary: "a priority exceeds 4294967295",
    basis: "D26",
    fix: Fixable::No,
    check: Check::Definition(check),
};

fn check(view: &DefinitionView<'_>, sink: &mut Sink<'_>) {
    view.report(&RULE, Code::PriorityTooLarge, sink, |_| None);
}
