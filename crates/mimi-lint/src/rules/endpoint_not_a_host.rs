//! # What it does
//! Finds endpoints that no host can have as a name: other characters than letters, digits, hyphens and dots, empty or overlong labels, a
//! hyphen at the start or end of a label.
//!
//! # Why it is bad
//! No client can look it up.
//!
//! # Example
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im_chat.example.net"
//! ```
//!
//! # Use instead
//! ```zone
//! alice 3600 IN MIMI "v=MIMI1; a=alice; e=im-chat.example.net"
//! ```
//!
//! # Fix safety
//! No fix: which host is meant is for whoever runs the service to say.

use mimi_id::{EndpointError, NameError};
use mimi_output::Octets;

use crate::endpoint::{self, Parts};
use crate::finding::Finding;
use crate::level::Level;
use crate::mimi::MimiView;
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI209",
    name: "endpoint-not-a-host",
    level: Level::Error,
    is_pedantic: false,
    summary: "an endpoint cannot be a host",
    basis: "D54, RFC 1123 §2.1",
    fix: Fixable::No,
    check: Check::Mimi(check),
};

fn check(view: &MimiView<'_>, sink: &mut Sink<'_>) {
    let parts = Parts::of(view.mssi.mse());
    let Some(host) = parts.host else { return };
    let is_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.') || !c.is_ascii();
    let (place, message) = match parts.host_error() {
        _ if host.is_empty() => {
            let message = "expected a host name, found none";
            (view.value_place(view.mssi.mse()), message.to_owned())
        }
        Some(EndpointError::Host(NameError::SingleLabel)) => return,
        Some(EndpointError::Host(error)) => (view.value_place(host), error.to_string()),
        Some(_) => return,
        None => match host.char_indices().find(|(_, c)| !is_host(*c)) {
            Some((at, found)) => {
                let found_text = host.get(at..at + found.len_utf8()).unwrap_or(host);
                let message = format!(
                    "expected a letter, a digit, '-' or a dot, found {}",
                    match found {
                        ' ' => "a space".to_owned(),
                        _ => format!("'{}'", Octets(found_text.as_bytes())),
                    }
                );
                (view.value_place(found_text), message)
            }
            None if !endpoint::is_host_text(host) => {
                let message = "expected a letter or a digit at each end of a label, found '-'";
                (view.value_place(host), message.to_owned())
            }
            None => return,
        },
    };
    let finding = Finding::new(&RULE, place, message);
    sink.report(finding.with_help("publish a host name, such as im.example.net"));
}
