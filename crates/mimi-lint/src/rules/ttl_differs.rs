//! # What it does
//! Finds MIMI or MIMIX records of one owner whose TTLs are not the same.
//!
//! # Why it is bad
//! All records of an RRset have one TTL. Servers choose one when they load the zone, each its own way, so name servers may
//! disagree, and a change takes longer to be seen than planned.
//!
//! # Example
//! ```zone
//! alice 3600 MIMI "v=MIMI1; p=1; a=alice; e=im.chat.zone"
//! alice 600 MIMI "v=MIMI1; p=2; a=alice99; e=im.other.zone"
//! ```
//!
//! # Use instead
//! ```zone
//! alice 600 MIMI "v=MIMI1; p=1; a=alice; e=im.chat.zone"
//! alice 600 MIMI "v=MIMI1; p=2; a=alice99; e=im.other.zone"
//! ```
//!
//! # Fix safety
//! Writing the lowest TTL of the RRset is unsafe: another one may be meant. It is offered where every TTL to change is written out.

use crate::finding::Finding;
use crate::fix::{Edit, Fix, Safety};
use crate::level::Level;
use crate::owner::OwnerView;
use crate::record::Record;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI304",
    name: "ttl-differs",
    level: Level::Warning,
    is_pedantic: false,
    summary: "the records of an RRset have different TTLs",
    basis: "RFC 2181 §5.2",
    fix: Fixable::Sometimes,
    check: Check::Owner(check),
};

fn check(view: &OwnerView<'_>, sink: &mut Sink<'_>) {
    let mimi: Vec<&Record> = view.mimi.iter().map(|member| member.record).collect();
    check_set(&mimi, "MIMI", sink);
    check_set(&view.mimix, "MIMIX", sink);
}

fn check_set(records: &[&Record], name: &str, sink: &mut Sink<'_>) {
    let Some(first) = records.first() else { return };
    let Some(other) = records.iter().find(|record| record.ttl != first.ttl) else {
        return;
    };
    let message = format!(
        "expected one TTL for all {name} records of an owner, found {} and {}",
        first.ttl, other.ttl
    );
    let lowest = records.iter().map(|record| record.ttl).min();
    let finding = Finding::new(&RULE, other.ttl_place(), message)
        .with_related(first.ttl_place(), "the other one is here")
        .with_help("give all of them the same TTL")
        .with_fix(lowest.and_then(|lowest| fix(records, lowest)));
    sink.report(finding);
}

fn fix(records: &[&Record], lowest: u32) -> Option<Fix> {
    let source = &records.first()?.excerpt.source;
    let mut edits = Vec::new();
    for record in records.iter().filter(|record| record.ttl != lowest) {
        if record.excerpt.source != *source {
            return None;
        }
        edits.push(Edit {
            span: record.spans.ttl.clone()?,
            replacement: lowest.to_string().into_bytes(),
        });
    }
    edits.sort_by_key(|edit| edit.span.start);
    // Records made by one directive have their TTL at one place.
    let overlap = |pair: &[Edit]| matches!(pair, [one, other] if one.span.end > other.span.start);
    if edits.windows(2).any(overlap) {
        return None;
    }
    Some(Fix {
        safety: Safety::Unsafe,
        title: format!("write the lowest TTL, {lowest}"),
        edits,
    })
}
