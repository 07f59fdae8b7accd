//! # What it does
//! Finds owners of MIMI records whose first label has fewer than 10 characters, or no digits between its letters.
//!
//! # Why it is bad
//! Whoever guesses names finds accounts (§3, §8): words and names are tried first, and then everything short. Many people want a simple
//! name all the same.
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Use instead
//! ```zone
//! k7m2q9wzt4xa 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Fix safety
//! No fix: the person chooses.

use crate::finding::Finding;
use crate::identifier;
use crate::level::Level;
use crate::record::RecordView;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI650",
    name: "mui-guessable",
    level: Level::Info,
    is_pedantic: true,
    summary: "an identifier is easily guessed",
    basis: "§3, §8",
    fix: Fixable::No,
    check: Check::Record(check),
};

fn check(view: &RecordView<'_>, sink: &mut Sink<'_>) {
    /// With letters and digits, 50 bits: a million questions a second for 17 years.
    const SHORTEST: usize = 10;
    let Some(owner) = identifier::mui(view, sink.settings()) else {
        return;
    };
    let Some(label) = owner.labels().next() else {
        return;
    };
    let letters = label
        .iter()
        .filter(|octet| octet.is_ascii_alphabetic())
        .count();
    let inner = label.trim_ascii();
    let middle = inner
        .get(1..inner.len().saturating_sub(1))
        .unwrap_or_default();
    let has_digits = middle
        .windows(2)
        .any(|pair| matches!(pair, [b'0'..=b'9', next] if next.is_ascii_alphabetic()));
    if label.len() >= SHORTEST && letters > 0 && has_digits {
        return;
    }
    let message = "expected an identifier that cannot be guessed, found a short one or a word";
    let finding = Finding::new(&RULE, view.record.owner_place(), message);
    sink.report(
        finding.with_help(
            "make one with `mimi mui new`, if the person wants to be found by nobody else",
        ),
    );
}
