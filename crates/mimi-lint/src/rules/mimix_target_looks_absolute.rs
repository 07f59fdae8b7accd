//! # What it does
//! Finds MIMIX records whose target is relative and looks absolute: it ends with the origin that is put behind it, or in a public
//! suffix.
//!
//! # Why it is bad
//! Without a final dot the origin is put behind it: callers look below a name that does not exist, and no address of the domain is
//! found. The example of the draft itself lacks the dot.
//!
//! # Example
//! ```zone
//! $ORIGIN example.com.
//! @ MIMIX mimi.example.net
//! ```
//!
//! # Use instead
//! ```zone
//! $ORIGIN example.com.
//! @ MIMIX mimi.example.net.
//! ```
//!
//! # Fix safety
//! Writing the dot is safe where the target would end with the origin twice, and unsafe otherwise: a relative name may be meant.

use mimi_name::DomainName;

use crate::finding::Finding;
use crate::fix::{Edit, Fix, Safety};
use crate::level::Level;
use crate::mimix::MimixView;
use crate::octet_map::Written;
use crate::record::Record;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI401",
    name: "mimix-target-looks-absolute",
    level: Level::Error,
    is_pedantic: false,
    summary: "the target of a MIMIX record lacks its final dot",
    basis: "§5.1.1, D4",
    fix: Fixable::Always,
    check: Check::Mimix(check),
};

/// Top-level names that no relative name of two labels is likely to end in. Others, such as `chat`, are also words.
const NO_WORDS: [&[u8]; 6] = [b"com", b"net", b"org", b"edu", b"gov", b"info"];

fn check(view: &MimixView<'_>, sink: &mut Sink<'_>) {
    let record = view.record;
    let (Some(safety), Some(word)) = (looks_absolute(record), record.map.words().first()) else {
        return;
    };
    let end = word.text_span().end;
    let message = format!(
        "expected a target with a final dot, found a relative one, which means `{}`",
        view.target
    );
    let fix = Fix {
        safety,
        title: "write the final dot".to_owned(),
        edits: vec![Edit {
            span: end..end,
            replacement: b".".to_vec(),
        }],
    };
    let finding = Finding::new(&RULE, record.rdata_place(), message)
        .with_help("put a dot behind the target, if it is meant as it stands")
        .with_fix(Some(fix));
    sink.report(finding);
}

/// Whether the target of a MIMIX record looks absolute and is relative, and how certain it is that it is meant to be absolute.
pub(crate) fn looks_absolute(record: &Record) -> Option<Safety> {
    let target = record.target()?;
    let [word] = record.map.words() else {
        return None;
    };
    let text = record.text(word.text_span());
    if record.map.written != Written::Text || text == b"@" {
        return None;
    }
    let written = DomainName::from_text(text, Some(&DomainName::root())).ok()?;
    // With its final dot it is what it says.
    if written == target {
        return None;
    }
    let mut origin = Some(target);
    for _ in written.labels() {
        origin = origin.and_then(|name| name.parent());
    }
    if origin.is_some_and(|origin| !origin.is_root() && written.is_within(&origin)) {
        return Some(Safety::Safe);
    }
    ends_publicly(&written).then_some(Safety::Unsafe)
}

/// Whether a name ends in a public suffix, and is more than that.
fn ends_publicly(name: &DomainName) -> bool {
    let text = name.to_lowercase().to_string();
    let text = text.trim_end_matches('.');
    let Some(suffix) = psl::suffix(text.as_bytes()).filter(|suffix| suffix.is_known()) else {
        return false;
    };
    let labels = suffix.as_bytes().split(|octet| *octet == b'.').count();
    match name.label_count() {
        0 | 1 => false,
        2 => NO_WORDS.contains(&suffix.as_bytes()),
        count => count > labels,
    }
}
