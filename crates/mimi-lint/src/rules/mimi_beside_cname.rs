//! # What it does
//! Finds MIMI and MIMIX records whose owner has a CNAME.
//!
//! # Why it is bad
//! A CNAME stands alone. Servers refuse the zone, or answer with the CNAME only, so that the records are never seen.
//!
//! # Example
//! ```zone
//! alice CNAME www
//! alice MIMI "v=MIMI1; a=alice; e=im.chat.zone"
//! ```
//!
//! # Use instead
//! ```zone
//! alice MIMI "v=MIMI1; a=alice; e=im.chat.zone"
//! ```
//!
//! # Fix safety
//! No fix: only the owner knows which record is meant.

use crate::finding::Finding;
use crate::level::Level;
use crate::owner::OwnerView;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI311",
    name: "mimi-beside-cname",
    level: Level::Error,
    is_pedantic: false,
    summary: "MIMI or MIMIX records stand beside a CNAME",
    basis: "RFC 1034 §3.6.2",
    fix: Fixable::No,
    check: Check::Owner(check),
};

fn check(view: &OwnerView<'_>, sink: &mut Sink<'_>) {
    let Some(cname) = view.cname else { return };
    let mimi = view.mimi.first().map(|member| ("MIMI", member.record));
    let mimix = view.mimix.first().map(|record| ("MIMIX", *record));
    for (name, record) in mimi.into_iter().chain(mimix) {
        let message = format!(
            "expected a CNAME to be alone at `{}`, found {name} beside it",
            view.owner
        );
        let finding = Finding::new(&RULE, record.type_place(), message)
            .with_related(cname.type_place(), "the CNAME is here")
            .with_help("remove the CNAME, or move one of the two to another name");
        sink.report(finding);
    }
}
