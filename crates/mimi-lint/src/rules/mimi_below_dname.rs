//! # What it does
//! Finds MIMI records below a name with a DNAME.
//!
//! # Why it is bad
//! Everything below a DNAME is looked up elsewhere: servers refuse such a zone, or never show the records. One finding tells of
//! each DNAME.
//!
//! # Example
//! ```zone
//! mimi.example.com. DNAME mimi.example.net.
//! alice.mimi.example.com. MIMI "v=MIMI1; a=alice; e=im.chat.zone"
//! ```
//!
//! # Use instead
//! Put the records below the target of the DNAME.
//!
//! # Fix safety
//! No fix: the records belong elsewhere.

use crate::finding::Finding;
use crate::level::Level;
use crate::record::types;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;
use crate::zone::ZoneView;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI410",
    name: "mimi-below-dname",
    level: Level::Error,
    is_pedantic: false,
    summary: "MIMI records stand below a DNAME",
    basis: "RFC 6672 §2.4",
    fix: Fixable::No,
    check: Check::Zone(check),
};

fn check(view: &ZoneView<'_>, sink: &mut Sink<'_>) {
    for (cut, records) in view.hidden_by(types::DNAME) {
        let [first, others @ ..] = records.as_slice() else {
            continue;
        };
        let message = format!(
            "expected `{}` to be answered by this zone, found it below the DNAME of `{}`",
            first.owner, cut.owner
        );
        let mut finding = Finding::new(&RULE, first.owner_place(), message)
            .with_related(cut.whole(), "the DNAME is here")
            .with_help("put the records below the target of the DNAME, or remove the DNAME");
        for other in others {
            finding = finding.with_related(other.owner_place(), "this one too");
        }
        sink.report(finding);
    }
}
