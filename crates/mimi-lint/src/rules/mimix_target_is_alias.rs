//! # What it does
//! Finds MIMIX records whose target has a CNAME in this zone.
//!
//! # Why it is bad
//! Callers never ask for the target itself, only for names below it, and a CNAME does not cover those: no address is found through
//! it.
//!
//! # Example
//! ```zone
//! example.com. MIMIX mimi.example.com.
//! mimi.example.com. CNAME mimi.example.net.
//! ```
//!
//! # Use instead
//! ```zone
//! example.com. MIMIX mimi.example.net.
//! ```
//!
//! # Fix safety
//! No fix: it has to be decided where the users stand.

use crate::finding::Finding;
use crate::level::Level;
use crate::record::types;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;
use crate::zone::ZoneView;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI405",
    name: "mimix-target-is-alias",
    level: Level::Warning,
    is_pedantic: false,
    summary: "the target of a MIMIX record is an alias",
    basis: "§5.1.1, D37",
    fix: Fixable::No,
    check: Check::Zone(check),
};

fn check(view: &ZoneView<'_>, sink: &mut Sink<'_>) {
    for record in view.mimix() {
        let Some(target) = record.target() else {
            continue;
        };
        if let Some(cname) = view.at(&target, types::CNAME) {
            let message =
                format!("expected a target with users below it, found `{target}`, an alias");
            let finding = Finding::new(&RULE, record.rdata_place(), message)
                .with_related(cname.whole(), "this does not cover the names below")
                .with_help("name the target of the alias instead, or use a DNAME, which covers the names below");
            sink.report(finding);
        }
    }
}
