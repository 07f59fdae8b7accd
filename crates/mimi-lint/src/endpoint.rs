//! Endpoints as rules see them: the host in an `e` value, and the names nobody should publish.

use mimi_id::{Endpoint, EndpointForm};
use mimi_name::DomainName;

/// Names set aside for documentation (RFC 2606 §3, RFC 6761 §6.5). The draft's own records use them.
const DOCUMENTATION: [&str; 4] = ["example", "example.com", "example.net", "example.org"];

/// Whether a name is one for documentation, or below one.
pub(crate) fn is_documentation(name: &DomainName) -> bool {
    DOCUMENTATION.iter().any(|known| {
        DomainName::from_labels(known.split('.')).is_ok_and(|known| name.is_within(&known))
    })
}

/// Whether no rule has anything to say about an endpoint: a host name in lower-case ASCII that anybody can look up.
pub(crate) fn is_plain(endpoint: &str) -> bool {
    let is_plain = |octet: u8| matches!(octet, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.');
    endpoint.bytes().all(is_plain)
        && !endpoint.ends_with('.')
        && Endpoint::parse(endpoint).is_ok_and(|endpoint| match endpoint.form() {
            EndpointForm::Host { host } => !is_documentation(host),
            _ => false,
        })
}
