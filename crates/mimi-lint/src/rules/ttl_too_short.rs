//! # What it does
//! Finds MIMI and MIMIX records with a TTL below a minute, or what is configured.
//!
//! # Why it is bad
//! Every message costs a question to the zone's servers, which thus learn who writes when; and while they cannot be reached, nobody can
//! write.
//!
//! # Example
//! ```zone
//! alice 5 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
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
    code: "MIMI351",
    name: "ttl-too-short",
    level: Level::Info,
    is_pedantic: false,
    summary: "a TTL is too short to be worth caching",
    basis: "RFC 1035 §3.2.1",
    fix: Fixable::No,
    check: Check::Record(check),
};

fn check(view: &RecordView<'_>, sink: &mut Sink<'_>) {
    let shortest = sink.settings().shortest_ttl;
    let record = view.record;
    if !identifier::is_of_mimi(record, sink.settings()) || record.ttl >= shortest {
        return;
    }
    let message = format!(
        "expected a TTL of at least {shortest} seconds, found {}",
        record.ttl
    );
    let finding = Finding::new(&RULE, record.ttl_place(), message).with_help("write 3600, an hour");
    sink.report(match record.spans.ttl {
        Some(_) => finding,
        None => finding.with_label("its TTL is that of $TTL, or of the record before"),
    });
}
