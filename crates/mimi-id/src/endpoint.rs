//! [`Endpoint`]: a typed view of an `e` value, the MIMI Service Endpoint (§4.3; D54).
//!
//! The draft leaves the format of endpoints open, so the text itself is always kept and this view is only a convenience. It resolves
//! nothing. An `e` value is written by whoever publishes the record: by default the view refuses what would send a client to itself or into
//! its own network (user information, IP addresses in any spelling, special-use names), and what a search list would complete.
//!
//! Forms, in this order: *URI* (`scheme:…`, where what follows the colon is not a port), *host:port*, *host*, and *opaque* for the rest.

use core::error::Error;
use core::fmt;

use mimi_name::DomainName;

use crate::name::{self, NameError, Syntax};

/// Special-use names that lead to this host, this network, or nowhere in the DNS (RFC 6761 and the registry it opened). The documentation
/// names `example`, `example.com` and so on are left out: the draft's own records use them.
const SPECIAL_USE: &[&str] = &[
    "localhost",
    "invalid",
    "test",
    "local",
    "onion",
    "alt",
    "internal",
    "home.arpa",
    "ipv4only.arpa",
    "resolver.arpa",
    "service.arpa",
    "in-addr.arpa",
    "ip6.arpa",
];

/// Schemes whose URIs always have an authority.
const SLASHED_SCHEMES: &[&str] = &["http", "https", "ws", "wss", "ftp"];

/// What a view may hold that it refuses by default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct EndpointPolicy {
    /// `user@` before the host.
    pub user_information: bool,
    /// IPv4 and IPv6 addresses; the view is then opaque, or a URI without host.
    pub ip_addresses: bool,
    /// Special-use names (RFC 6761) and names of a single label.
    pub special_use_names: bool,
}

/// A view of an endpoint's text.
#[derive(Clone, PartialEq, Eq)]
pub struct Endpoint<'a> {
    text: &'a str,
    form: EndpointForm<'a>,
}

/// What an endpoint's text has the form of.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EndpointForm<'a> {
    /// A host name.
    Host {
        /// The host.
        host: DomainName,
    },
    /// A host name and a port.
    HostPort {
        /// The host.
        host: DomainName,
        /// The port.
        port: u16,
    },
    /// A URI (RFC 3986).
    Uri {
        /// The scheme as written.
        scheme: &'a str,
        /// The host, if the URI has an authority.
        host: Option<DomainName>,
        /// The port, if it has one.
        port: Option<u16>,
    },
    /// Anything else.
    Opaque,
}

impl<'a> Endpoint<'a> {
    /// Looks at the value of an `e` tag under the default policy.
    ///
    /// # Errors
    /// [`EndpointError`].
    pub fn parse(text: &'a str) -> Result<Self, EndpointError> {
        Self::parse_with(text, EndpointPolicy::default())
    }

    /// Looks at the value of an `e` tag.
    ///
    /// # Errors
    /// [`EndpointError`].
    pub fn parse_with(text: &'a str, policy: EndpointPolicy) -> Result<Self, EndpointError> {
        if text.is_empty() {
            return Err(EndpointError::Empty);
        }
        Ok(Self {
            text,
            form: form(text, policy)?,
        })
    }

    /// The text, verbatim.
    pub fn as_str(&self) -> &'a str {
        self.text
    }

    /// What it has the form of.
    pub fn form(&self) -> &EndpointForm<'a> {
        &self.form
    }

    /// The host, if the form has one.
    pub fn host(&self) -> Option<&DomainName> {
        match &self.form {
            EndpointForm::Host { host } | EndpointForm::HostPort { host, .. } => Some(host),
            EndpointForm::Uri { host, .. } => host.as_ref(),
            EndpointForm::Opaque => None,
        }
    }

    /// The port, if the form has one.
    pub fn port(&self) -> Option<u16> {
        match self.form {
            EndpointForm::HostPort { port, .. } => Some(port),
            EndpointForm::Uri { port, .. } => port,
            EndpointForm::Host { .. } | EndpointForm::Opaque => None,
        }
    }
}

