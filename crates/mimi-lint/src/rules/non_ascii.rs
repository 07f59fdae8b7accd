//! # What it does
//! Finds values with characters outside ASCII.
//!
//! # Why it is bad
//! They are kept (D25), but what looks the same can be different octets, and then callers ask for an account or host that does not exist.
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=b\195\188cher.example"
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=xn--bcher-kva.example"
//! ```
//!
//! # Fix safety
//! Unsafe: the host name of an endpoint is written as A-labels, if these lead back to it. The endpoint then is another one to whoever
//! compares octets. Other values are not mended.

use mimi_mssi::{Code, Intention};

use crate::definition::DefinitionView;
use crate::fix::Safety;
use crate::level::Level;
use crate::mend;
use crate::rule::{Check, Fixable, Rule};
use crate::rules::{invisible_character, quoted_value};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI121",
    name: "non-ascii",
    level: Level::Warning,
    is_pedantic: false,
    summary: "a value has characters outside ASCII",
    basis: "D25",
    fix: Fixable::Sometimes,
    check: Check::Definition(check),
};

fn check(view: &DefinitionView<'_>, sink: &mut Sink<'_>) {
    for diagnostic in view.diagnostics(Code::NonAscii) {
        if is_elsewhere(view, diagnostic.span().start, sink) {
            continue;
        }
        let fix = mend::a_labels(view.octets, diagnostic.span().start);
        let fix = fix.and_then(|change| {
            let title = "write the host name as A-labels";
            view.fix(Safety::Unsafe, title, vec![change])
        });
        let is_endpoint = diagnostic.intention() == Some(Intention::EndpointALabels);
        let fix = fix.filter(|_| is_endpoint);
        sink.report(view.finding(&RULE, diagnostic).with_fix(fix));
    }
}

/// Whether other rules speak of every such character in a value.
fn is_elsewhere(view: &DefinitionView<'_>, at: usize, sink: &Sink<'_>) -> bool {
    let mut values = mimi_mssi::tag_spans(view.octets).filter_map(|spans| spans.value);
    let value = values.find(|value| value.contains(&at));
    let text = value.and_then(|value| core::str::from_utf8(view.octets.get(value)?).ok());
    let Some(text) = text.filter(|_| view.judgement.mssi().is_some()) else {
        return false;
    };
    let has_quotes = sink.wants(&quoted_value::RULE) && quoted_value::is_quoted(text);
    let has_invisible = sink.wants(&invisible_character::RULE);
    text.chars().all(|character| {
        character.is_ascii()
            || (has_quotes && mend::is_quote(character))
            || (has_invisible && mend::is_invisible(character))
    })
}
