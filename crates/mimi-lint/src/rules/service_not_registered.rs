//! # What it does
//! Finds values of `s` that are not in the table of services.
//!
//! # Why it is bad
//! Clients compare them with the names they know; a name that nobody else uses says nothing. IANA keeps no registry yet, so the table is
//! provisional (D29), and yours may be right.
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net; s=carrierpigeon"
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net; s=telegram"
//! ```
//!
//! # Fix safety
//! No fix: the service may well exist.

use mimi_output::Shown;

use crate::finding::Finding;
use crate::level::Level;
use crate::mimi::MimiView;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI220",
    name: "service-not-registered",
    level: Level::Info,
    is_pedantic: false,
    summary: "a service is not in the registry",
    basis: "§6, D29",
    fix: Fixable::No,
    check: Check::Mimi(check),
};

fn check(view: &MimiView<'_>, sink: &mut Sink<'_>) {
    let Some(service) = view.mssi.service() else {
        return;
    };
    let services = &sink.settings().services;
    if services.lookup(service).is_some() || services.suggest(service).is_some() {
        return;
    }
    let help = format!(
        "if it is right, add it to mimi-lint.toml: services = [\"{}\"]",
        Shown(service)
    );
    let message = "expected a service of the registry, found another one";
    let finding = Finding::new(&RULE, view.value_place(service), message);
    sink.report(finding.with_help(help));
}
