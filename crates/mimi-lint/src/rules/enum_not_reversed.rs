//! # What it does
//! Finds names below the suffix of ENUM that make no telephone number with a country code, but do when they are read from left to right.
//!
//! # Why it is bad
//! A telephone number is asked for digit by digit in reverse order below the suffix (RFC 6116 §3.2), and as nothing else: nobody finds this
//! name.
//!
//! # Example
//! ```zone
//! 4.4.2.0.7.9.4.6.0.9.9.1 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Use instead
//! ```zone
//! 1.9.9.0.6.4.9.7.0.2.4.4 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Fix safety
//! Reversing the digits is unsafe: country codes come and go, and the number may be one of a closed network.

use crate::finding::Finding;
use crate::identifier::{self, EnumShape};
use crate::level::Level;
use crate::record::RecordView;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI501",
    name: "enum-not-reversed",
    level: Level::Warning,
    is_pedantic: false,
    summary: "a telephone number looks as if it were written forwards",
    basis: "RFC 6116 §3.2, D52",
    fix: Fixable::Sometimes,
    check: Check::Record(check),
};

fn check(view: &RecordView<'_>, sink: &mut Sink<'_>) {
    let Some(labels) = identifier::telephone(view, sink.settings()) else {
        return;
    };
    if let EnumShape::Forwards = identifier::enum_shape(&labels) {
        let reversed: Vec<&[u8]> = labels.iter().rev().copied().collect();
        let wanted = reversed.join(&b'.');
        let fix = identifier::owner_fix(view.record, "reverse the digits", &labels, &wanted);
        let message =
            "expected a telephone number in reverse, found what looks like one written forwards";
        let finding = Finding::new(&RULE, view.record.owner_place(), message);
        sink.report(
            finding
                .with_help("write the last digit first")
                .with_fix(fix),
        );
    }
}
