//! # What it does
//! Finds owners of MIMI records whose first label is over 30 characters long, has several hyphens or an underscore, or mixes letters and
//! digits that look alike: `0` and `o`, `1` and `l` or `i`.
//!
//! # Why it is bad
//! Identifiers are meant to be as concise as possible and easy to understand, spoken and written (§3). The longer and odder they are, the
//! more often people mistype them.
//!
//! # Example
//! ```zone
//! al1ce-in-w0nderland 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
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
use crate::identifier;
use crate::level::Level;
use crate::record::RecordView;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI513",
    name: "mui-hard-to-say",
    level: Level::Info,
    is_pedantic: true,
    summary: "an identifier is hard to say or to spell",
    basis: "§3",
    fix: Fixable::No,
    check: Check::Record(check),
};

fn check(view: &RecordView<'_>, sink: &mut Sink<'_>) {
    /// More characters than this are hard to keep in mind while typing.
    const LONG: usize = 30;
    let Some(owner) = identifier::mui(view, sink.settings()) else {
        return;
    };
    let Some(label) = owner
        .labels()
        .next()
        .filter(|label| identifier::unicode_label(label).is_none())
    else {
        return;
    };
    let lower = label.to_ascii_lowercase();
    let has = |wanted: &[u8]| lower.iter().any(|octet| wanted.contains(octet));
    let reason = if label.len() > LONG {
        format!("{} characters", label.len())
    } else if has(b"_") {
        "an underscore".to_owned()
    } else if lower.iter().filter(|octet| **octet == b'-').count() > 1 {
        "several hyphens".to_owned()
    } else if (has(b"0") && has(b"o")) || (has(b"1") && has(b"li")) {
        "digits and letters that look alike".to_owned()
    } else {
        return;
    };
    let message =
        format!("expected an identifier that is easy to say and to spell, found {reason}");
    sink.report(Finding::new(&RULE, view.record.owner_place(), message));
}