impl fmt::Debug for Endpoint<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Endpoint(<{} octets>)", self.text.len())
    }
}

fn form(text: &str, policy: EndpointPolicy) -> Result<EndpointForm<'_>, EndpointError> {
    if let Some((scheme, after)) = split_scheme(text) {
        return uri(scheme, after, policy);
    }
    if text.contains('@') {
        return if policy.user_information {
            Ok(EndpointForm::Opaque)
        } else {
            Err(EndpointError::UserInformation)
        };
    }
    let (host, port) = authority_host(text)?;
    match (self::host(host, policy)?, port) {
        (None, _) => Ok(EndpointForm::Opaque),
        (Some(host), Some(port)) => Ok(EndpointForm::HostPort { host, port }),
        (Some(host), None) => Ok(EndpointForm::Host { host }),
    }
}

/// The scheme of a URI and what follows its colon. `host:443` is none, neither is a bare IPv6 address, and a scheme with a dot, such as
/// `iris.beep`, counts only before `//`: it is more likely a host.
fn split_scheme(text: &str) -> Option<(&str, &str)> {
    let (scheme, after) = text.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|octet| octet.is_ascii_alphanumeric() || b"+-.".contains(&octet));
    let is_port = after.bytes().all(|octet| octet.is_ascii_digit());
    let is_name = scheme.contains('.') && !after.starts_with("//");
    (is_scheme && !is_port && !is_name && !name::is_ipv6(text)).then_some((scheme, after))
}

fn uri<'a>(
    scheme: &'a str,
    after: &str,
    policy: EndpointPolicy,
) -> Result<EndpointForm<'a>, EndpointError> {
    // Browsers read a backslash as a slash; this view refuses to guess which of the two a client would.
    if let Some(position) = after.find('\\') {
        return Err(EndpointError::Host(NameError::UnexpectedCharacter {
            position: scheme.len() + 1 + position,
            found: '\\',
        }));
    }
    let Some(hierarchy) = after.strip_prefix("//") else {
        // Browsers find a host in `https:host` all the same.
        if SLASHED_SCHEMES
            .iter()
            .any(|known| scheme.eq_ignore_ascii_case(known))
        {
            return Err(EndpointError::Host(NameError::Empty));
        }
        // sip:user@host and the like: where the user ends is for the scheme to say.
        return if after.contains('@') && !policy.user_information {
            Err(EndpointError::UserInformation)
        } else {
            Ok(EndpointForm::Uri {
                scheme,
                host: None,
                port: None,
            })
        };
    };
    let end = hierarchy.find(['/', '?', '#']).unwrap_or(hierarchy.len());
    let authority = hierarchy.get(..end).unwrap_or_default();
    let host_port = match authority.rsplit_once('@') {
        None => authority,
        Some((_, host_port)) if policy.user_information => host_port,
        Some(_) => return Err(EndpointError::UserInformation),
    };
    // Up to here: the scheme, `://`, and the user information.
    let offset = scheme.len() + 3 + authority.len() - host_port.len();
    let (text, port) = authority_host(host_port)?;
    let host = match text.char_indices().find(|&(_, c)| !is_host_character(c)) {
        Some((position, found)) if !looks_like_host(text) => {
            Err(EndpointError::Host(NameError::UnexpectedCharacter {
                position,
                found,
            }))
        }
        _ => host(text, policy),
    };
    Ok(EndpointForm::Uri {
        scheme,
        host: host.map_err(|error| match error {
            EndpointError::Host(error) => {
                EndpointError::Host(error.relocate(|position| offset + position))
            }
            other => other,
        })?,
        port,
    })
}

