//! # What it does
//! Finds records of types that are not MIMI, and have no form of their own, whose octets are a definition string.
//!
//! # Why it is bad
//! Clients ask for the type of MIMI records only. IANA has assigned none yet; programs of this project use 65357 and 65368 unless they are
//! told otherwise (D2).
//!
//! # Example
//! ```zone
//! alice 3600 IN TYPE65300 \# 35 22763d4d494d49313b20613d616c6963653b20653d696d2e6578616d706c652e6e6574
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN TYPE65357 \# 35 22763d4d494d49313b20613d616c6963653b20653d696d2e6578616d706c652e6e6574
//! ```
//!
//! # Fix safety
//! Writing the type of MIMI is unsafe: the record may be there for clients with other codes.

use crate::finding::Finding;
use crate::identifier;
use crate::level::Level;
use crate::record::RecordView;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI353",
    name: "definition-string-under-other-type",
    level: Level::Warning,
    is_pedantic: false,
    summary: "a record of another type holds a definition string",
    basis: "§4.2, D2",
    fix: Fixable::Sometimes,
    check: Check::Record(check),
};

fn check(view: &RecordView<'_>, sink: &mut Sink<'_>) {
    let record = view.record;
    let types = sink.settings().types;
    if !identifier::is_definition_elsewhere(record, types) {
        return;
    }
    let fix = match record.definition_string() {
        Some(_) => identifier::type_fix(record, "MIMI", types.mimi()),
        None => None,
    };
    let message = format!(
        "expected a definition string under type {}, found one under type {}",
        types.mimi(),
        record.record_type
    );
    let help = "write MIMI; or, if your clients use other codes, set `type-mimi` in mimi-lint.toml";
    let finding = Finding::new(&RULE, record.type_place(), message);
    sink.report(finding.with_help(help).with_fix(fix));
}
