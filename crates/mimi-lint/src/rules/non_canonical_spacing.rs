//! # What it does
//! Finds usable definition strings that are not spaced as software writes them: one space behind each semicolon, and none elsewhere; no
//! semicolon at the end.
//!
//! # Why it is bad
//! Nothing is wrong, but two records that say the same compare as different (D13).
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1;a = alice;e=im.example.net;"
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Fix safety
//! Safe: white space around names and values means nothing.

use mimi_mssi::Code;

use crate::definition::DefinitionView;
use crate::finding::Finding;
use crate::fix::Safety;
use crate::level::Level;
use crate::mend;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI128",
    name: "non-canonical-spacing",
    level: Level::Info,
    is_pedantic: false,
    summary: "a definition string is spaced in an unusual way",
    basis: "D13, D17",
    fix: Fixable::Always,
    check: Check::Definition(check),
};

/// What has rules of its own.
const ELSEWHERE: [Code; 3] = [
    Code::WhiteSpaceBeforeVersion,
    Code::FoldedWhiteSpace,
    Code::EmptySegment,
];

fn check(view: &DefinitionView<'_>, sink: &mut Sink<'_>) {
    let has_other = |code: &Code| view.diagnostics(*code).next().is_some();
    if view.judgement.mssi().is_none() || ELSEWHERE.iter().any(has_other) {
        return;
    }
    let changes = mend::respace(view.octets);
    let Some((first, wanted)) = changes.first() else {
        return;
    };
    let message = match (wanted.as_slice(), first.end == view.octets.len()) {
        (b"", true) => "expected nothing behind the last value, found a semicolon or white space",
        (b"", false) => "expected no white space beside a name or value, found some",
        _ => "expected one space behind each semicolon, found none or more",
    };
    let finding = Finding::new(&RULE, view.place(first.clone()), message);
    let fix = view.fix(Safety::Safe, "space it as usual", changes);
    sink.report(finding.with_fix(fix));
}
