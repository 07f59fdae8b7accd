//! # What it does
//! Finds priorities that are not made of digits.
//!
//! # Why it is bad
//! The priority counts as absent, so the account comes last (D26, D27).
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net; p=+1"
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net; p=1"
//! ```
//!
//! # Fix safety
//! Safe where the digits are there, within quotes, behind a plus sign, before a comma or `.0`, or in full width. Nothing else is mended.

use mimi_mssi::Code;

use crate::definition::DefinitionView;
use crate::level::Level;
use crate::mend;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI123",
    name: "priority-not-a-number",
    level: Level::Warning,
    is_pedantic: false,
    summary: "a priority is not made of digits",
    basis: "D26",
    fix: Fixable::Sometimes,
    check: Check::Definition(check),
};

fn check(view: &DefinitionView<'_>, sink: &mut Sink<'_>) {
    view.report(&RULE, Code::PriorityNotANumber, sink, |diagnostic| {
        mend::by_intention(view, diagnostic)
    });
}
