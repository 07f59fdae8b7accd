//! # What it does
//! Finds owners with both MIMI and MIMIX records.
//!
//! # Why it is bad
//! It is legal, and what the owner of a personal domain may want. But the two have nothing to do with each other: the MIMI records
//! are for who is written to as `example.com`, and no default for addresses at it.
//!
//! # Example
//! ```zone
//! example.com. MIMIX mimi.example.net.
//! example.com. MIMI "v=MIMI1; a=alice; e=im.chat.zone"
//! ```
//!
//! # Use instead
//! ```zone
//! example.com. MIMIX mimi.example.net.
//! alice.mimi.example.net. MIMI "v=MIMI1; a=alice; e=im.chat.zone"
//! ```
//!
//! # Fix safety
//! No fix: both may be meant.

use crate::finding::Finding;
use crate::level::Level;
use crate::owner::OwnerView;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI312",
    name: "mimi-and-mimix-at-one-name",
    level: Level::Info,
    is_pedantic: true,
    summary: "a name has both MIMI and MIMIX records",
    basis: "§4.2, §5.1.1",
    fix: Fixable::No,
    check: Check::Owner(check),
};

fn check(view: &OwnerView<'_>, sink: &mut Sink<'_>) {
    let (Some(mimi), Some(mimix)) = (view.mimi.first(), view.mimix.first()) else {
        return;
    };
    let message = format!(
        "found MIMI and MIMIX at `{}`, which have nothing to do with each other",
        view.owner
    );
    let finding = Finding::new(&RULE, mimi.record.type_place(), message)
        .with_related(mimix.type_place(), "the MIMIX is here")
        .with_help("put the records of an address at its local part below the target of the MIMIX");
    sink.report(finding);
}
