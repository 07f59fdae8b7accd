//! # What it does
//! Finds NSEC records in a zone with MIMI records.
//!
//! # Why it is bad
//! Each NSEC record names the next name of the zone. Anybody can follow them from one to the next and so list all users, which §3
//! asks to prevent.
//!
//! # Example
//! ```zone
//! alice.example.com. NSEC bob.example.com. MIMI RRSIG NSEC
//! ```
//!
//! # Use instead
//! Sign with NSEC3, or let the server answer with minimal NSEC records (RFC 4470, RFC 9824).
//!
//! # Fix safety
//! No fix: the zone has to be signed anew.

use crate::finding::Finding;
use crate::level::Level;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;
use crate::zone::ZoneView;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI602",
    name: "walkable-nsec",
    level: Level::Warning,
    is_pedantic: false,
    summary: "NSEC records list the names of users",
    basis: "§3, RFC 5155 §1.1",
    fix: Fixable::No,
    check: Check::Zone(check),
};

fn check(view: &ZoneView<'_>, sink: &mut Sink<'_>) {
    let landmarks = view.landmarks;
    if let (Some(nsec), Some(mimi)) = (&landmarks.nsec, &landmarks.mimi) {
        let message = "expected that the names of users cannot be listed, found NSEC records, which link each name to the next";
        let finding = Finding::new(&RULE, nsec.type_place(), message)
            .with_related(mimi.owner_place(), "names like this can be listed")
            .with_help("sign with NSEC3 (iterations 0, no salt), or let the server make minimal NSEC records");
        sink.report(finding);
    }
}
