//! # What it does
//! Finds `p`, `pv` and `s` without a value.
//!
//! # Why it is bad
//! The tag counts as absent (D22), which may not be what was meant.
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net; s="
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Fix safety
//! Safe: the tag counts as absent already.

use mimi_mssi::Code;

use crate::definition::DefinitionView;
use crate::level::Level;
use crate::mend;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI122",
    name: "empty-optional-value",
    level: Level::Warning,
    is_pedantic: false,
    summary: "`p`, `pv` or `s` has no value",
    basis: "D22",
    fix: Fixable::Sometimes,
    check: Check::Definition(check),
};

fn check(view: &DefinitionView<'_>, sink: &mut Sink<'_>) {
    view.report(&RULE, Code::EmptyOptionalValue, sink, |diagnostic| {
        mend::by_intention(view, diagnostic)
    });
}