/// Takes the port off `host:port`. A bare or bracketed IPv6 address keeps its colons.
fn authority_host(text: &str) -> Result<(&str, Option<u16>), EndpointError> {
    let bracket = text.rfind(']').map_or(0, |position| position + 1);
    let tail = text.get(bracket..).unwrap_or_default();
    let Some(colon) = tail.rfind(':') else {
        return Ok((text, None));
    };
    let host = text.get(..bracket + colon).unwrap_or_default();
    let digits = tail.get(colon + 1..).unwrap_or_default();
    if (bracket == 0 && host.contains(':')) || !digits.bytes().all(|octet| octet.is_ascii_digit()) {
        return Ok((text, None));
    }
    match digits.parse::<u16>() {
        Ok(port @ 1..) => Ok((host, Some(port))),
        _ => Err(EndpointError::Port),
    }
}

/// The host in a text, `None` if it is none (or an IP address, where that is allowed).
fn host(text: &str, policy: EndpointPolicy) -> Result<Option<DomainName>, EndpointError> {
    if !looks_like_host(text) {
        return Ok(None);
    }
    let syntax = Syntax {
        escapes: false,
        final_dot: true,
    };
    let host = match name::parse(text, syntax) {
        Ok(host) => host,
        Err(NameError::IpAddress | NameError::NumericTopLevel) if policy.ip_addresses => {
            return Ok(None);
        }
        Err(NameError::IpAddress | NameError::NumericTopLevel) => {
            return Err(EndpointError::IpAddress);
        }
        Err(error) => return Err(EndpointError::Host(error)),
    };
    if !policy.special_use_names {
        if is_special_use(&host) {
            return Err(EndpointError::SpecialUseName);
        }
        if host.label_count() < 2 {
            return Err(EndpointError::Host(NameError::SingleLabel));
        }
    }
    Ok(Some(host))
}

fn is_special_use(host: &DomainName) -> bool {
    SPECIAL_USE.iter().any(|special| {
        DomainName::from_labels(special.split('.')).is_ok_and(|special| host.is_within(&special))
    })
}

/// Whether a text is meant as a host: no character that neither names nor addresses have.
fn looks_like_host(text: &str) -> bool {
    text.starts_with('[') || name::is_ipv6(text) || text.chars().all(is_host_character)
}

const fn is_host_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') || !c.is_ascii()
}

/// Why an endpoint's text has no view. The text itself stays usable as an opaque value, at the caller's risk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EndpointError {
    /// No text at all.
    Empty,
    /// `user@` before the host, or an `@` where no host can be told.
    UserInformation,
    /// An IP address as host, in any spelling: dotted, a plain or hexadecimal number, IPv6.
    IpAddress,
    /// A special-use name as host.
    SpecialUseName,
    /// A port that is not 1 to 65535.
    Port,
    /// The host cannot be one.
    Host(NameError),
}

impl EndpointError {
    /// A stable code in kebab case.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::UserInformation => "user-information",
            Self::IpAddress => "ip-address",
            Self::SpecialUseName => "special-use-name",
            Self::Port => "port",
            Self::Host(NameError::SingleLabel) => "single-label",
            Self::Host(_) => "host",
        }
    }

    /// What to do about it, where there is a remedy.
    pub const fn help(&self) -> Option<&'static str> {
        match self {
            Self::UserInformation => Some("the account belongs into the a tag"),
            Self::IpAddress => Some("publish a host name"),
            Self::SpecialUseName => Some("publish a host name that the public DNS resolves"),
            Self::Host(error) => error.help(),
            Self::Empty | Self::Port => None,
        }
    }
}

impl fmt::Display for EndpointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("expected an endpoint, found nothing"),
            Self::UserInformation => {
                f.write_str("expected an endpoint without user information, found an '@'")
            }
            Self::IpAddress => f.write_str("expected a host name, found an IP address"),
            Self::SpecialUseName => {
                f.write_str("expected a public host name, found a special-use name")
            }
            Self::Port => f.write_str("expected a port from 1 to 65535, found another number"),
            Self::Host(error) => write!(f, "in the host: {error}"),
        }
    }
}

impl Error for EndpointError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Host(error) => Some(error),
            _ => None,
        }
    }
}
