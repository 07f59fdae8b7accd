//! # What it does
//! Finds tags that stand twice in a definition string.
//!
//! # Why it is bad
//! It would be a guess which one is meant, so clients reject the whole record, even when the values are equal (D11).
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; a=alice; e=im.example.net"
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Fix safety
//! Safe where both have the same value: the second goes. Where they differ nothing is mended.

use mimi_mssi::{Code, Diagnostic};

use crate::definition::DefinitionView;
use crate::fix::{Fix, Safety};
use crate::level::Level;
use crate::mend;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI110",
    name: "duplicate-tag",
    level: Level::Error,
    is_pedantic: false,
    summary: "a definition string has a tag twice",
    basis: "D11",
    fix: Fixable::Sometimes,
    check: Check::Definition(check),
};

fn check(view: &DefinitionView<'_>, sink: &mut Sink<'_>) {
    view.report(&RULE, Code::DuplicateTag, sink, |diagnostic| {
        same_value(view, diagnostic)
    });
}

/// Leaves out the second of two equal tags.
fn same_value(view: &DefinitionView<'_>, diagnostic: &Diagnostic) -> Option<Fix> {
    let value = |name: usize| {
        let mut tags = mimi_mssi::tag_spans(view.octets);
        let tag = tags.find(|spans| spans.name.start == name)?;
        view.octets.get(tag.value?)
    };
    let second = diagnostic.span().start;
    let changes = mend::remove_segment(view.octets, second);
    match value(diagnostic.related()?.start) == value(second) {
        true => view.fix(Safety::Safe, "remove the second one", changes),
        false => None,
    }
}
