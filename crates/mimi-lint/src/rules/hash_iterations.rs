//! # What it does
//! Finds NSEC3 records whose names are hashed more than once.
//!
//! # Why it is bad
//! It keeps nobody from guessing names, and validating resolvers may take such a zone as unsigned or refuse it.
//!
//! # Example
//! `example.com. IN NSEC3PARAM 1 0 10 ab12`
//!
//! # Use instead
//! `example.com. IN NSEC3PARAM 1 0 0 -`
//!
//! # Fix safety
//! No fix: it is about servers.

use crate::finding::Finding;
use crate::level::Level;
use crate::live::{LiveView, place};
use crate::observations::Denial;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI731",
    name: "hash-iterations",
    level: Level::Warning,
    is_pedantic: false,
    summary: "names are hashed more than once in proofs of absence",
    basis: "RFC 9276 §3.1",
    fix: Fixable::No,
    check: Check::Live(check),
};

fn check(live: &LiveView<'_>, sink: &mut Sink<'_>) {
    for zone in &live.subject.zones {
        let denials = zone.servers.iter().flat_map(|server| {
            let denials = server.probes.iter().flat_map(|probe| &probe.denials);
            denials.map(move |denial| (server, denial))
        });
        for (server, denial) in denials {
            let Denial::Nsec3 { owner, iterations } = denial else {
                continue;
            };
            if *iterations == 0 {
                continue;
            }
            let line = format!("{owner} IN NSEC3");
            let place = place(&zone.apex, Some(&server.address), line);
            let message = format!("expected no further iterations of the hash, found {iterations}");
            let help = "sign the zone with 0 iterations and without salt";
            sink.report(Finding::new(&RULE, place, message).with_help(help));
            break;
        }
    }
}
