//! # What it does
//! Finds servers that give the whole zone to whoever asks for it.
//!
//! # Why it is bad
//! Every person with a record in the zone can be listed in one question (§3, §8).
//!
//! # Example
//! A server without a rule about who may transfer the zone.
//!
//! # Use instead
//! Allow transfers to the other servers of the zone only: by their addresses, better by TSIG.
//!
//! # Fix safety
//! No fix: it is about servers.

use crate::finding::Finding;
use crate::level::Level;
use crate::live::{LiveView, place, question};
use crate::observations::Transfer;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI732",
    name: "open-transfer",
    level: Level::Error,
    is_pedantic: false,
    summary: "the whole zone is given to strangers",
    basis: "§8",
    fix: Fixable::No,
    check: Check::Live(check),
};

fn check(live: &LiveView<'_>, sink: &mut Sink<'_>) {
    for (zone, server) in live.servers() {
        let Transfer::Open { records } = server.transfer else {
            continue;
        };
        let line = question(&zone.apex, "AXFR");
        let place = place(&zone.apex, Some(&server.address), line);
        let message = format!(
            "expected the zone transfer to be refused, found that {} gives {records} records",
            server.address
        );
        let help = "allow transfers to the other servers of the zone only";
        sink.report(Finding::new(&RULE, place, message).with_help(help));
    }
}
