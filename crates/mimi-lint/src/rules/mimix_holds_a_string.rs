//! # What it does
//! Finds MIMIX records that hold a definition string.
//!
//! # Why it is bad
//! Clients look below a domain of that name, which nobody has, or drop the record. Most likely it was meant to be a MIMI record.
//!
//! # Example
//! ```zone
//! alice 3600 IN TYPE65368 \# 35 22763d4d494d49313b20613d616c6963653b20653d696d2e6578616d706c652e6e6574
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN TYPE65357 \# 35 22763d4d494d49313b20613d616c6963653b20653d696d2e6578616d706c652e6e6574
//! ```
//!
//! # Fix safety
//! Writing `MIMI` for `MIMIX` is unsafe: a target may be what is missing.

use mimi_mssi::Verdict;

use crate::finding::Finding;
use crate::identifier;
use crate::level::Level;
use crate::octet_map::Written;
use crate::record::{Record, RecordView};
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI355",
    name: "mimix-holds-a-string",
    level: Level::Error,
    is_pedantic: false,
    summary: "a MIMIX record holds a definition string in place of a name",
    basis: "§4.3, §5.1.1",
    fix: Fixable::Sometimes,
    check: Check::Record(check),
};

fn check(view: &RecordView<'_>, sink: &mut Sink<'_>) {
    let record = view.record;
    if record.record_type != sink.settings().types.mimix() {
        return;
    }
    if !is_string(record) {
        return;
    }
    // As character-strings in generic form it is a MIMI record as it stands.
    let is_whole = record.map.written == Written::Generic && record.definition_string().is_some();
    let fix = is_whole
        .then(|| identifier::type_fix(record, "MIMI", sink.settings().types.mimi()))
        .flatten();
    let message = "expected the name of a domain, found a definition string";
    let finding = Finding::new(&RULE, record.rdata_place(), message);
    sink.report(
        finding
            .with_help("write MIMI for MIMIX, or the target")
            .with_fix(fix),
    );
}

/// Whether the octets of a record are a definition string, as character-strings, bare, or as a label.
pub(crate) fn is_string(record: &Record) -> bool {
    // The one octet of a target `.` is an empty string too.
    let is_definition =
        |text: &[u8]| !text.is_empty() && mimi_mssi::parse(text).verdict() != Verdict::Ignored;
    let rdata = record.rdata.as_deref().unwrap_or_default();
    let text = record.definition_string();
    let target = record.target();
    let label = target.as_ref().and_then(|target| target.labels().next());
    text.is_some_and(|text| is_definition(&text))
        || label.is_some_and(|label| label.starts_with(b"v=MIMI1"))
        || is_definition(rdata)
}
