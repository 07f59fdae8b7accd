//! # What it does
//! Finds tags that the draft does not define.
//!
//! # Why it is bad
//! Clients pass over them (D12). That is fine for an extension, and not for a known tag under another name.
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net; priority=1"
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net; p=1"
//! ```
//!
//! # Fix safety
//! Unsafe: writing the short name for a long one, such as `p` for `priority`. Nothing else is mended.

use mimi_mssi::Code;

use crate::definition::DefinitionView;
use crate::fix::Safety;
use crate::level::Level;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI127",
    name: "unknown-tag",
    level: Level::Info,
    is_pedantic: false,
    summary: "a definition string has a tag that the draft does not define",
    basis: "D12",
    fix: Fixable::Sometimes,
    check: Check::Definition(check),
};

/// Long names for the tags.
const LONG: [(&str, &[u8]); 12] = [
    ("account", b"a"),
    ("user", b"a"),
    ("username", b"a"),
    ("mssa", b"a"),
    ("endpoint", b"e"),
    ("server", b"e"),
    ("host", b"e"),
    ("mse", b"e"),
    ("prio", b"p"),
    ("priority", b"p"),
    ("service", b"s"),
    ("version", b"pv"),
];

fn check(view: &DefinitionView<'_>, sink: &mut Sink<'_>) {
    view.report(&RULE, Code::UnknownTag, sink, |diagnostic| {
        let span = diagnostic.span();
        let name = view.octets.get(span.clone())?;
        let is_meant = |long: &str| long.as_bytes().eq_ignore_ascii_case(name);
        let (_, short) = LONG.iter().find(|(long, _)| is_meant(long))?;
        let change = vec![(span, short.to_vec())];
        view.fix(Safety::Unsafe, "write the name of the tag", change)
    });
}
