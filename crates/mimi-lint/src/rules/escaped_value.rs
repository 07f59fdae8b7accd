//! # What it does
//! Finds backslashes in values that look like escapes: before punctuation, or at the end.
//!
//! # Why it is bad
//! There is no escaping inside a definition string (D23): the backslash is part of the value, and clients ask for an account that has it
//! in its name. The zone file has taken its own escapes away before.
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice\\; e=im.example.net"
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Fix safety
//! Unsafe: the backslash may be meant.

use crate::definition::DefinitionView;
use crate::finding::Finding;
use crate::fix::Safety;
use crate::level::Level;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI133",
    name: "escaped-value",
    level: Level::Warning,
    is_pedantic: false,
    summary: "a value holds a backslash that looks like an escape",
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
        let escapes = escapes(value);
        let Some(first) = escapes.first() else {
            continue;
        };
        let place = view.place(span.start + first..span.start + first + 1);
        let changes = escapes
            .iter()
            .map(|at| (span.start + at..span.start + at + 1, Vec::new()));
        let fix = view.fix(Safety::Unsafe, "remove the backslash", changes.collect());
        let message = "expected a value without escapes, found a backslash; it is kept";
        let finding = Finding::new(&RULE, place, message);
        let help = "there is no escaping: in a definition string a backslash is a backslash";
        sink.report(finding.with_help(help).with_fix(fix));
    }
}

/// The backslashes before punctuation or at the end. Before a letter, as in `DOMAIN\alice`, one may well be meant.
fn escapes(value: &[u8]) -> Vec<usize> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < value.len() {
        let is_escape = value.get(at) == Some(&b'\\')
            && value
                .get(at + 1)
                .is_none_or(|octet| !octet.is_ascii_alphanumeric());
        if is_escape {
            found.push(at);
        }
        // What is escaped escapes nothing.
        at += 1 + usize::from(is_escape);
    }
    found
}
