//! # What it does
//! Finds known tags in upper case.
//!
//! # Why it is bad
//! Tag names are case-sensitive (D10): `P` is another tag, which clients do not know and pass over.
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net; P=1"
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net; p=1"
//! ```
//!
//! # Fix safety
//! Safe. Nothing is offered where the lower-case tag is there as well.

use mimi_mssi::Code;

use crate::definition::DefinitionView;
use crate::level::Level;
use crate::mend;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI120",
    name: "tag-case",
    level: Level::Warning,
    is_pedantic: false,
    summary: "a known tag is written in upper case",
    basis: "D10",
    fix: Fixable::Sometimes,
    check: Check::Definition(check),
};

fn check(view: &DefinitionView<'_>, sink: &mut Sink<'_>) {
    for diagnostic in view.diagnostics(Code::TagCase) {
        if !view.has_error_of(diagnostic.intention()) {
            let fix = mend::by_intention(view, diagnostic);
            sink.report(view.finding(&RULE, diagnostic).with_fix(fix));
        }
    }
}
