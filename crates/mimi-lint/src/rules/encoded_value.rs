//! # What it does
//! Finds percent-encoding, quoted-printable and HTML escapes in values.
//!
//! # Why it is bad
//! Values are never decoded (D23): clients ask for an account that has the escape in its name.
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=%2B15551234567; e=im.example.net"
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=+15551234567; e=im.example.net"
//! ```
//!
//! # Fix safety
//! Unsafe: the value may be meant as it is. Nothing is offered for what a definition string cannot hold, such as `%3B`.

use core::ops::Range;

use crate::definition::{Change, DefinitionView};
use crate::finding::Finding;
use crate::fix::Safety;
use crate::level::Level;
use crate::mend;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI131",
    name: "encoded-value",
    level: Level::Warning,
    is_pedantic: false,
    summary: "a value is encoded",
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
        let (encoding, mut changes) = if is_url(value) {
            continue;
        } else if let Some(changes) = hexadecimal(value, b'%') {
            ("percent-encoding", changes)
        } else if let Some(changes) = hexadecimal(value, b'=') {
            ("quoted-printable", changes)
        } else if ends_with_html_escape(view.octets, span.clone()) {
            (
                "an HTML escape",
                mend::decode_html(view.octets.get(span.start..).unwrap_or_default()),
            )
        } else {
            continue;
        };
        for (at, _) in &mut changes {
            *at = at.start + span.start..at.end + span.start;
        }
        let message = format!("expected a value as it is, found {encoding}; it is kept");
        let finding = Finding::new(&RULE, view.place(span), message)
            .with_help("values are never decoded: write the characters themselves");
        let fix = view.fix(Safety::Unsafe, "decode the value", changes);
        sink.report(finding.with_fix(fix));
    }
}

/// In a URL percent-encoding belongs where it is.
fn is_url(value: &[u8]) -> bool {
    value.windows(3).any(|window| window == b"://")
}

/// Octets in hexadecimal behind a mark, decoded, if there are any. None is changed if one cannot stand in a value.
fn hexadecimal(value: &[u8], mark: u8) -> Option<Vec<Change>> {
    let mut changes = Vec::new();
    for (at, window) in value.windows(3).enumerate() {
        // Lower case is rare in quoted-printable, and common in what only looks like it.
        let is_digit = |octet: u8| {
            matches!(octet, b'0'..=b'9' | b'A'..=b'F')
                || (mark == b'%' && octet.is_ascii_hexdigit())
        };
        let [first, high, low] = *window else {
            continue;
        };
        if first == mark && is_digit(high) && is_digit(low) {
            let digits = [high, low].map(char::from).map(|digit| digit.to_digit(16));
            let [Some(high), Some(low)] = digits else {
                continue;
            };
            changes.push((at..at + 3, vec![(high * 16 + low) as u8]));
        }
    }
    let fits = |change: &Change| {
        change
            .1
            .iter()
            .all(|octet| octet.is_ascii_graphic() && *octet != b';')
    };
    match changes.as_slice() {
        [] => None,
        all if all.iter().all(fits) => Some(changes),
        _ => Some(Vec::new()),
    }
}

/// Whether a value ends, at its `;`, with what an HTML escape has before that.
fn ends_with_html_escape(octets: &[u8], span: Range<usize>) -> bool {
    let value = octets.get(span.clone()).unwrap_or_default();
    let Some(at) = value.iter().rposition(|octet| *octet == b'&') else {
        return false;
    };
    let from = span.start + at;
    let escape = octets.get(from..span.end + 1).unwrap_or_default();
    mend::decode_html(escape)
        .first()
        .is_some_and(|(found, _)| *found == (0..escape.len()))
}
