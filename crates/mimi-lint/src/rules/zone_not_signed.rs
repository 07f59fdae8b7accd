//! # What it does
//! Finds zones with an SOA record and MIMI or MIMIX records, but neither DNSKEY nor RRSIG.
//!
//! # Why it is bad
//! Without DNSSEC, whoever can forge one answer sends the messages for a user to another account. Many operators sign in the server
//! and not in the file; then all is well.
//!
//! # Example
//! ```zone
//! example.com. 3600 IN SOA ns1.example.com. hostmaster.example.com. 1 7200 900 1209600 300
//! alice.example.com. 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Use instead
//! Sign the zone, or let the server do it.
//!
//! # Fix safety
//! No fix: signing takes keys.

use crate::finding::Finding;
use crate::level::Level;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;
use crate::zone::ZoneView;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI601",
    name: "zone-not-signed",
    level: Level::Info,
    is_pedantic: false,
    summary: "a zone with MIMI or MIMIX records has no signatures",
    basis: "§7",
    fix: Fixable::No,
    check: Check::Zone(check),
};

fn check(view: &ZoneView<'_>, sink: &mut Sink<'_>) {
    let landmarks = view.landmarks;
    let first = landmarks.mimix.as_ref().or(landmarks.mimi.as_ref());
    let (Some(soa), Some(first)) = (&landmarks.soa, first) else {
        return;
    };
    if landmarks.dnskey.is_none() && landmarks.rrsig.is_none() {
        let message =
            "expected DNSKEY and RRSIG records in a zone with MIMI or MIMIX records, found none";
        let finding = Finding::new(&RULE, soa.owner_place(), message)
            .with_related(first.type_place(), "an answer for this can be forged")
            .with_help("sign the zone; if the server does that, turn this rule off");
        sink.report(finding);
    }
}
