//! # What it does
//! Finds definition strings whose version is nearly `MIMI1`, or is that of another protocol.
//!
//! # Why it is bad
//! The version must match octet by octet, or clients pass over the record (D9).
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI "v=mimi1; a=alice; e=im.example.net"
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Fix safety
//! Safe where only case, quotes, a byte order mark, or commas, spaces or `\;` between the tags keep the version from being `MIMI1`.
//! Unsafe where other punctuation separates the tags.

use mimi_mssi::Code;

use crate::definition::DefinitionView;
use crate::level::Level;
use crate::mend;
use crate::rule::{Check, Fixable, Rule};
use crate::rules::{other_version, unquoted_definition_string};
use crate::sink::Sink;
use crate::unquoted;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI104",
    name: "unknown-version",
    level: Level::Error,
    is_pedantic: false,
    summary: "the version of a definition string is not exactly `MIMI1`",
    basis: "§4.3, D9",
    fix: Fixable::Sometimes,
    check: Check::Definition(check),
};

fn check(view: &DefinitionView<'_>, sink: &mut Sink<'_>) {
    if sink.wants(&unquoted_definition_string::RULE) && unquoted::look(view).is_some() {
        return;
    }
    for diagnostic in view.diagnostics(Code::UnknownVersion) {
        let value = view.octets.get(diagnostic.span()).unwrap_or_default();
        // These have a rule of their own.
        if !other_version::is_other_version(value) {
            let fix = mend::by_intention(view, diagnostic);
            sink.report(view.finding(&RULE, diagnostic).with_fix(fix));
        }
    }
}
