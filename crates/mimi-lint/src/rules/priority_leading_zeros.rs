//! # What it does
//! Finds priorities that begin with a needless zero.
//!
//! # Why it is bad
//! Other software may read the number as octal, or not at all (D26).
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net; p=01"
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net; p=1"
//! ```
//!
//! # Fix safety
//! Safe: the number stays the same.

use mimi_mssi::Code;

use crate::definition::DefinitionView;
use crate::fix::Safety;
use crate::level::Level;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI125",
    name: "priority-leading-zeros",
    level: Level::Warning,
    is_pedantic: false,
    summary: "a priority begins with a needless zero",
    basis: "D26",
    fix: Fixable::Sometimes,
    check: Check::Definition(check),
};

fn check(view: &DefinitionView<'_>, sink: &mut Sink<'_>) {
    view.report(&RULE, Code::PriorityLeadingZeros, sink, |diagnostic| {
        let span = diagnostic.span();
        let digits = view.octets.get(span.clone())?;
        let zeros = digits.iter().take_while(|octet| **octet == b'0').count();
        let zeros = zeros.min(digits.len().saturating_sub(1));
        let change = vec![(span.start..span.start + zeros, Vec::new())];
        view.fix(Safety::Safe, "remove the zeros", change)
    });
}
