//! # What it does
//! Says that a zone is signed, and that its signatures were not validated here.
//!
//! # Why it is bad
//! It is not: this only says what was not looked at. Dates are compared, keys are not.
//!
//! # Example
//! Any signed zone.
//!
//! # Use instead
//! `mimi resolve --dnssec require` asks as a caller that validates.
//!
//! # Fix safety
//! No fix: it is about servers.

use crate::finding::Finding;
use crate::level::Level;
use crate::live::{LiveView, place, question};
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI723",
    name: "not-validated",
    level: Level::Info,
    is_pedantic: false,
    summary: "the zone is signed; its signatures were not validated",
    basis: "§8, D55",
    fix: Fixable::No,
    check: Check::Live(check),
};

fn check(live: &LiveView<'_>, sink: &mut Sink<'_>) {
    for zone in &live.subject.zones {
        if zone
            .servers
            .iter()
            .any(|server| server.has_dnskey == Some(true))
        {
            let chain = match zone.has_ds {
                Some(true) => "with a DS record in the zone above",
                Some(false) => "without a DS record in the zone above, so that nobody validates it",
                None => "and nobody said whether the zone above has a DS record",
            };
            let place = place(&zone.apex, None, question(&zone.apex, "DNSKEY"));
            let message = format!("the zone is signed, {chain}; not validated");
            sink.report(Finding::new(&RULE, place, message));
        }
    }
}
