//! # What it does
//! Finds names below the suffix of ENUM of more than 15 digits.
//!
//! # Why it is bad
//! No telephone number is so long (ITU-T E.164 §6.2.1), so no client asks for it.
//!
//! # Example
//! ```zone
//! 9.8.7.6.5.4.3.2.1.7.6.5.4.3.2.1.5.5.5.1 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Use instead
//! ```zone
//! 7.6.5.4.3.2.1.5.5.5.1 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Fix safety
//! No fix: which digits are too many is not certain.

use crate::finding::Finding;
use crate::identifier::{self, EnumShape, MOST_DIGITS};
use crate::level::Level;
use crate::record::RecordView;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI504",
    name: "enum-too-long",
    level: Level::Error,
    is_pedantic: false,
    summary: "a telephone number has more than 15 digits",
    basis: "RFC 6116 §3.2, D52",
    fix: Fixable::No,
    check: Check::Record(check),
};

fn check(view: &RecordView<'_>, sink: &mut Sink<'_>) {
    let Some(labels) = identifier::telephone(view, sink.settings()) else {
        return;
    };
    if let EnumShape::TooLong(digits) = identifier::enum_shape(&labels) {
        let message = format!("expected at most {MOST_DIGITS} digits, found {digits}");
        let finding = Finding::new(&RULE, view.record.owner_place(), message);
        sink.report(finding.with_help("write country code and number, without an extension"));
    }
}
