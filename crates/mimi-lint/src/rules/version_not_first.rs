//! # What it does
//! Finds definition strings that do not begin with the tag `v`.
//!
//! # Why it is bad
//! Clients pass over the record: without `v=MIMI1` at the front it may be of any other kind (D8).
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI "a=alice; e=im.example.net; v=MIMI1"
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Fix safety
//! Safe where the version stands there in another way: behind other tags, as `V=`, `v:` or without `v=`, in quotes, or behind a byte order
//! mark. Putting it before a string without any version is unsafe.

use mimi_mssi::{Code, VERSION};

use crate::definition::DefinitionView;
use crate::fix::{Fix, Safety};
use crate::level::Level;
use crate::mend;
use crate::rule::{Check, Fixable, Rule};
use crate::rules::unquoted_definition_string;
use crate::sink::Sink;
use crate::unquoted;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI103",
    name: "version-not-first",
    level: Level::Error,
    is_pedantic: false,
    summary: "a definition string does not begin with `v=MIMI1`",
    basis: "§4.3, D8",
    fix: Fixable::Sometimes,
    check: Check::Definition(check),
};

fn check(view: &DefinitionView<'_>, sink: &mut Sink<'_>) {
    if sink.wants(&unquoted_definition_string::RULE) && unquoted::look(view).is_some() {
        return;
    }
    view.report(&RULE, Code::VersionNotFirst, sink, |diagnostic| {
        mend::by_intention(view, diagnostic).or_else(|| without_version(view))
    });
}

/// Puts the version before what is usable but for that.
fn without_version(view: &DefinitionView<'_>) -> Option<Fix> {
    let front = format!("v={VERSION}; ").into_bytes();
    let whole = [&front, view.octets].concat();
    mimi_mssi::parse_strict(&whole).ok()?;
    view.fix(Safety::Unsafe, "begin with `v=MIMI1`", vec![(0..0, front)])
}
