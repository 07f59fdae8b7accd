//! # What it does
//! Finds owners of MIMI records with a label that mixes letters of several scripts, beyond what UTS 39 calls moderately restrictive: Latin
//! goes with one other script, but not with Greek or Cyrillic.
//!
//! # Why it is bad
//! Nobody sees whether an `а` is Latin or Cyrillic: people type the other one, and reach nobody, or somebody who registered that.
//!
//! # Example
//! ```zone
//! xn--lice-43d 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Fix safety
//! No fix: which letters are meant is not certain.

use mimi_output::Shown;
use unicode_security::mixed_script::AugmentedScriptSet;
use unicode_security::restriction_level::{RestrictionLevel, RestrictionLevelDetection};

use crate::finding::Finding;
use crate::identifier;
use crate::level::Level;
use crate::record::RecordView;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI511",
    name: "mui-mixed-script",
    level: Level::Warning,
    is_pedantic: false,
    summary: "an identifier mixes scripts",
    basis: "§3, UTS 39 §5.2",
    fix: Fixable::No,
    check: Check::Record(check),
};

fn check(view: &RecordView<'_>, sink: &mut Sink<'_>) {
    let Some(owner) = identifier::mui(view, sink.settings()) else {
        return;
    };
    for label in identifier::unicode_labels(owner) {
        if is_mixed(&label) {
            let message = format!(
                "expected letters of one script, found several in `{}`",
                Shown(&label)
            );
            let finding = Finding::new(&RULE, view.record.owner_place(), message);
            let finding = finding.with_help("write all letters in one script");
            sink.report(match letters_apart(&label) {
                Some(label) => finding.with_label(label),
                None => finding,
            });
        }
    }
}

/// Whether a label in Unicode mixes scripts.
pub(crate) fn is_mixed(label: &str) -> bool {
    // Hyphens are in no identifier of UTS 39, though in names.
    let letters: String = label.chars().filter(|c| c.is_alphanumeric()).collect();
    match letters.as_str().detect_restriction_level() {
        RestrictionLevel::MinimallyRestrictive => true,
        // Also what has a rare letter.
        RestrictionLevel::Unrestricted => AugmentedScriptSet::for_str(&letters).is_empty(),
        _ => false,
    }
}

/// The first two letters that have no script in common, by their code points: they may look the same.
fn letters_apart(label: &str) -> Option<String> {
    let of_a_script = |c: &char| !AugmentedScriptSet::for_char(*c).is_all();
    let mut letters = label.chars().filter(of_a_script);
    let one = letters.next()?;
    let script = AugmentedScriptSet::for_char(one);
    let is_apart = |c: &char| {
        let mut common = AugmentedScriptSet::for_char(*c);
        common.intersect_with(script);
        common.is_empty()
    };
    let other = letters.find(is_apart)?;
    let named = |c: char| {
        format!(
            "U+{:04X} is {}",
            u32::from(c),
            AugmentedScriptSet::for_char(c)
        )
    };
    Some(format!("{}, {}", named(one), named(other)))
}
