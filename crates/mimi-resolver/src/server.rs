//! Which DNS server to ask, and how: `udp://`, `tcp://`, or a bare address.

use std::error::Error;
use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;

use mimi_discovery::Channel;

const DNS_PORT: u16 = 53;

/// How questions travel to a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Transport {
    /// UDP, and TCP for what does not fit (RFC 7766, D7).
    Udp,
    /// TCP only.
    Tcp,
}

/// One DNS server.
///
/// Text: `udp://192.0.2.1`, `tcp://[2001:db8::1]:5353`, or an address alone, which means UDP with TCP. Servers are addresses, never
/// names: a name would have to be resolved by somebody else first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    /// How it is asked.
    pub transport: Transport,
}

impl Server {
    /// A server asked over UDP, and over TCP for what does not fit.
    pub fn udp(address: SocketAddr) -> Self {
        Self {
            address,
            transport: Transport::Udp,
        }
    }

    /// What an answer from this server is worth on its way (D55).
    pub fn channel(&self) -> Channel {
        if self.address.ip().to_canonical().is_loopback() {
            Channel::Loopback
        } else {
            Channel::Plain
        }
    }
}

impl fmt::Display for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = match self.transport {
            Transport::Udp => "udp",
            Transport::Tcp => "tcp",
        };
        write!(f, "{scheme}://{}", self.address)
    }
}

impl FromStr for Server {
    type Err = ServerError;

    fn from_str(text: &str) -> Result<Self, ServerError> {
        let (transport, address) = match text.split_once("://") {
            None => (Transport::Udp, text),
            Some((scheme, rest)) => {
                let transport = match scheme.to_ascii_lowercase().as_str() {
                    "udp" => Transport::Udp,
                    "tcp" => Transport::Tcp,
                    "tls" | "https" | "quic" => return Err(ServerError::EncryptedNotBuilt),
                    _ => return Err(ServerError::UnknownScheme),
                };
                (transport, rest.strip_suffix('/').unwrap_or(rest))
            }
        };
        let bare = address
            .strip_prefix('[')
            .and_then(|inside| inside.strip_suffix(']'))
            .unwrap_or(address);
        let address = bare
            .parse::<IpAddr>()
            .map(|ip| SocketAddr::new(ip, DNS_PORT))
            .or_else(|_| address.parse::<SocketAddr>())
            .map_err(|_| ServerError::NotAnAddress)?;
        if address.port() == 0 {
            return Err(ServerError::PortZero);
        }
        Ok(Self { address, transport })
    }
}

/// Why text does not name a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ServerError {
    /// A scheme that no DNS transport has.
    UnknownScheme,
    /// An encrypted transport, which this version cannot speak yet.
    EncryptedNotBuilt,
    /// Not an IP address with an optional port.
    NotAnAddress,
    /// Port 0.
    PortZero,
}

impl fmt::Display for ServerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::UnknownScheme => "expected udp:// or tcp:// or an address alone",
            Self::EncryptedNotBuilt => {
                "DNS over TLS, HTTPS and QUIC are not supported yet; udp:// and tcp:// are"
            }
            Self::NotAnAddress => {
                "expected an IP address with an optional port, such as 192.0.2.1, 192.0.2.1:5353 or [2001:db8::1]:53"
            }
            Self::PortZero => "expected a port of 1 to 65535",
        })
    }
}

impl Error for ServerError {}
