//! # What it does
//! Finds MIMIX records whose target is `.`.
//!
//! # Why it is bad
//! It is what to write when addresses of the domain are not to be found here. An oracle may still know them.
//!
//! # Example
//! ```zone
//! example.com. MIMIX .
//! ```
//!
//! # Use instead
//! ```zone
//! example.com. MIMIX mimi.example.net.
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
    code: "MIMI403",
    name: "mimix-declines",
    level: Level::Info,
    is_pedantic: false,
    summary: "a MIMIX record says that the domain takes no part",
    basis: "D36",
    fix: Fixable::No,
    check: Check::Mimix(check),
};

fn check(view: &MimixView<'_>, sink: &mut Sink<'_>) {
    if view.target.is_root() {
        let message = "found a target of `.`: no address of this domain is looked up in the DNS";
        let finding = Finding::new(&RULE, view.record.rdata_place(), message);
        sink.report(finding.with_help("name a target, if addresses of the domain are to be found"));
    }
}
