//! # What it does
//! Finds TXT records with a definition string, or with the target of a MIMIX record in the form of the bridge (D57), apart from those below
//! `_mimi` and `_mimix`.
//!
//! # Why it is bad
//! Clients ask for MIMI and MIMIX records, and never see it.
//!
//! # Example
//! ```zone
//! alice 3600 IN TXT "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Fix safety
//! Writing `MIMI` for `TXT` is unsafe: the record may be there for a program of your own.

use mimi_mssi::Verdict;

use crate::check::plain;
use crate::finding::Finding;
use crate::identifier;
use crate::level::Level;
use crate::record::{RecordView, types};
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI352",
    name: "text-record-holds-definition-string",
    level: Level::Warning,
    is_pedantic: false,
    summary: "a TXT record holds what belongs into a MIMI record",
    basis: "§4.2, D57",
    fix: Fixable::Sometimes,
    check: Check::Record(check),
};

fn check(view: &RecordView<'_>, sink: &mut Sink<'_>) {
    let record = view.record;
    let rdata = record.rdata.as_deref().unwrap_or_default();
    if record.record_type != types::TXT || !plain::holds_version(rdata) {
        return;
    }
    let Some(text) = record.definition_string() else {
        return;
    };
    let first = record.owner.labels().next().unwrap_or_default();
    let is_below = |label: &str| first.eq_ignore_ascii_case(label.as_bytes());
    if mimi_mssi::bridge_target(&text).is_some() {
        if !is_below("_mimix") {
            let message = "expected a MIMIX record, found its target in a TXT record";
            let finding = Finding::new(&RULE, record.type_place(), message);
            let help = "write it as MIMIX target; or, for clients with the bridge, below _mimix";
            sink.report(finding.with_help(help));
        }
    } else if mimi_mssi::parse(&text).verdict() != Verdict::Ignored && !is_below("_mimi") {
        let fix = identifier::type_fix(record, "MIMI", sink.settings().types.mimi());
        let message = "expected a MIMI record, found a definition string in a TXT record";
        let finding = Finding::new(&RULE, record.type_place(), message);
        let help = "write MIMI for TXT; or, for clients with the bridge, put it below _mimi";
        sink.report(finding.with_help(help).with_fix(fix));
    }
}
