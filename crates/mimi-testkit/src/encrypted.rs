//! A DNS server on loopback over TLS, HTTPS or QUIC, with a certificate made for it, that remembers the size of what it was sent.

mod certificate;
mod handler;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hickory_server::Server;
use rustls::ServerConfig;
use tokio::net::{TcpListener, UdpSocket};

pub(crate) use self::certificate::Issued;
pub use self::certificate::PemCertificate;
use self::handler::Handler;
use crate::scenario::Exchange;
use crate::server::Overheard;

/// How long a handshake may take, and a connection be idle.
const PATIENCE: Duration = Duration::from_secs(30);

/// The name in the certificate, unless it is to be another.
pub const CERTIFICATE_NAME: &str = "dns.example.net";

/// How an encrypted server is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EncryptedTransport {
    /// DNS over TLS (RFC 7858).
    Tls,
    /// DNS over HTTPS (RFC 8484), with HTTP/2, at `/dns-query`.
    Https,
    /// DNS over QUIC (RFC 9250).
    Quic,
}

impl EncryptedTransport {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Tls, Self::Https, Self::Quic];

    /// The scheme in the text of a server.
    pub fn scheme(self) -> &'static str {
        match self {
            Self::Tls => "tls",
            Self::Https => "https",
            Self::Quic => "quic",
        }
    }

    /// The token of the protocol inside (RFC 7301).
    fn alpn(self) -> &'static [u8] {
        match self {
            Self::Tls => b"dot",
            Self::Https => b"h2",
            Self::Quic => b"doq",
        }
    }
}

/// What is wrong with the server, if anything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Flaw {
    /// Nothing.
    #[default]
    None,
    /// The certificate is for another name, and for no address.
    OtherName,
    /// The certificate has expired.
    Expired,
    /// Another authority than [`EncryptedDns::authority`] tells made the certificate.
    OtherAuthority,
    /// It names no protocol inside.
    NoAlpn,
}

/// One encrypted server. Stops when dropped.
pub struct EncryptedDns {
    address: SocketAddr,
    transport: EncryptedTransport,
    authority: String,
    handler: Handler,
    _server: Server<Handler>,
}

impl EncryptedDns {
    /// Starts a server on `address`; port 0 picks a free one.
    ///
    /// # Errors
    /// [`io::Error`] when the port is taken, the certificate cannot be made, or an exchange cannot be put into messages.
    pub async fn start(
        transport: EncryptedTransport,
        flaw: Flaw,
        address: SocketAddr,
        conversation: &[Exchange],
    ) -> io::Result<Self> {
        let issued = Issued::new(flaw).map_err(io::Error::other)?;
        let handler = Handler::new(conversation)?;
        let config = Arc::new(server_config(&issued, transport, flaw)?);
        let mut server = Server::new(handler.clone());
        let address = if transport == EncryptedTransport::Quic {
            let socket = UdpSocket::bind(address).await?;
            let address = socket.local_addr()?;
            server
                .register_quic_listener_and_tls_config(socket, PATIENCE, config)
                .map_err(io::Error::other)?;
            address
        } else {
            let listener = TcpListener::bind(address).await?;
            let address = listener.local_addr()?;
            if transport == EncryptedTransport::Tls {
                server.register_tls_listener_with_tls_config(listener, PATIENCE, config)?;
            } else {
                let path = "/dns-query".to_owned();
                server.register_https_listener_with_tls_config(
                    listener, PATIENCE, config, None, path,
                )?;
            }
            address
        };
        Ok(Self {
            address,
            transport,
            authority: issued.authority,
            handler,
            _server: server,
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// How it is written, with the name that a sound certificate has.
    pub fn url(&self) -> String {
        let (scheme, address) = (self.transport.scheme(), self.address);
        format!("{scheme}://{address}#{CERTIFICATE_NAME}")
    }

    /// The authority to trust, in PEM form.
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// Every question that reached it, in order.
    ///
    /// That they came in a stream is all that their transport tells.
    pub fn questions(&self) -> Vec<Overheard> {
        self.handler.overheard()
    }
}

fn server_config(
    issued: &Issued,
    transport: EncryptedTransport,
    flaw: Flaw,
) -> io::Result<ServerConfig> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?
        .with_no_client_auth()
        .with_single_cert(vec![issued.certificate.clone()], issued.key.clone_key())
        .map_err(io::Error::other)?;
    if flaw != Flaw::NoAlpn {
        config.alpn_protocols = vec![transport.alpn().to_vec()];
    }
    Ok(config)
}
