//! Why text does not name a server, and what to write instead.

use std::error::Error;
use std::fmt;

/// Why text does not name a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ServerError {
    /// A scheme that no DNS transport has.
    UnknownScheme,
    /// Not an IP address with an optional port.
    NotAnAddress,
    /// The same, for an encrypted server, whose name belongs elsewhere.
    NotAnAddressBeforeName,
    /// Port 0.
    PortZero,
    /// A path, for a server that is not asked over HTTPS.
    PathWithoutHttps,
    /// A path that no URL has, or a query behind it.
    BadPath,
    /// The name of a certificate, for a server that has none.
    CertificateNameWithoutEncryption,
    /// Not a DNS name in ASCII.
    BadCertificateName,
    /// No name for the certificate of an HTTPS server with an IPv6 address.
    CertificateNameMissing,
}

impl fmt::Display for ServerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::UnknownScheme => {
                "expected udp://, tcp://, tls://, https:// or quic://, or an address alone"
            }
            Self::NotAnAddress => {
                "expected an IP address with an optional port, such as 192.0.2.1, 192.0.2.1:5353 or [2001:db8::1]:53"
            }
            Self::NotAnAddressBeforeName => {
                "expected an IP address with an optional port, then `#` and the name of the certificate, such as tls://192.0.2.1#dns.example.net"
            }
            Self::PortZero => "expected a port of 1 to 65535",
            Self::PathWithoutHttps => {
                "expected nothing after the address; only https:// has a path"
            }
            Self::BadPath => {
                "expected a path without a query, blanks and braces, such as /dns-query"
            }
            Self::CertificateNameWithoutEncryption => {
                "expected nothing after the address: only tls://, https:// and quic:// have a certificate, such as tls://192.0.2.1#dns.example.net"
            }
            Self::BadCertificateName => {
                "expected a DNS name in ASCII after `#`, such as dns.example.net; leave `#` out where the certificate is for the address"
            }
            Self::CertificateNameMissing => {
                "expected `#` and the name of the certificate, such as https://[2001:db8::1]#dns.example.net: an HTTPS server with an IPv6 address is asked by its name only"
            }
        })
    }
}

impl Error for ServerError {}
