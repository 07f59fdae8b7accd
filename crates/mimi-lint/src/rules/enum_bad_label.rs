//! # What it does
//! Finds names below the suffix of ENUM with labels of something else than digits.
//!
//! # Why it is bad
//! A telephone number is asked for digit by digit in reverse order below the suffix (RFC 6116 §3.2), and as nothing else: nobody finds this
//! name.
//!
//! # Example
//! ```zone
//! 7.6.5.4.3.2.1.5.5.5.+1 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Use instead
//! ```zone
//! 7.6.5.4.3.2.1.5.5.5.1 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Fix safety
//! No fix: which number is meant is not certain.

use mimi_output::Octets;

use crate::finding::Finding;
use crate::identifier::{self, EnumShape};
use crate::level::Level;
use crate::record::RecordView;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI505",
    name: "enum-bad-label",
    level: Level::Error,
    is_pedantic: false,
    summary: "a telephone number has a label that is not of digits",
    basis: "RFC 6116 §3.2, D52",
    fix: Fixable::No,
    check: Check::Record(check),
};

fn check(view: &RecordView<'_>, sink: &mut Sink<'_>) {
    let Some(labels) = identifier::telephone(view, sink.settings()) else {
        return;
    };
    if let EnumShape::NotDigits(label) = identifier::enum_shape(&labels) {
        let message = format!("expected one digit a label, found `{}`", Octets(label));
        let finding = Finding::new(&RULE, view.record.owner_place(), message);
        let help = "write +15551234567 as 7.6.5.4.3.2.1.5.5.5.1";
        sink.report(finding.with_help(help));
    }
}
