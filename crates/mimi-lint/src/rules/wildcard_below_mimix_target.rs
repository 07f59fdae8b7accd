//! # What it does
//! Finds MIMI records at a wildcard below the target of a MIMIX record.
//!
//! # Why it is bad
//! Every mistyped address of the domain then leads to this account: a stranger reads what was meant for somebody else.
//!
//! # Example
//! ```zone
//! example.com. MIMIX mimi.example.com.
//! *.mimi.example.com. MIMI "v=MIMI1; a=alice; e=im.chat.zone"
//! ```
//!
//! # Use instead
//! ```zone
//! example.com. MIMIX mimi.example.com.
//! alice.mimi.example.com. MIMI "v=MIMI1; a=alice; e=im.chat.zone"
//! ```
//!
//! # Fix safety
//! No fix: the users are not known.

use crate::finding::Finding;
use crate::level::Level;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;
use crate::zone::ZoneView;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI412",
    name: "wildcard-below-mimix-target",
    level: Level::Error,
    is_pedantic: false,
    summary: "a wildcard below the target of a MIMIX record has MIMI records",
    basis: "D38",
    fix: Fixable::No,
    check: Check::Zone(check),
};

fn check(view: &ZoneView<'_>, sink: &mut Sink<'_>) {
    for name in view.names.keys() {
        if name.labels().next() != Some(b"*") {
            continue;
        }
        let wildcard = view.at(name, view.settings.types.mimi());
        if let (Some(record), Some(mimix)) = (wildcard, view.target_above(name)) {
            let message = format!(
                "expected a name for each user of `{}`, found a wildcard, which answers for mistyped addresses too",
                mimix.owner
            );
            let finding = Finding::new(&RULE, record.owner_place(), message)
                .with_related(mimix.rdata_place(), "addresses are looked up below this")
                .with_help("write a record for each user");
            sink.report(finding);
        }
    }
}
