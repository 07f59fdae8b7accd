//! [`OracleAddress`]: where an oracle is, and the one key by which it is trusted, in one text.

use std::error::Error;
use std::fmt;
use std::net::{IpAddr, Ipv6Addr};
use std::str::FromStr;

use rustls::pki_types::{DnsName, ServerName};

use crate::pin::{Pin, PinError};

/// The port of HTTPS.
const HTTPS_PORT: u16 = 443;

/// An oracle as its operator names it: `https://HOST#KEY`, or `https://HOST:PORT#KEY`.
///
/// The host is a name or an address (IPv6 in brackets), also of this machine: who lists an oracle knows where it runs. There is no
/// user information, path or query. The key after `#` is the oracle's [`Pin`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OracleAddress {
    host: Host,
    port: u16,
    pin: Pin,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Host {
    /// In lower case.
    Name(String),
    Ip(IpAddr),
}

impl OracleAddress {
    /// The host: a name, or an address without brackets.
    pub fn host(&self) -> String {
        match &self.host {
            Host::Name(name) => name.clone(),
            Host::Ip(ip) => ip.to_string(),
        }
    }

    /// The port; 443 unless another is named.
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// The key by which the oracle is trusted.
    pub const fn pin(&self) -> &Pin {
        &self.pin
    }

    /// Host and port as HTTP has them (RFC 9110 §7.2).
    pub(super) fn authority(&self) -> String {
        let host = match &self.host {
            Host::Ip(IpAddr::V6(ip)) => format!("[{ip}]"),
            _ => self.host(),
        };
        match self.port {
            HTTPS_PORT => host,
            port => format!("{host}:{port}"),
        }
    }

    /// What the certificate has to be valid for.
    pub(super) fn server_name(&self) -> Option<ServerName<'static>> {
        match &self.host {
            Host::Name(name) => ServerName::try_from(name.clone()).ok(),
            Host::Ip(ip) => Some(ServerName::from(*ip)),
        }
    }
}

/// As it is read.
impl fmt::Display for OracleAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "https://{}#{}", self.authority(), self.pin)
    }
}

impl FromStr for OracleAddress {
    type Err = OracleAddressError;

    fn from_str(text: &str) -> Result<Self, OracleAddressError> {
        let scheme = text.get(..8).unwrap_or_default();
        if !scheme.eq_ignore_ascii_case("https://") {
            return Err(OracleAddressError::Scheme);
        }
        let (place, pin) = text
            .get(8..)
            .and_then(|rest| rest.split_once('#'))
            .ok_or(OracleAddressError::NoPin)?;
        if place.contains('?') {
            return Err(OracleAddressError::Query);
        }
        if place.contains('/') {
            return Err(OracleAddressError::Path);
        }
        if place.contains('@') {
            return Err(OracleAddressError::UserInformation);
        }
        let (host, port) = read_place(place)?;
        if pin.is_empty() {
            return Err(OracleAddressError::NoPin);
        }
        Ok(Self {
            host,
            port,
            pin: pin.parse().map_err(OracleAddressError::Pin)?,
        })
    }
}

fn read_place(place: &str) -> Result<(Host, u16), OracleAddressError> {
    if let Some(rest) = place.strip_prefix('[') {
        let (ip, rest) = rest.split_once(']').ok_or(OracleAddressError::Host)?;
        let ip: Ipv6Addr = ip.parse().map_err(|_| OracleAddressError::Host)?;
        let port = match rest.strip_prefix(':') {
            Some(port) => read_port(port)?,
            None if rest.is_empty() => HTTPS_PORT,
            None => return Err(OracleAddressError::Host),
        };
        return Ok((Host::Ip(ip.into()), port));
    }
    let (host, port) = match place.split_once(':') {
        Some((_, port)) if port.contains(':') => return Err(OracleAddressError::Brackets),
        Some((host, port)) => (host, read_port(port)?),
        None => (place, HTTPS_PORT),
    };
    if let Ok(ip) = host.parse::<IpAddr>() {
        return Ok((Host::Ip(ip), port));
    }
    // A last label of digits is an address that is written wrongly (WHATWG URL §3.5).
    let is_number = |label: &str| label.bytes().all(|octet| octet.is_ascii_digit());
    let is_like_an_address = host.rsplit('.').next().is_some_and(is_number);
    if host.is_empty() || is_like_an_address || DnsName::try_from(host).is_err() {
        return Err(OracleAddressError::Host);
    }
    Ok((Host::Name(host.to_ascii_lowercase()), port))
}

fn read_port(port: &str) -> Result<u16, OracleAddressError> {
    let is_plain = port.bytes().all(|octet| octet.is_ascii_digit());
    let port = port.parse().ok().filter(|port| is_plain && *port > 0);
    port.ok_or(OracleAddressError::Port)
}

/// Why a text is not the address of an oracle. Each says how to write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OracleAddressError {
    /// It does not begin with `https://`.
    Scheme,
    /// There is no key.
    NoPin,
    /// What follows `#` is no key.
    Pin(PinError),
    /// Something stands before an `@`.
    UserInformation,
    /// There is a path.
    Path,
    /// There is a query.
    Query,
    /// An IPv6 address without brackets.
    Brackets,
    /// No host, or none that can be one.
    Host,
    /// No port from 1 to 65535.
    Port,
}

impl fmt::Display for OracleAddressError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Scheme => {
                "expected https://HOST#KEY: oracles are asked over HTTPS only, so write `https://` first"
            }
            Self::NoPin => {
                "expected https://HOST#KEY, found no key: ask the operator of the oracle for its key, and write it behind a `#`"
            }
            Self::Pin(error) => {
                return write!(
                    f,
                    "{error}; copy it anew from the operator of the oracle"
                );
            }
            Self::UserInformation => {
                "an oracle is asked without a user name; leave out what stands before the `@`"
            }
            Self::Path => {
                "the paths of an oracle are fixed; leave out the `/` behind the host, and what follows it up to the `#`"
            }
            Self::Query => {
                "an oracle takes no query; leave out the `?`, and what follows it up to the `#`"
            }
            Self::Brackets => {
                "an IPv6 address stands in brackets, as in https://[2001:db8::1]:8443#KEY"
            }
            Self::Host => {
                "expected a host name in ASCII or an IP address between `https://` and `#` (names with other letters in their `xn--` form)"
            }
            Self::Port => "expected a port from 1 to 65535 behind the colon; leave it out for 443",
        })
    }
}

impl Error for OracleAddressError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Pin(error) => Some(error),
            _ => None,
        }
    }
}
