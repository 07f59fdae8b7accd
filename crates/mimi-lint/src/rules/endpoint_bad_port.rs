//! # What it does
//! Finds endpoints with a colon behind the host and no port from 1 to 65535 behind the colon.
//!
//! # Why it is bad
//! No client can connect to it.
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net:65536"
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im.example.net"
//! ```
//!
//! # Fix safety
//! No fix: which port is meant is not certain.

use crate::endpoint::Parts;
use crate::finding::Finding;
use crate::level::Level;
use crate::mimi::MimiView;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI212",
    name: "endpoint-bad-port",
    level: Level::Error,
    is_pedantic: false,
    summary: "an endpoint has something that cannot be a port",
    basis: "D54",
    fix: Fixable::No,
    check: Check::Mimi(check),
};

fn check(view: &MimiView<'_>, sink: &mut Sink<'_>) {
    let Some(port) = Parts::of(view.mssi.mse()).port else {
        return;
    };
    if is_port(port) {
        return;
    }
    let message = match port.len() {
        1 => "expected a port behind the colon, found none",
        _ => "expected a port from 1 to 65535, found something else",
    };
    let finding = Finding::new(&RULE, view.value_place(port), message);
    sink.report(finding.with_help("publish the host name alone"));
}

/// Whether text is a colon and a port.
pub(crate) fn is_port(text: &str) -> bool {
    let digits = text.trim_start_matches(':');
    digits.bytes().all(|octet| octet.is_ascii_digit())
        && digits.parse::<u16>().is_ok_and(|port| port > 0)
}
