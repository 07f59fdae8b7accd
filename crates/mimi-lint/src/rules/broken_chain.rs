//! # What it does
//! Finds zones that the zone above says are signed, with a server that has no DNSKEY record or gives answers without signatures.
//!
//! # Why it is bad
//! To every caller that validates, all names of the zone are bogus: it reaches nobody.
//!
//! # Example
//! A zone that moved to a provider that does not sign, while its DS record stayed.
//!
//! # Use instead
//! Take the DS record out of the zone above, or sign the zone with the key that it names.
//!
//! # Fix safety
//! No fix: it is about servers.

use crate::finding::Finding;
use crate::level::Level;
use crate::live::{LiveView, server_place};
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI721",
    name: "broken-chain",
    level: Level::Error,
    is_pedantic: false,
    summary: "the zone above says that the zone is signed, and it is not",
    basis: "RFC 4035 §5.2",
    fix: Fixable::No,
    check: Check::Live(check),
};

fn check(live: &LiveView<'_>, sink: &mut Sink<'_>) {
    for (zone, server) in live.servers() {
        if zone.has_ds != Some(true) {
            continue;
        }
        let is_unsigned = |answer: &crate::observations::Answer| {
            !answer.records.is_empty() && answer.signatures.is_empty()
        };
        let found = match server.has_dnskey {
            Some(false) => "no DNSKEY record",
            Some(true) if server.answers.iter().any(is_unsigned) => "an answer without signatures",
            _ => continue,
        };
        let message = format!("expected a signed zone, as its DS record says, found {found}");
        let help = "take the DS record out of the zone above, or sign the zone";
        sink.report(Finding::new(&RULE, server_place(zone, server), message).with_help(help));
    }
}
