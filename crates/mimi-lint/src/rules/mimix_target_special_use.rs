//! # What it does
//! Finds MIMIX records whose target is, or is below, a name that cannot be looked up in the public DNS: `localhost`, `local`,
//! `invalid`, `test`, `onion`, `alt`, `internal` and `home.arpa`.
//!
//! # Why it is bad
//! Nobody outside can ask for names below it, so no address of the domain is found.
//!
//! # Example
//! ```zone
//! example.com. MIMIX mimi.corp.internal.
//! ```
//!
//! # Use instead
//! ```zone
//! example.com. MIMIX mimi.example.net.
//! ```
//!
//! # Fix safety
//! No fix: the name is not known.

use mimi_name::DomainName;

use crate::finding::Finding;
use crate::level::Level;
use crate::mimix::MimixView;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI402",
    name: "mimix-target-special-use",
    level: Level::Error,
    is_pedantic: false,
    summary: "the target of a MIMIX record is a special-use name",
    basis: "RFC 6761",
    fix: Fixable::No,
    check: Check::Mimix(check),
};

const SPECIAL_USE: [&str; 8] = [
    "localhost",
    "local",
    "invalid",
    "test",
    "onion",
    "alt",
    "internal",
    "home.arpa",
];

fn check(view: &MimixView<'_>, sink: &mut Sink<'_>) {
    let special = SPECIAL_USE.iter().find(|special| {
        DomainName::from_labels(special.split('.'))
            .is_ok_and(|special| view.target.is_within(&special))
    });
    let Some(special) = special else { return };
    let message = format!("expected a target in the public DNS, found one in `{special}`");
    let finding = Finding::new(&RULE, view.record.rdata_place(), message);
    sink.report(finding.with_help("name a target that anybody can look up"));
}
