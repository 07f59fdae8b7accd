//! # What it does
//! Finds spaces and tabs inside values.
//!
//! # Why it is bad
//! They are kept (D15), so the account or endpoint is one with a space in it. More often a `;` was forgotten.
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net p=1"
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net; p=1"
//! ```
//!
//! # Fix safety
//! Writing the `;` before a tag that was swallowed is safe where the record was not usable without that tag, else unsafe: it changes a
//! value that clients use as it is.

use mimi_mssi::Code;

use crate::definition::DefinitionView;
use crate::level::Level;
use crate::mend;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI118",
    name: "inner-white-space",
    level: Level::Warning,
    is_pedantic: false,
    summary: "a value holds white space",
    basis: "D15",
    fix: Fixable::Sometimes,
    check: Check::Definition(check),
};

fn check(view: &DefinitionView<'_>, sink: &mut Sink<'_>) {
    for diagnostic in view.diagnostics(Code::InnerWhiteSpace) {
        if !view.has_error_of(diagnostic.intention()) {
            let fix = mend::by_intention(view, diagnostic);
            sink.report(view.finding(&RULE, diagnostic).with_fix(fix));
        }
    }
}
