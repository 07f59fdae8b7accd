//! # What it does
//! Finds endpoints of a single label, such as `im`.
//!
//! # Why it is bad
//! A resolver asks for it at the root, or below whatever its search list says: each caller would reach somebody else. Clients refuse it
//! (D54).
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im"
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Fix safety
//! No fix: which host is meant is for whoever runs the service to say.

use mimi_id::{EndpointError, NameError};

use crate::endpoint::Parts;
use crate::finding::Finding;
use crate::level::Level;
use crate::mimi::MimiView;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI208",
    name: "endpoint-single-label",
    level: Level::Error,
    is_pedantic: false,
    summary: "an endpoint is a single label",
    basis: "D54",
    fix: Fixable::No,
    check: Check::Mimi(check),
};

fn check(view: &MimiView<'_>, sink: &mut Sink<'_>) {
    let parts = Parts::of(view.mssi.mse());
    let error = parts.host_error();
    if let (Some(host), Some(EndpointError::Host(error @ NameError::SingleLabel))) =
        (parts.host, error)
    {
        let finding = Finding::new(&RULE, view.value_place(host), error.to_string());
        sink.report(
            finding.with_help("write the whole name; an endpoint is never relative to the zone"),
        );
    }
}
