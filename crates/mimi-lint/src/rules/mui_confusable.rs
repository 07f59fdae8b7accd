//! # What it does
//! Finds owners of MIMI records with a label outside ASCII of which every letter looks like one within ASCII, below a top-level domain in
//! ASCII.
//!
//! # Why it is bad
//! People who read it type the other name, and reach nobody, or somebody who registered that.
//!
//! # Example
//! ```zone
//! xn--80ak6aa92e 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Use instead
//! ```zone
//! apple 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Fix safety
//! No fix: which letters are meant is not certain.

use mimi_output::Shown;

use crate::finding::Finding;
use crate::identifier;
use crate::level::Level;
use crate::record::RecordView;
use crate::rule::{Check, Fixable, Rule};
use crate::rules::mui_mixed_script::is_mixed;
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI512",
    name: "mui-confusable",
    level: Level::Warning,
    is_pedantic: false,
    summary: "an identifier looks like another one",
    basis: "§3, UTS 39 §4",
    fix: Fixable::No,
    check: Check::Record(check),
};

fn check(view: &RecordView<'_>, sink: &mut Sink<'_>) {
    let Some(owner) = identifier::mui(view, sink.settings()) else {
        return;
    };
    // Below a top-level domain in another script, letters of that script are what people expect.
    if owner
        .labels()
        .last()
        .and_then(identifier::unicode_label)
        .is_some()
    {
        return;
    }
    for label in identifier::unicode_labels(owner) {
        let seen: String = unicode_security::skeleton(&label).collect();
        if seen.is_ascii() && !is_mixed(&label) {
            let message = format!(
                "expected an identifier that looks like no other, found `{}`, which looks like `{}`",
                Shown(&label),
                Shown(&seen)
            );
            let finding = Finding::new(&RULE, view.record.owner_place(), message);
            sink.report(finding.with_help("choose a name that nobody takes for another one"));
        }
    }
}
