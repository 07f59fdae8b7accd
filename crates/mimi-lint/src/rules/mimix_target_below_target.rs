//! # What it does
//! Finds MIMIX records whose target is below the target of a MIMIX record of another domain.
//!
//! # Why it is bad
//! The dots of a local part become dots of the name, so two addresses are one name: with the targets `mimi.example.net` and
//! `last.mimi.example.net`, `first.last@` the one domain is `first@` the other.
//!
//! # Example
//! ```zone
//! example.com. MIMIX mimi.example.net.
//! example.org. MIMIX last.mimi.example.net.
//! ```
//!
//! # Use instead
//! ```zone
//! example.com. MIMIX com.mimi.example.net.
//! example.org. MIMIX org.mimi.example.net.
//! ```
//!
//! # Fix safety
//! No fix: it has to be decided where the users stand.

use crate::finding::Finding;
use crate::level::Level;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;
use crate::zone::ZoneView;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI414",
    name: "mimix-target-below-target",
    level: Level::Warning,
    is_pedantic: false,
    summary: "the target of a MIMIX record is below that of another one",
    basis: "§5.1.1, D40",
    fix: Fixable::No,
    check: Check::Zone(check),
};

fn check(view: &ZoneView<'_>, sink: &mut Sink<'_>) {
    for record in view.mimix() {
        let Some(target) = record.target().filter(|target| !target.is_root()) else {
            continue;
        };
        let Some(above) = view
            .target_above(&target)
            .filter(|above| above.owner != record.owner)
        else {
            continue;
        };
        let message = format!(
            "expected a target apart from that of `{}`, found one below it",
            above.owner
        );
        let finding = Finding::new(&RULE, record.rdata_place(), message)
            .with_related(above.rdata_place(), "the other one is here")
            .with_help("use targets of which none is below the other");
        sink.report(finding);
    }
}
