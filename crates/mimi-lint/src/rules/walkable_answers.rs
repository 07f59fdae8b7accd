//! # What it does
//! Finds servers whose proofs of absence name real names, so that all names of the zone can be read one after the other.
//!
//! # Why it is bad
//! Every person with a record in the zone can be listed (§3, §8).
//!
//! # Example
//! ```zone
//! alice.example.com. 3600 IN NSEC bob.example.com. TYPE65357 RRSIG NSEC
//! ```
//!
//! # Use instead
//! Sign online with minimally covering NSEC records (RFC 4470, RFC 9824), or use NSEC3 without iterations.
//!
//! # Fix safety
//! No fix: it is about servers.

use mimi_name::DomainName;

use crate::finding::Finding;
use crate::level::Level;
use crate::live::{LiveView, place};
use crate::observations::Denial;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI730",
    name: "walkable-answers",
    level: Level::Warning,
    is_pedantic: false,
    summary: "all names of the zone can be read off its NSEC records",
    basis: "§8",
    fix: Fixable::No,
    check: Check::Live(check),
};

/// What made-up names start with. What stands around one of them starts so too when it was made up for the answer.
const MADE_UP: &[u8] = b"mimi-lint";

fn check(live: &LiveView<'_>, sink: &mut Sink<'_>) {
    for zone in &live.subject.zones {
        let denials = zone.servers.iter().flat_map(|server| {
            let denials = server.probes.iter().flat_map(|probe| &probe.denials);
            denials.map(move |denial| (server, denial))
        });
        let found = denials.filter_map(|(server, denial)| match denial {
            Denial::Nsec { owner, next } if names_real_names(owner, next) => {
                Some((server, owner, next))
            }
            _ => None,
        });
        let Some((server, owner, next)) = found.into_iter().next() else {
            continue;
        };
        let place = place(
            &zone.apex,
            Some(&server.address),
            format!("{owner} IN NSEC {next}"),
        );
        let message = "expected a proof of absence that names nobody, found one with the next name of the zone";
        let help =
            "sign online with minimally covering NSEC records, or use NSEC3 without iterations";
        sink.report(Finding::new(&RULE, place, message).with_help(help));
    }
}

/// Whether the next name was there before it was asked for: not the first name possible below the owner (RFC 9824), and not one
/// made up around the question (RFC 4470).
fn names_real_names(owner: &str, next: &str) -> bool {
    let (Ok(owner), Ok(next)) = (
        DomainName::parse_absolute(owner),
        DomainName::parse_absolute(next),
    ) else {
        return false;
    };
    let is_made_up = |name: &DomainName| {
        let mut labels = name.labels();
        labels.any(|label| label.to_ascii_lowercase().starts_with(MADE_UP))
    };
    let is_first_below =
        next.labels().next() == Some(b"\0") && next.parent().as_ref() == Some(&owner);
    owner != next && !is_first_below && !is_made_up(&owner) && !is_made_up(&next)
}

#[cfg(test)]
mod tests {
    use super::names_real_names;

    #[test]
    fn only_names_that_were_there_are_real() {
        let real = [
            ("alice.example.com.", "bob.example.com."),
            ("zoe.example.com.", "example.com."),
            ("example.com.", "alice.example.com."),
            ("alice.example.com.", "\\000.bob.example.com."),
        ];
        for (owner, next) in real {
            assert!(names_real_names(owner, next), "{owner} {next}");
        }
        let made_up = [
            // RFC 9824
            (
                "mimi-lint-01.example.com.",
                "\\000.mimi-lint-01.example.com.",
            ),
            ("alice.example.com.", "\\000.alice.example.com."),
            // RFC 4470
            (
                "mimi-lint-00~.example.com.",
                "mimi-lint-01\\000.example.com.",
            ),
            ("MIMI-LINT-00~.example.com.", "z.example.com."),
            // A zone with a single name.
            ("example.com.", "example.com."),
            // Not names.
            ("a..b", "example.com."),
        ];
        for (owner, next) in made_up {
            assert!(!names_real_names(owner, next), "{owner} {next}");
        }
    }
}
