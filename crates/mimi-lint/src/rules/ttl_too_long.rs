//! # What it does
//! Finds MIMI and MIMIX records with a TTL above a day, or what is configured.
//!
//! # Why it is bad
//! Whoever looked the name up before goes on writing to the old account for that long, also when it was taken over or given to somebody
//! else.
//!
//! # Example
//! ```zone
//! alice 604800 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Fix safety
//! No fix: how long is for the operator to decide.

use crate::finding::Finding;
use crate::identifier;
use crate::level::Level;
use crate::record::RecordView;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI350",
    name: "ttl-too-long",
    level: Level::Warning,
    is_pedantic: false,
    summary: "a TTL is longer than an account may be out of date",
    basis: "§3",
    fix: Fixable::No,
    check: Check::Record(check),
};

fn check(view: &RecordView<'_>, sink: &mut Sink<'_>) {
    let longest = sink.settings().longest_ttl;
    let record = view.record;
    if !identifier::is_of_mimi(record, sink.settings()) || record.ttl <= longest {
        return;
    }
    let message = format!(
        "expected a TTL of at most {longest} seconds, found {}",
        record.ttl
    );
    let finding = Finding::new(&RULE, record.ttl_place(), message).with_help("write 3600, an hour");
    sink.report(match record.spans.ttl {
        Some(_) => finding,
        None => finding.with_label("its TTL is that of $TTL, or of the record before"),
    });
}
