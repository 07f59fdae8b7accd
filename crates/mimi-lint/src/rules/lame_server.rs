//! # What it does
//! Finds servers that the NS records name, or that were given, and that do not answer for the zone.
//!
//! # Why it is bad
//! Every caller that happens to ask this server first loses time, or gives up. What such a server says of a name counts for nothing (D58).
//!
//! # Example
//! ```zone
//! example.com. 3600 IN NS ns2.example.net. ; answers REFUSED
//! ```
//!
//! # Use instead
//! Configure the zone on the server, or take its NS record out of the zone and the delegation.
//!
//! # Fix safety
//! No fix: it is about servers.

use crate::finding::Finding;
use crate::level::Level;
use crate::live::{LiveView, server_place};
use crate::observations::Reason;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI701",
    name: "lame-server",
    level: Level::Warning,
    is_pedantic: false,
    summary: "a server does not answer for the zone",
    basis: "D58",
    fix: Fixable::No,
    check: Check::Live(check),
};

fn check(live: &LiveView<'_>, sink: &mut Sink<'_>) {
    for (zone, server) in live.servers() {
        let failure = server.failures.iter().find(|failure| {
            let reasons = [Reason::Lame, Reason::Refused, Reason::NotAuthoritative];
            !failure.is_tcp && reasons.contains(&failure.reason)
        });
        let Some(failure) = failure else { continue };
        let message = format!(
            "expected {} to answer for the zone, found {}",
            server.address,
            failure.reason.as_str()
        );
        let help = "configure the zone on this server, or take it out of the NS records";
        sink.report(Finding::new(&RULE, server_place(zone, server), message).with_help(help));
    }
}
