//! # What it does
//! Finds octets in definition strings that are not UTF-8.
//!
//! # Why it is bad
//! Clients reject the record (D25).
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=m\252ller; e=im.example.net"
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=mueller; e=im.example.net"
//! ```
//!
//! # Fix safety
//! Unsafe: what looks like Latin-1 is written as UTF-8, which still is not ASCII.

use mimi_mssi::Code;

use crate::definition::DefinitionView;
use crate::level::Level;
use crate::mend;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI106",
    name: "invalid-utf8",
    level: Level::Error,
    is_pedantic: false,
    summary: "a definition string is not UTF-8",
    basis: "D25",
    fix: Fixable::Sometimes,
    check: Check::Definition(check),
};

fn check(view: &DefinitionView<'_>, sink: &mut Sink<'_>) {
    view.report(&RULE, Code::InvalidUtf8, sink, |diagnostic| {
        mend::by_intention(view, diagnostic)
    });
}
