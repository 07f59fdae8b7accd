//! # What it does
//! Finds definition strings with white space before `v`.
//!
//! # Why it is bad
//! Software that looks for `v=MIMI1` at the very start passes over the record (D16).
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI " v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Fix safety
//! Safe: the white space means nothing.

use mimi_mssi::Code;

use crate::definition::DefinitionView;
use crate::fix::Safety;
use crate::level::Level;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI116",
    name: "white-space-before-version",
    level: Level::Warning,
    is_pedantic: false,
    summary: "white space stands before the version",
    basis: "D16",
    fix: Fixable::Always,
    check: Check::Definition(check),
};

fn check(view: &DefinitionView<'_>, sink: &mut Sink<'_>) {
    view.report(&RULE, Code::WhiteSpaceBeforeVersion, sink, |diagnostic| {
        let change = vec![(diagnostic.span(), Vec::new())];
        view.fix(Safety::Safe, "remove the white space", change)
    });
}
