//! # What it does
//! Finds MIMIX records whose target has a MIMIX record of its own.
//!
//! # Why it is bad
//! Callers never follow it: users have to stand below the first target.
//!
//! # Example
//! ```zone
//! example.com. MIMIX example.org.
//! example.org. MIMIX mimi.example.net.
//! ```
//!
//! # Use instead
//! ```zone
//! example.com. MIMIX mimi.example.net.
//! example.org. MIMIX mimi.example.net.
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
    code: "MIMI406",
    name: "mimix-target-has-mimix",
    level: Level::Warning,
    is_pedantic: false,
    summary: "the target of a MIMIX record has a MIMIX record",
    basis: "D35",
    fix: Fixable::No,
    check: Check::Zone(check),
};

fn check(view: &ZoneView<'_>, sink: &mut Sink<'_>) {
    for record in view.mimix() {
        let Some(target) = record.target() else {
            continue;
        };
        if target == record.owner {
            continue;
        }
        if let Some(next) = view.at(&target, view.settings.types.mimix()) {
            let message =
                format!("expected a target without MIMIX, found `{target}`, which leads on");
            let finding = Finding::new(&RULE, record.rdata_place(), message)
                .with_related(next.whole(), "callers do not follow this")
                .with_help("name the last target directly, if that is where the users are");
            sink.report(finding);
        }
    }
}
