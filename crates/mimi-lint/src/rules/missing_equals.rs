//! # What it does
//! Finds parts of a definition string that have no `=`.
//!
//! # Why it is bad
//! A part without `=` is usually the rest of a value that held a `;`. The account would be cut short, and messages would go to somebody
//! else, so clients reject the whole record (D19).
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a:alice; e=im.chat.zone"
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.chat.zone"
//! ```
//!
//! # Fix safety
//! Safe for `:` behind a known tag, for HTML escapes such as `&amp;`, and for stray quotes. Nothing else is mended: what was meant is
//! not certain.

use mimi_mssi::Code;

use crate::definition::DefinitionView;
use crate::level::Level;
use crate::mend;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI107",
    name: "missing-equals",
    level: Level::Error,
    is_pedantic: false,
    summary: "a part of a definition string has no `=`",
    basis: "§4.3, D19",
    fix: Fixable::Sometimes,
    check: Check::Definition(check),
};

fn check(view: &DefinitionView<'_>, sink: &mut Sink<'_>) {
    view.report(&RULE, Code::MissingEquals, sink, |diagnostic| {
        mend::by_intention(view, diagnostic)
    });
}
