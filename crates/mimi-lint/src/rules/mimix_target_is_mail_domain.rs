//! # What it does
//! Finds MIMIX records that lead to the domain they stand at.
//!
//! # Why it is bad
//! It is legal. But each local part is then a name beside the hosts of the domain: `www@example.com` is looked up at
//! `www.example.com`, and `john.dev@example.com` below `dev.example.com`.
//!
//! # Example
//! ```zone
//! example.com. MIMIX example.com.
//! ```
//!
//! # Use instead
//! ```zone
//! example.com. MIMIX mimi.example.com.
//! ```
//!
//! # Fix safety
//! No fix: it may be meant.

use crate::finding::Finding;
use crate::level::Level;
use crate::mimix::MimixView;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI404",
    name: "mimix-target-is-mail-domain",
    level: Level::Info,
    is_pedantic: true,
    summary: "the target of a MIMIX record is its own owner",
    basis: "§5.1.1",
    fix: Fixable::No,
    check: Check::Mimix(check),
};

fn check(view: &MimixView<'_>, sink: &mut Sink<'_>) {
    if *view.target == view.record.owner {
        let message = "expected a target of its own, found the mail domain itself";
        let finding = Finding::new(&RULE, view.record.rdata_place(), message);
        sink.report(
            finding.with_help("put the users below a name that has no hosts, such as `mimi`"),
        );
    }
}
