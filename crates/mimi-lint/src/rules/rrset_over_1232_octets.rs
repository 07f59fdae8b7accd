//! # What it does
//! Finds owners whose MIMI records, in an answer without signatures, take more than 1232 octets.
//!
//! # Why it is bad
//! Answers over UDP are cut at that size by most servers. Callers have to ask again over TCP, which takes longer, and fails where
//! TCP is blocked.
//!
//! # Example
//! ```zone
//! $GENERATE 1-20 alice MIMI "v=MIMI1; p=$; a=alice$; e=a-long-name-of-a-service.example.net"
//! ```
//!
//! # Use instead
//! Fewer records, or shorter ones:
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; p=1; a=alice1; e=a-long-name-of-a-service.example.net"
//! alice 3600 IN MIMI "v=MIMI1; p=2; a=alice2; e=a-long-name-of-a-service.example.net"
//! ```
//!
//! # Fix safety
//! No fix: only the owner knows which records can go.

use crate::finding::Finding;
use crate::level::Level;
use crate::owner::OwnerView;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI307",
    name: "rrset-over-1232-octets",
    level: Level::Warning,
    is_pedantic: false,
    summary: "the MIMI records of an owner do not fit in an answer over UDP",
    basis: "D7",
    fix: Fixable::No,
    check: Check::Owner(check),
};

/// The most octets of an answer over UDP (D7).
const MOST: usize = 1232;

/// Header, type and class of the question, and the EDNS option.
const REST: usize = 12 + 4 + 11;

fn check(view: &OwnerView<'_>, sink: &mut Sink<'_>) {
    let octets = view.mimi_octets + view.owner.as_wire().len() + REST;
    let Some(first) = view.mimi.first().filter(|_| octets > MOST) else {
        return;
    };
    let message = format!(
        "expected an answer of at most {MOST} octets, found {octets} octets without signatures"
    );
    let finding = Finding::new(&RULE, first.record.owner_place(), message);
    sink.report(finding.with_help("remove records that nobody needs, or shorten them"));
}
