//! # What it does
//! Finds definition strings of another version, such as `v=MIMI2`.
//!
//! # Why it is bad
//! Clients of today pass over the record (D9). That is fine beside a record of `MIMI1`, and not in place of one.
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI "v=MIMI2; a=alice; e=im.example.net"
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Fix safety
//! No fix: the other version may be meant.

use mimi_mssi::Code;

use crate::definition::DefinitionView;
use crate::level::Level;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI129",
    name: "other-version",
    level: Level::Info,
    is_pedantic: false,
    summary: "a definition string is of another version",
    basis: "§4.3, D9",
    fix: Fixable::No,
    check: Check::Definition(check),
};

fn check(view: &DefinitionView<'_>, sink: &mut Sink<'_>) {
    for diagnostic in view.diagnostics(Code::UnknownVersion) {
        let value = view.octets.get(diagnostic.span()).unwrap_or_default();
        if is_other_version(value) {
            sink.report(view.finding(&RULE, diagnostic));
        }
    }
}

/// Whether a value is that of another version, written as versions are: a number follows the name.
pub(crate) fn is_other_version(value: &[u8]) -> bool {
    let is_number = |number: &[u8]| {
        number.first().is_some_and(|first| *first != b'0') && number.iter().all(u8::is_ascii_digit)
    };
    value.strip_prefix(b"MIMI").is_some_and(is_number)
}
