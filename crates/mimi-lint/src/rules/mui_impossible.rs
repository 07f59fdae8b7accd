//! # What it does
//! Finds owners of MIMI records that nobody can ask for: a single label, an IP address, a telephone number without its plus, a name whose
//! last label is a number, control characters.
//!
//! # Why it is bad
//! Clients refuse such identifiers (D47, D51), so nobody finds the record.
//!
//! # Example
//! ```zone
//! alice. 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Use instead
//! ```zone
//! alice.example. 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Fix safety
//! No fix: which name is meant is not certain.

use mimi_id::{Mui, MuiError, NameError};

use crate::finding::Finding;
use crate::identifier;
use crate::level::Level;
use crate::record::RecordView;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI516",
    name: "mui-impossible",
    level: Level::Error,
    is_pedantic: false,
    summary: "no identifier leads to the owner of a MIMI record",
    basis: "D47, D51",
    fix: Fixable::No,
    check: Check::Record(check),
};

fn check(view: &RecordView<'_>, sink: &mut Sink<'_>) {
    let Some(owner) = identifier::mui(view, sink.settings()) else {
        return;
    };
    let has_control = owner.labels().flatten().any(u8::is_ascii_control);
    let message = match Mui::from_name(owner) {
        _ if has_control => "expected text, found a control character".to_owned(),
        // An A-label that is none: another rule's.
        Ok(_) | Err(MuiError::Name(NameError::RefusedByUts46)) => return,
        Err(error) => error.to_string(),
    };
    let finding = Finding::new(&RULE, view.record.owner_place(), message);
    sink.report(finding.with_help("choose a name of letters and digits below a domain"));
}
