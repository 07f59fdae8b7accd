//! # What it does
//! Finds endpoints that are special-use names: `localhost`, `invalid`, `test`, `local`, `internal`, `onion` and others.
//!
//! # Why it is bad
//! Such names lead to the caller's own host or network, or nowhere. Clients refuse them (D54).
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.office.internal"
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Fix safety
//! No fix: which host is meant is for whoever runs the service to say.

use mimi_id::EndpointError;

use crate::endpoint::Parts;
use crate::finding::Finding;
use crate::level::Level;
use crate::mimi::MimiView;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI206",
    name: "endpoint-special-use",
    level: Level::Error,
    is_pedantic: false,
    summary: "an endpoint is a name that the public DNS does not have",
    basis: "D54, RFC 6761",
    fix: Fixable::No,
    check: Check::Mimi(check),
};

fn check(view: &MimiView<'_>, sink: &mut Sink<'_>) {
    let parts = Parts::of(view.mssi.mse());
    if let (Some(host), Some(error @ EndpointError::SpecialUseName)) =
        (parts.host, parts.host_error())
    {
        let finding = Finding::new(&RULE, view.value_place(host), error.to_string());
        sink.report(finding.with_help("publish a host name that the public DNS has"));
    }
}
