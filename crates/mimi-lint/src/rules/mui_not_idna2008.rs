//! # What it does
//! Finds owners of MIMI records with a label that starts with `xn--` and is not the encoding of anything, or encodes it in another way than
//! everybody else; and labels with octets outside ASCII.
//!
//! # Why it is bad
//! Clients turn what people type into A-labels (D50), and never arrive at such a label.
//!
//! # Example
//! ```zone
//! xn--999999b 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Use instead
//! ```zone
//! xn--bcher-kva 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Fix safety
//! No fix: which name is meant is not certain.

use mimi_output::Octets;

use crate::finding::Finding;
use crate::identifier;
use crate::level::Level;
use crate::record::RecordView;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI510",
    name: "mui-not-idna2008",
    level: Level::Error,
    is_pedantic: false,
    summary: "a label of an identifier is no internationalised label",
    basis: "§4.1, RFC 5890, D50",
    fix: Fixable::No,
    check: Check::Record(check),
};

fn check(view: &RecordView<'_>, sink: &mut Sink<'_>) {
    let Some(owner) = identifier::mui(view, sink.settings()) else {
        return;
    };
    for label in owner.labels() {
        let (message, help) = if !label.is_ascii() {
            let text = String::from_utf8_lossy(label);
            let help = match identifier::to_a_label(&text) {
                Some(ascii) => format!("write it as {}", Octets(ascii.as_bytes())),
                None => "write it as an A-label (xn--...)".to_owned(),
            };
            ("expected an A-label, found octets outside ASCII", help)
        } else if identifier::unicode_label(label) == Some(None) {
            let help = "convert the name again with a tool that knows IDNA 2008".to_owned();
            (
                "expected the A-label of an internationalised label, found one that leads back to none",
                help,
            )
        } else {
            continue;
        };
        sink.report(Finding::new(&RULE, view.record.owner_place(), message).with_help(help));
    }
}
