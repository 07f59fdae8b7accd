//! # What it does
//! Finds MIMI and MIMIX records, and definition strings under other types, whose private-use type code other software is known to use.
//!
//! # Why it is bad
//! Where that software runs, each reads the records of the other.
//!
//! # Example
//! ```zone
//! alice 3600 IN TYPE65401 \# 35 22763d4d494d49313b20613d616c6963653b20653d696d2e6578616d706c652e6e6574
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN TYPE65357 \# 35 22763d4d494d49313b20613d616c6963653b20653d696d2e6578616d706c652e6e6574
//! ```
//!
//! # Fix safety
//! No fix: clients have to use the same code.

use crate::finding::Finding;
use crate::identifier;
use crate::level::Level;
use crate::record::RecordView;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI356",
    name: "type-code-taken",
    level: Level::Info,
    is_pedantic: false,
    summary: "a type code is used by other software",
    basis: "D2",
    fix: Fixable::No,
    check: Check::Record(check),
};

fn check(view: &RecordView<'_>, sink: &mut Sink<'_>) {
    let record = view.record;
    let types = sink.settings().types;
    let Some(who) = mimi_rr::squatters(record.record_type) else {
        return;
    };
    if !identifier::is_of_mimi(record, sink.settings())
        && !identifier::is_definition_elsewhere(record, types)
    {
        return;
    }
    let message = format!("expected a type code of our own, found one in use by {who}");
    let finding = Finding::new(&RULE, record.type_place(), message);
    sink.report(finding.with_help("use 65357 for MIMI and 65368 for MIMIX"));
}
