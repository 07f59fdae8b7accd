//! # What it does
//! Finds values within quotes, plain or typographic.
//!
//! # Why it is bad
//! Quotes are no part of the format: they become part of the value (D23), and clients ask for an account with quotes in its name.
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=\"alice\"; e=im.example.net"
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Fix safety
//! Unsafe in `a` and `e`: the record then names another account or endpoint. Else safe.

use crate::definition::DefinitionView;
use crate::finding::Finding;
use crate::fix::Safety;
use crate::level::Level;
use crate::mend;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI132",
    name: "quoted-value",
    level: Level::Warning,
    is_pedantic: false,
    summary: "a value is in quotes",
    basis: "D23",
    fix: Fixable::Sometimes,
    check: Check::Definition(check),
};

fn check(view: &DefinitionView<'_>, sink: &mut Sink<'_>) {
    if view.judgement.mssi().is_none() {
        return;
    }
    for spans in mimi_mssi::tag_spans(view.octets) {
        let Some(span) = spans.value else { continue };
        let value = view.octets.get(span.clone()).unwrap_or_default();
        let text = core::str::from_utf8(value).unwrap_or_default();
        // A priority in quotes is none, and has a rule of its own.
        let is_priority = view.octets.get(spans.name) == Some(b"p");
        if is_priority || !is_quoted(text) {
            continue;
        }
        let inner = text.trim_matches(is_outer);
        let fix = match inner.is_empty() {
            true => None,
            false => view.fix(
                Safety::Safe,
                "remove the quotes",
                vec![(span.clone(), inner.as_bytes().to_vec())],
            ),
        };
        let message = "expected a value without quotes, found quotes around it; they are kept";
        let finding = Finding::new(&RULE, view.place(span), message);
        let help = "quotes belong to the zone file, around the whole string, and not to values";
        sink.report(finding.with_help(help).with_fix(fix));
    }
}

fn is_outer(character: char) -> bool {
    mend::is_quote(character) || character == '\''
}

/// Whether quotes stand around a value.
pub(crate) fn is_quoted(text: &str) -> bool {
    text.len() > 1 && text.starts_with(is_outer) && text.ends_with(is_outer)
}
