//! # What it does
//! Finds MIMIX records whose target is in this zone, with no MIMI records below it.
//!
//! # Why it is bad
//! No address of the domain is found. Mostly the target is mistyped, or the users stand elsewhere.
//!
//! # Example
//! ```zone
//! example.com. MIMIX mimi.example.com.
//! alice.mimix.example.com. MIMI "v=MIMI1; a=alice; e=im.chat.zone"
//! ```
//!
//! # Use instead
//! ```zone
//! example.com. MIMIX mimi.example.com.
//! alice.mimi.example.com. MIMI "v=MIMI1; a=alice; e=im.chat.zone"
//! ```
//!
//! # Fix safety
//! No fix: it has to be decided where the users stand.

use crate::finding::Finding;
use crate::level::Level;
use crate::record::types;
use crate::rule::{Check, Fixable, Rule};
use crate::rules::mimix_target_looks_absolute::looks_absolute;
use crate::sink::Sink;
use crate::zone::ZoneView;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI407",
    name: "mimix-target-without-users",
    level: Level::Warning,
    is_pedantic: false,
    summary: "there are no users below the target of a MIMIX record",
    basis: "§5.1.1",
    fix: Fixable::No,
    check: Check::Zone(check),
};

fn check(view: &ZoneView<'_>, sink: &mut Sink<'_>) {
    for record in view.mimix() {
        let Some(target) = record.target() else {
            continue;
        };
        // A name that leads out of the zone, or an alias, may have users this file does not show.
        let leads_away = view.cut_above(&target).is_some()
            || view.at(&target, types::DNAME).is_some()
            || view.at(&target, types::CNAME).is_some();
        // What lacks its final dot is another rule's.
        let is_meant = looks_absolute(record).is_none();
        if is_meant
            && !target.is_root()
            && view.holds(&target)
            && !leads_away
            && !(view.has_mimi_below)(&target)
        {
            let message = format!("expected MIMI records below `{target}`, found none");
            let finding = Finding::new(&RULE, record.rdata_place(), message);
            sink.report(
                finding.with_help("check how the target is spelled, and where the users stand"),
            );
        }
    }
}
