//! # What it does
//! Finds signatures that have expired, or that do not count yet.
//!
//! # Why it is bad
//! To every caller that validates, the answer is bogus: it reaches nobody.
//!
//! # Example
//! A server that signs once a month, and was down for five weeks.
//!
//! # Use instead
//! Sign the zone again, and see why that did not happen by itself.
//!
//! # Fix safety
//! No fix: it is about servers.

use crate::finding::Finding;
use crate::level::Level;
use crate::live::{LiveView, question_place};
use crate::observations::Signature;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI722",
    name: "signature-not-current",
    level: Level::Error,
    is_pedantic: false,
    summary: "a signature has expired or does not count yet",
    basis: "RFC 4034 §3.1.5",
    fix: Fixable::No,
    check: Check::Live(check),
};

fn check(live: &LiveView<'_>, sink: &mut Sink<'_>) {
    for (zone, server, answer) in live.answers() {
        for signature in &answer.signatures {
            let Some(found) = fault(signature, live.at) else {
                continue;
            };
            let covers = &signature.covers;
            let message =
                format!("expected a current signature over the {covers} records, found {found}");
            let place = question_place(zone, server, &answer.name, &answer.record_type);
            let help = "sign the zone again, and set up what signs it to run by itself";
            sink.report(Finding::new(&RULE, place, message).with_help(help));
            break;
        }
    }
}

/// Times are compared modulo 2³².
fn fault(signature: &Signature, at: u64) -> Option<String> {
    let now = (at & u64::from(u32::MAX)) as u32;
    let is_after = |one: u32, other: u32| one != other && one.wrapping_sub(other) < 1 << 31;
    if is_after(now, signature.expiration) {
        let hours = now.wrapping_sub(signature.expiration) / 3600;
        return Some(format!("one that expired {hours} hours ago"));
    }
    if is_after(signature.inception, now) {
        let hours = signature.inception.wrapping_sub(now) / 3600;
        return Some(format!("one that begins to count in {hours} hours"));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Signature, fault};

    #[test]
    fn times_are_compared_around_2106() {
        let signature = |inception, expiration| Signature {
            inception,
            expiration,
            ..Signature::default()
        };
        let around = signature(u32::MAX - 10, 10);
        for at in [
            u64::from(u32::MAX) - 10,
            u64::from(u32::MAX),
            1 << 32,
            (1 << 32) + 10,
        ] {
            assert_eq!(fault(&around, at), None, "{at}");
        }
        assert!(fault(&around, (1 << 32) + 11).is_some_and(|found| found.contains("expired")));
        assert!(
            fault(&around, u64::from(u32::MAX) - 11).is_some_and(|found| found.contains("begins"))
        );
    }
}
