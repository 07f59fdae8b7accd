//! # What it does
//! Finds owners of MIMI records of more than 64 characters.
//!
//! # Why it is bad
//! Identifiers are meant to be as concise as possible (§3). More than 64 characters are not typed without a mistake, and are longer than
//! any mailbox (RFC 5321 §4.5.3.1.1); other software may not have room for them. The name may stand for an email address; then there is
//! nothing to be done.
//!
//! # Example
//! ```zone
//! a-name-that-is-much-too-long-to-be-said.to-anybody-by-telephone 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Fix safety
//! No fix: it is the person's name.

use crate::finding::Finding;
use crate::identifier::{self, LONGEST_TO_TYPE};
use crate::level::Level;
use crate::record::RecordView;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI514",
    name: "mui-too-long",
    level: Level::Info,
    is_pedantic: false,
    summary: "an identifier is too long to be typed",
    basis: "§3",
    fix: Fixable::No,
    check: Check::Record(check),
};

fn check(view: &RecordView<'_>, sink: &mut Sink<'_>) {
    let Some(owner) = identifier::mui(view, sink.settings()) else {
        return;
    };
    // The wire form has two octets more than the text.
    let length = owner.as_wire().len().saturating_sub(2);
    if length > LONGEST_TO_TYPE {
        let message = format!("expected at most {LONGEST_TO_TYPE} characters, found {length}");
        let finding = Finding::new(&RULE, view.record.owner_place(), message);
        sink.report(
            finding
                .with_help("give the person a shorter name, unless it stands for an email address"),
        );
    }
}
