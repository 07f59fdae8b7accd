//! Which DNS server to ask, and how: a scheme, an address, and for encrypted ones whose certificate it must have.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;
use std::sync::Arc;

use mimi_discovery::Channel;
use rustls::pki_types::DnsName;

use crate::server_error::ServerError;

const DNS_PORT: u16 = 53;
/// DNS over TLS (RFC 7858 §3.1) and over QUIC (RFC 9250 §4.1.1).
const ENCRYPTED_DNS_PORT: u16 = 853;
const HTTPS_PORT: u16 = 443;
/// The path that servers have by custom; RFC 8484 leaves it to them.
const DEFAULT_PATH: &str = "/dns-query";

/// How questions travel to a server. Nothing ever goes over from one to another, but from UDP to TCP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Transport {
    /// UDP, and TCP for what does not fit (RFC 7766, D7).
    Udp,
    /// TCP only.
    Tcp,
    /// DNS over TLS (RFC 7858).
    Tls,
    /// DNS over HTTPS (RFC 8484), with HTTP/2.
    Https,
    /// DNS over QUIC (RFC 9250).
    Quic,
}

impl Transport {
    /// Whether questions and answers are encrypted, and the server has to prove who it is.
    pub fn is_encrypted(self) -> bool {
        matches!(self, Self::Tls | Self::Https | Self::Quic)
    }

    /// The scheme in the text of a server.
    pub fn scheme(self) -> &'static str {
        match self {
            Self::Udp => "udp",
            Self::Tcp => "tcp",
            Self::Tls => "tls",
            Self::Https => "https",
            Self::Quic => "quic",
        }
    }

    fn port(self) -> u16 {
        match self {
            Self::Udp | Self::Tcp => DNS_PORT,
            Self::Tls | Self::Quic => ENCRYPTED_DNS_PORT,
            Self::Https => HTTPS_PORT,
        }
    }
}

/// One DNS server.
///
/// Text: `udp://192.0.2.1`, `tcp://[2001:db8::1]:5353`, an address alone, which means UDP with TCP; `tls://192.0.2.1#dns.example.net`,
/// `https://192.0.2.1/dns-query#dns.example.net`, `quic://192.0.2.1#dns.example.net`. Servers are addresses, never names: a name would
/// have to be resolved by somebody else first. The name behind `#` is the one that the certificate must be valid for; without it the
/// certificate must be valid for the address.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    /// How it is asked.
    pub transport: Transport,
    /// In lower case, without a final dot.
    certificate_name: Option<Arc<str>>,
    path: Arc<str>,
}

impl Server {
    /// A server asked over UDP, and over TCP for what does not fit.
    pub fn udp(address: SocketAddr) -> Self {
        Self {
            address,
            transport: Transport::Udp,
            certificate_name: None,
            path: DEFAULT_PATH.into(),
        }
    }

    /// The name that its certificate must be valid for; `None` for its address.
    pub fn certificate_name(&self) -> Option<&str> {
        self.certificate_name.as_deref()
    }

    /// The path of its URL, where it is asked over HTTPS.
    pub fn path(&self) -> Option<&str> {
        (self.transport == Transport::Https).then_some(&*self.path)
    }

    /// What an answer from this server is worth on its way (D55).
    pub fn channel(&self) -> Channel {
        match self.transport {
            Transport::Tls => Channel::Tls,
            Transport::Https => Channel::Https,
            Transport::Quic => Channel::Quic,
            Transport::Udp | Transport::Tcp => {
                if self.address.ip().to_canonical().is_loopback() {
                    Channel::Loopback
                } else {
                    Channel::Plain
                }
            }
        }
    }
}

impl fmt::Display for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (scheme, path) = (self.transport.scheme(), self.path().unwrap_or_default());
        write!(f, "{scheme}://{}{path}", self.address)?;
        match &self.certificate_name {
            Some(name) => write!(f, "#{name}"),
            None => Ok(()),
        }
    }
}

impl FromStr for Server {
    type Err = ServerError;

    fn from_str(text: &str) -> Result<Self, ServerError> {
        let (transport, rest) = match text.split_once("://") {
            None => (Transport::Udp, text),
            Some((scheme, rest)) => (transport(scheme)?, rest),
        };
        let (place, name) = match rest.split_once('#') {
            None => (rest, None),
            Some((place, name)) => (place, Some(name)),
        };
        if name.is_some() && !transport.is_encrypted() {
            return Err(ServerError::CertificateNameWithoutEncryption);
        }
        let (address, path) = match place.split_once('/') {
            None => (place, ""),
            Some((address, path)) => (address, path),
        };
        if !path.is_empty() && transport != Transport::Https {
            return Err(ServerError::PathWithoutHttps);
        }
        let server = Self {
            address: socket_address(address, transport)?,
            transport,
            certificate_name: name.map(certificate_name).transpose()?,
            path: url_path(path)?,
        };
        // HTTP names the server in the URL of each question, and hickory cannot write an IPv6 address there.
        let has_no_authority = server.certificate_name.is_none() && server.address.is_ipv6();
        if transport == Transport::Https && has_no_authority {
            return Err(ServerError::CertificateNameMissing);
        }
        Ok(server)
    }
}

fn transport(scheme: &str) -> Result<Transport, ServerError> {
    use Transport::{Https, Quic, Tcp, Tls, Udp};
    [Udp, Tcp, Tls, Https, Quic]
        .into_iter()
        .find(|transport| transport.scheme().eq_ignore_ascii_case(scheme))
        .ok_or(ServerError::UnknownScheme)
}

fn socket_address(text: &str, transport: Transport) -> Result<SocketAddr, ServerError> {
    let bare = text
        .strip_prefix('[')
        .and_then(|inside| inside.strip_suffix(']'))
        .unwrap_or(text);
    let address = bare
        .parse::<IpAddr>()
        .map(|ip| SocketAddr::new(ip, transport.port()))
        .or_else(|_| text.parse::<SocketAddr>())
        .map_err(|_| match transport.is_encrypted() {
            true => ServerError::NotAnAddressBeforeName,
            false => ServerError::NotAnAddress,
        })?;
    if address.port() == 0 {
        return Err(ServerError::PortZero);
    }
    Ok(address)
}

fn certificate_name(text: &str) -> Result<Arc<str>, ServerError> {
    let name = text.strip_suffix('.').unwrap_or(text).to_ascii_lowercase();
    match DnsName::try_from(name.as_str()) {
        // Four numbers have the shape of a name, too.
        Ok(_) if name.parse::<IpAddr>().is_err() => Ok(name.into()),
        _ => Err(ServerError::BadCertificateName),
    }
}

/// The path of a URL, from what follows its first slash.
fn url_path(text: &str) -> Result<Arc<str>, ServerError> {
    if text.is_empty() {
        return Ok(DEFAULT_PATH.into());
    }
    // RFC 3986 §3.3; questions are posted, so that no template with `{?dns}` is needed.
    let is_allowed =
        |octet: u8| octet.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@%/".contains(&octet);
    match text.bytes().all(is_allowed) {
        true => Ok(format!("/{text}").into()),
        false => Err(ServerError::BadPath),
    }
}
