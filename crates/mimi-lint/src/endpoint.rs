//! Endpoints as rules see them: the host in an `e` value, and the names nobody should publish.

use mimi_id::{Endpoint, EndpointError, EndpointForm};
use mimi_name::DomainName;

/// Names set aside for documentation (RFC 2606 §3, RFC 6761 §6.5). The draft's own records use them.
const DOCUMENTATION: [&str; 4] = ["example", "example.com", "example.net", "example.org"];

/// Whether a name is one for documentation, or below one.
pub(crate) fn is_documentation(name: &DomainName) -> bool {
    DOCUMENTATION.iter().any(|known| {
        DomainName::from_labels(known.split('.')).is_ok_and(|known| name.is_within(&known))
    })
}

/// The parts of an endpoint's text, whatever is wrong with them. Each is borrowed from it.
#[derive(Clone, Copy, Default)]
pub(crate) struct Parts<'a> {
    /// `https://`, or `sip:`.
    pub(crate) scheme: Option<&'a str>,
    /// `user@`.
    pub(crate) user: Option<&'a str>,
    /// What stands where a host does; `None` where the scheme says what it is.
    pub(crate) host: Option<&'a str>,
    /// `:443`.
    pub(crate) port: Option<&'a str>,
    /// `/path?query#fragment`.
    pub(crate) path: Option<&'a str>,
}

impl<'a> Parts<'a> {
    /// Takes the value of an `e` tag apart (RFC 3986 §3).
    pub(crate) fn of(text: &'a str) -> Self {
        let (scheme, rest) = split_scheme(text);
        if scheme.is_some_and(|scheme| !scheme.ends_with('/')) && !rest.contains('@') {
            return Self {
                scheme,
                ..Self::default()
            };
        }
        let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at(end);
        let (user, host) = match authority.rfind('@') {
            Some(at) => authority.split_at(at + 1),
            None => ("", authority),
        };
        let (host, port) = split_port(host);
        Self {
            scheme,
            user: Some(user).filter(|user| !user.is_empty()),
            host: Some(host),
            port,
            path: Some(path).filter(|path| !path.is_empty()),
        }
    }

    /// Why the host, looked at alone, is none that a client goes to.
    pub(crate) fn host_error(&self) -> Option<EndpointError> {
        Endpoint::parse(self.host?).err()
    }

    /// The host as a name, if it is one.
    pub(crate) fn host_name(&self) -> Option<DomainName> {
        Endpoint::parse(self.host?).ok()?.host().cloned()
    }
}

/// A scheme with its colon and slashes, and what follows. `host:443` has none.
fn split_scheme(text: &str) -> (Option<&str>, &str) {
    let Some(colon) = text.find(':') else {
        return (None, text);
    };
    let (scheme, after) = text.split_at(colon);
    let after = after.strip_prefix(':').unwrap_or(after);
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|octet| octet.is_ascii_alphanumeric() || b"+-.".contains(&octet));
    let has_slashes = after.starts_with("//");
    let port_end = after.find('/').unwrap_or(after.len());
    let is_port = after
        .bytes()
        .take(port_end)
        .all(|octet| octet.is_ascii_digit());
    let has_colons = text.bytes().filter(|octet| *octet == b':').count() > 1;
    let is_address = !has_slashes && has_colons && scheme.len() <= 4 && is_hexadecimal(scheme);
    if !is_scheme || (!has_slashes && (is_port || scheme.contains('.'))) || is_address {
        return (None, text);
    }
    let (scheme, rest) = text.split_at(colon + 1 + if has_slashes { 2 } else { 0 });
    (Some(scheme), rest)
}

fn is_hexadecimal(text: &str) -> bool {
    text.bytes().all(|octet| octet.is_ascii_hexdigit())
}

/// A host, and a colon with what follows; an IPv6 address keeps its colons.
fn split_port(text: &str) -> (&str, Option<&str>) {
    let bracket = text.rfind(']').map_or(0, |at| at + 1);
    let colons = text.match_indices(':').filter(|(at, _)| *at >= bracket);
    match (colons.clone().next_back(), colons.count()) {
        (Some((at, _)), 1) => {
            let (host, port) = text.split_at(at);
            (host, Some(port))
        }
        _ => (text, None),
    }
}

/// Whether a label of a host starts or ends with a letter or a digit (RFC 1123 §2.1).
fn is_host_label(label: &str) -> bool {
    !label.starts_with('-') && !label.ends_with('-')
}

/// Whether text is written as a host name (RFC 1123 §2.1), or in letters beyond ASCII.
pub(crate) fn is_host_text(host: &str) -> bool {
    let is_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.') || !c.is_ascii();
    host.chars().all(is_host) && host.split('.').all(is_host_label)
}

/// Whether no rule has anything to say about an endpoint: a host name in lower-case ASCII that anybody can look up.
pub(crate) fn is_plain(endpoint: &str) -> bool {
    let is_plain = |octet: u8| matches!(octet, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.');
    endpoint.bytes().all(is_plain)
        && !endpoint.ends_with('.')
        && is_host_text(endpoint)
        && Endpoint::parse(endpoint).is_ok_and(|endpoint| match endpoint.form() {
            EndpointForm::Host { host } => !is_documentation(host),
            _ => false,
        })
}
