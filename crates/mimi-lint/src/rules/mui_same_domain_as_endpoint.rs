//! # What it does
//! Finds MIMI records whose owner is in the same registrable domain as the endpoint.
//!
//! # Why it is bad
//! A person keeps their identifier when they move to another service, as long as it is not the provider's (§3). This one most likely is,
//! and stays behind.
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.com"
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Fix safety
//! No fix: the person chooses.

use mimi_output::Name;

use crate::endpoint::Parts;
use crate::finding::Finding;
use crate::identifier;
use crate::level::Level;
use crate::mimi::MimiView;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI515",
    name: "mui-same-domain-as-endpoint",
    level: Level::Info,
    is_pedantic: true,
    summary: "an identifier is in the domain of its endpoint",
    basis: "§3",
    fix: Fixable::No,
    check: Check::Mimi(check),
};

fn check(view: &MimiView<'_>, sink: &mut Sink<'_>) {
    let owner = &view.record.owner;
    let is_number = identifier::enum_labels(owner, sink.settings()).is_some();
    let parts = Parts::of(view.mssi.mse());
    let (Some(text), Some(host)) = (parts.host, parts.host_name()) else {
        return;
    };
    let (owner, host) = (Name(owner).to_string(), Name(&host).to_string());
    let (owner, host) = (owner.to_ascii_lowercase(), host.to_ascii_lowercase());
    if !is_number
        && psl::domain_str(&owner).is_some_and(|domain| psl::domain_str(&host) == Some(domain))
    {
        let message =
            "expected an endpoint in another domain than the identifier, found one in the same";
        let finding = Finding::new(&RULE, view.value_place(text), message)
            .with_related(view.record.owner_place(), "the identifier");
        sink.report(
            finding.with_help("a name in a domain of the person survives a change of provider"),
        );
    }
}
