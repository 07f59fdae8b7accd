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
//! Writing `=` for `:` behind a known tag is safe. Nothing else is mended: what the author meant is not certain.

use mimi_mssi::Code;

use crate::definition::DefinitionView;
use crate::fix::Safety;
use crate::level::Level;
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
    for diagnostic in view.diagnostics(Code::MissingEquals) {
        let span = diagnostic.span();
        let found = view.octets.get(span.clone()).unwrap_or_default();
        let colon = found.iter().position(|octet| *octet == b':');
        let fix = colon.and_then(|at| {
            let at = span.start + at;
            let change = vec![(at..at + 1, b"=".to_vec())];
            view.fix(Safety::Safe, "write `=` for `:`", change)
        });
        sink.report(view.finding(&RULE, diagnostic).with_fix(fix));
    }
}
