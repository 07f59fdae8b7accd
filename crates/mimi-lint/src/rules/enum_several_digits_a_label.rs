//! # What it does
//! Finds names below the suffix of ENUM with labels of several digits.
//!
//! # Why it is bad
//! A telephone number is asked for digit by digit in reverse order below the suffix (RFC 6116 §3.2), and as nothing else: nobody finds this
//! name.
//!
//! # Example
//! ```zone
//! 15551234567 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Use instead
//! ```zone
//! 7.6.5.4.3.2.1.5.5.5.1 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Fix safety
//! Where the whole number is one label, one digit a label in reverse is an unsafe fix: the number may have been reversed already.

use crate::finding::Finding;
use crate::identifier::{self, EnumShape};
use crate::level::Level;
use crate::record::RecordView;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI502",
    name: "enum-several-digits-a-label",
    level: Level::Error,
    is_pedantic: false,
    summary: "a telephone number has several digits in a label",
    basis: "RFC 6116 §3.2, D52",
    fix: Fixable::Sometimes,
    check: Check::Record(check),
};

fn check(view: &RecordView<'_>, sink: &mut Sink<'_>) {
    let Some(labels) = identifier::telephone(view, sink.settings()) else {
        return;
    };
    if let EnumShape::SeveralDigits(label) = identifier::enum_shape(&labels) {
        let mut digits: Vec<[u8; 1]> = label.iter().map(|digit| [*digit]).collect();
        digits.reverse();
        let is_whole = labels.len() == 1 && digits.len() > 4;
        let title = "write one digit a label, in reverse";
        let fix = identifier::owner_fix(view.record, title, &labels, &digits.join(&b'.'));
        let message = format!("expected one digit a label, found {} in one", label.len());
        let finding = Finding::new(&RULE, view.record.owner_place(), message);
        let help = "write +15551234567 as 7.6.5.4.3.2.1.5.5.5.1";
        sink.report(finding.with_help(help).with_fix(fix.filter(|_| is_whole)));
    }
}
