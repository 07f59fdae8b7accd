//! # What it does
//! Finds names below the suffix of ENUM whose last digit, the first of the number, is a zero.
//!
//! # Why it is bad
//! No country code starts with a zero, so no client asks for it. Most likely this is a number as it is dialled within a country, or with an
//! international prefix.
//!
//! # Example
//! ```zone
//! 1.2.3.4.5.6.0 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Use instead
//! ```zone
//! 7.6.5.4.3.2.1.5.5.5.1 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Fix safety
//! No fix: the country code is not certain.

use crate::finding::Finding;
use crate::identifier::{self, EnumShape};
use crate::level::Level;
use crate::record::RecordView;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI506",
    name: "enum-leading-zero",
    level: Level::Error,
    is_pedantic: false,
    summary: "a telephone number starts with a zero",
    basis: "D52",
    fix: Fixable::No,
    check: Check::Record(check),
};

fn check(view: &RecordView<'_>, sink: &mut Sink<'_>) {
    let Some(labels) = identifier::telephone(view, sink.settings()) else {
        return;
    };
    if let EnumShape::LeadingZero = identifier::enum_shape(&labels) {
        let message = "expected a country code, found a number that starts with 0";
        let finding = Finding::new(&RULE, view.record.owner_place(), message);
        sink.report(finding.with_help("write country code and number, without any prefix"));
    }
}
