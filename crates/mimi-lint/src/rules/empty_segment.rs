//! # What it does
//! Finds semicolons with nothing between them.
//!
//! # Why it is bad
//! They are passed over (D18), yet stricter software may reject the record.
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1;; a=alice; e=im.example.net"
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Fix safety
//! Safe: nothing is lost.

use mimi_mssi::Code;

use crate::definition::DefinitionView;
use crate::fix::Safety;
use crate::level::Level;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI119",
    name: "empty-segment",
    level: Level::Warning,
    is_pedantic: false,
    summary: "a definition string has a semicolon too many",
    basis: "D18",
    fix: Fixable::Sometimes,
    check: Check::Definition(check),
};

fn check(view: &DefinitionView<'_>, sink: &mut Sink<'_>) {
    view.report(&RULE, Code::EmptySegment, sink, |diagnostic| {
        let change = vec![(diagnostic.span(), Vec::new())];
        view.fix(Safety::Safe, "remove the semicolon", change)
    });
}
