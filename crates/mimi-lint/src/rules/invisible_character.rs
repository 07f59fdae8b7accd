//! # What it does
//! Finds characters in values that are not seen, change the direction of text, or look like a plain space.
//!
//! # Why it is bad
//! The account or endpoint is another one than it seems to be, by mistake or to deceive (D25).
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=ali\226\128\139ce; e=im.example.net"
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Fix safety
//! Unsafe: the record then names another account or endpoint, and some scripts need joiners.

use crate::definition::DefinitionView;
use crate::finding::Finding;
use crate::fix::Safety;
use crate::level::Level;
use crate::mend;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI134",
    name: "invisible-character",
    level: Level::Warning,
    is_pedantic: false,
    summary: "a value holds an invisible character",
    basis: "D25",
    fix: Fixable::Sometimes,
    check: Check::Definition(check),
};

fn check(view: &DefinitionView<'_>, sink: &mut Sink<'_>) {
    if view.judgement.mssi().is_none() {
        return;
    }
    for span in mimi_mssi::tag_spans(view.octets).filter_map(|spans| spans.value) {
        let value = view.octets.get(span.clone()).unwrap_or_default();
        let text = core::str::from_utf8(value).unwrap_or_default();
        let found: Vec<(usize, char)> = text
            .char_indices()
            .filter(|(_, character)| mend::is_invisible(*character))
            .collect();
        let Some((first, character)) = found.first() else {
            continue;
        };
        let at =
            |at: usize, character: char| span.start + at..span.start + at + character.len_utf8();
        let message = format!(
            "expected characters that can be seen, found U+{:04X}; it is kept",
            u32::from(*character)
        );
        let finding = Finding::new(&RULE, view.place(at(*first, *character)), message);
        let changes = found
            .iter()
            .map(|(from, character)| (at(*from, *character), Vec::new()));
        let fix = view.fix(Safety::Unsafe, "remove it", changes.collect());
        sink.report(finding.with_fix(fix));
    }
}
