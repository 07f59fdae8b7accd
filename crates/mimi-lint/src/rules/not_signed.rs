//! # What it does
//! Says that a zone is not signed.
//!
//! # Why it is bad
//! Whoever stands between a caller and the servers can put in another account, and nobody sees it (D55).
//!
//! # Example
//! A zone without DNSKEY records.
//!
//! # Use instead
//! Sign the zone, and give the DS record to the zone above.
//!
//! # Fix safety
//! No fix: it is about servers.

use crate::finding::Finding;
use crate::level::Level;
use crate::live::{LiveView, place, question};
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI720",
    name: "not-signed",
    level: Level::Info,
    is_pedantic: false,
    summary: "the zone is not signed",
    basis: "§8, D55",
    fix: Fixable::No,
    check: Check::Live(check),
};

fn check(live: &LiveView<'_>, sink: &mut Sink<'_>) {
    for zone in &live.subject.zones {
        let mut known = zone.servers.iter().filter_map(|server| server.has_dnskey);
        let is_unsigned = known.next() == Some(false) && known.all(|has_dnskey| !has_dnskey);
        if is_unsigned && zone.has_ds != Some(true) {
            let place = place(&zone.apex, None, question(&zone.apex, "DNSKEY"));
            let message = "expected a signed zone, found no DNSKEY record";
            let help = "sign the zone, and give its DS record to the zone above";
            sink.report(Finding::new(&RULE, place, message).with_help(help));
        }
    }
}
