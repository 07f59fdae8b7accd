//! # What it does
//! Finds delegations below the target of a MIMIX record.
//!
//! # Why it is bad
//! The dots of a local part become dots of the name: `first.last@example.com` is looked up at `first.last` below the target. Where
//! `last` is delegated, other people answer for `last@` and for everybody whose local part ends in `.last`.
//!
//! # Example
//! ```zone
//! example.com. MIMIX mimi.example.com.
//! last.mimi.example.com. NS ns1.example.net.
//! ```
//!
//! # Use instead
//! ```zone
//! example.com. MIMIX mimi.example.com.
//! last.example.com. NS ns1.example.net.
//! ```
//!
//! # Fix safety
//! No fix: the delegation may be needed.

use mimi_name::DomainName;

use crate::finding::Finding;
use crate::level::Level;
use crate::record::types;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;
use crate::zone::ZoneView;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI413",
    name: "delegation-below-mimix-target",
    level: Level::Warning,
    is_pedantic: false,
    summary: "a name below the target of a MIMIX record is delegated",
    basis: "§5.1.1, D40",
    fix: Fixable::No,
    check: Check::Zone(check),
};

fn check(view: &ZoneView<'_>, sink: &mut Sink<'_>) {
    let mut told: Option<&DomainName> = None;
    for record in view.of_type(types::NS) {
        if told == Some(&record.owner) || Some(&record.owner) == view.apex {
            continue;
        }
        told = Some(&record.owner);
        let is_cut = view
            .cut_above(&record.owner)
            .is_some_and(|cut| cut.owner == record.owner);
        if let (true, Some(mimix)) = (is_cut, view.target_above(&record.owner)) {
            let message = format!(
                "expected only users below the target of `{}`, found a delegation",
                mimix.owner
            );
            let finding = Finding::new(&RULE, record.owner_place(), message)
                .with_label("others answer for addresses that end like this")
                .with_related(mimix.rdata_place(), "addresses are looked up below this")
                .with_help(
                    "delegate a name outside the target, or give the target a name of its own",
                );
            sink.report(finding);
        }
    }
}
