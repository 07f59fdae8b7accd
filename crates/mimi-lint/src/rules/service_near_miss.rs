//! # What it does
//! Finds values of `s` that one letter too many, too few or another one turns into one in the table of services.
//!
//! # Why it is bad
//! Clients compare them exactly (D29), and do not know `telegam`.
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net; s=telegam"
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net; s=telegram"
//! ```
//!
//! # Fix safety
//! Writing the registered name is unsafe: there may be a service of the other name.

use mimi_output::Shown;

use crate::finding::Finding;
use crate::fix::Safety;
use crate::level::Level;
use crate::mimi::MimiView;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI222",
    name: "service-near-miss",
    level: Level::Warning,
    is_pedantic: false,
    summary: "a service is one letter away from one in the registry",
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
    if known.identifier.eq_ignore_ascii_case(service) {
        return;
    }
    let known = &known.identifier;
    let change = vec![(view.definition.span_of(service), known.clone().into_bytes())];
    let title = format!("write `{}`", Shown(known));
    let fix = view.definition.fix(Safety::Unsafe, title, change);
    let message = format!(
        "expected a service of the registry, found one that is nearly `{}`",
        Shown(known)
    );
    let help = format!(
        "if it is another service, add it to mimi-lint.toml: services = [\"{}\"]",
        Shown(service)
    );
    let finding = Finding::new(&RULE, view.value_place(service), message);
    sink.report(finding.with_help(help).with_fix(fix));
}
