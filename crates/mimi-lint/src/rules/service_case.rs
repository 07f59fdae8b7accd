//! # What it does
//! Finds values of `s` that differ from one in the table of services only in the case of letters.
//!
//! # Why it is bad
//! Clients compare them exactly (D29): they do not know `Telegram`.
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net; s=Telegram"
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net; s=telegram"
//! ```
//!
//! # Fix safety
//! Writing the registered name is safe: nobody registers two that differ only in case.

use mimi_output::Shown;

use crate::finding::Finding;
use crate::fix::Safety;
use crate::level::Level;
use crate::mimi::MimiView;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI221",
    name: "service-case",
    level: Level::Warning,
    is_pedantic: false,
    summary: "a service is in the registry in another case",
    basis: "§4.3, D29",
    fix: Fixable::Always,
    check: Check::Mimi(check),
};

fn check(view: &MimiView<'_>, sink: &mut Sink<'_>) {
    let Some(service) = view.mssi.service() else {
        return;
    };
    let Some(known) = sink.settings().services.suggest(service) else {
        return;
    };
    if !known.identifier.eq_ignore_ascii_case(service) {
        return;
    }
    let known = &known.identifier;
    let change = vec![(view.definition.span_of(service), known.clone().into_bytes())];
    let title = format!("write `{}`", Shown(known));
    let fix = view.definition.fix(Safety::Safe, title, change);
    let message = format!(
        "expected `{}`, found the same in another case",
        Shown(known)
    );
    let finding = Finding::new(&RULE, view.value_place(service), message);
    sink.report(
        finding
            .with_help("services are compared exactly")
            .with_fix(fix),
    );
}
