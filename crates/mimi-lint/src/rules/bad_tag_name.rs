//! # What it does
//! Finds tag names that are not a letter followed by letters, digits and underscores.
//!
//! # Why it is bad
//! Clients reject the whole record (D21).
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net; x-note=1"
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net; x_note=1"
//! ```
//!
//! # Fix safety
//! Safe for a byte order mark or quotes around the name. Writing `_` for other punctuation is unsafe: whoever reads the tag has to look
//! for the new name.

use mimi_mssi::Code;

use crate::definition::DefinitionView;
use crate::level::Level;
use crate::mend;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI109",
    name: "bad-tag-name",
    level: Level::Error,
    is_pedantic: false,
    summary: "a tag name is not a letter and then letters, digits or `_`",
    basis: "D21",
    fix: Fixable::Sometimes,
    check: Check::Definition(check),
};

fn check(view: &DefinitionView<'_>, sink: &mut Sink<'_>) {
    view.report(&RULE, Code::BadTagName, sink, |diagnostic| {
        mend::by_intention(view, diagnostic)
    });
}
