//! # What it does
//! Finds endpoints that are IP addresses, in any spelling: dotted, a plain number, IPv6.
//!
//! # Why it is bad
//! Clients refuse them (D54): an address in a record written by a stranger could be one in the client's own network, no certificate of a
//! public name matches it, and it changes with the server.
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=192.0.2.7"
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
    code: "MIMI201",
    name: "endpoint-ip-address",
    level: Level::Error,
    is_pedantic: false,
    summary: "an endpoint is an IP address",
    basis: "D54",
    fix: Fixable::No,
    check: Check::Mimi(check),
};

fn check(view: &MimiView<'_>, sink: &mut Sink<'_>) {
    let parts = Parts::of(view.mssi.mse());
    if let (Some(host), Some(error @ EndpointError::IpAddress)) = (parts.host, parts.host_error()) {
        let finding = Finding::new(&RULE, view.value_place(host), error.to_string());
        sink.report(finding.with_help("publish a host name"));
    }
}
