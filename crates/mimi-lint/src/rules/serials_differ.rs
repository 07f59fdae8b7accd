//! # What it does
//! Finds zones whose serial number is not the same on all servers.
//!
//! # Why it is bad
//! Some server has an older zone. A change, such as an account that was taken away, has not reached everybody.
//!
//! # Example
//! ```zone
//! example.com. 3600 IN SOA ns1.example.com. host.example.com. 2026010101 3600 900 604800 300
//! ```
//!
//! # Use instead
//! Wait for the transfers if the zone was changed just now; otherwise see why they fail.
//!
//! # Fix safety
//! No fix: it is about servers.

use crate::finding::Finding;
use crate::level::Level;
use crate::live::{LiveView, server_place};
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI703",
    name: "serials-differ",
    level: Level::Warning,
    is_pedantic: false,
    summary: "the servers of a zone have different serial numbers",
    basis: "RFC 1034 §4.3.5",
    fix: Fixable::No,
    check: Check::Live(check),
};

fn check(live: &LiveView<'_>, sink: &mut Sink<'_>) {
    for zone in &live.subject.zones {
        let mut said = zone
            .servers
            .iter()
            .filter_map(|server| Some((server, server.serial?)));
        let Some((first, expected)) = said.next() else {
            continue;
        };
        let Some((other, found)) = said.find(|(_, serial)| *serial != expected) else {
            continue;
        };
        let message = format!(
            "expected one serial number on all servers, found {expected} at {} and {found} at {}",
            first.address, other.address
        );
        let finding = Finding::new(&RULE, server_place(zone, first), message);
        let help = "wait for the transfers if the zone was changed just now, or see why they fail";
        let place = server_place(zone, other);
        sink.report(
            finding
                .with_related(place, "another one here")
                .with_help(help),
        );
    }
}
