//! # What it does
//! Finds line breaks, as CRLF with a space or tab behind it, around the names and values of a definition string.
//!
//! # Why it is bad
//! They are legal in the formats that this one comes from, yet other software may take the CR for part of a value (D14).
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1;\013\010 a=alice; e=im.example.net"
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Fix safety
//! Safe: the white space means nothing.

use mimi_mssi::Code;

use crate::definition::DefinitionView;
use crate::fix::Safety;
use crate::level::Level;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI117",
    name: "folded-white-space",
    level: Level::Warning,
    is_pedantic: false,
    summary: "a line break stands around a name or value",
    basis: "D14",
    fix: Fixable::Sometimes,
    check: Check::Definition(check),
};

fn check(view: &DefinitionView<'_>, sink: &mut Sink<'_>) {
    view.report(&RULE, Code::FoldedWhiteSpace, sink, |diagnostic| {
        let span = diagnostic.span();
        let before = span.start.checked_sub(1).and_then(|at| view.octets.get(at));
        let space: &[u8] = match before {
            Some(b';') if span.end < view.octets.len() => b" ",
            _ => b"",
        };
        let change = vec![(span, space.to_vec())];
        view.fix(Safety::Safe, "remove the line break", change)
    });
}
