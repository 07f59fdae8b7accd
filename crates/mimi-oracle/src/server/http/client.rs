//! [`ClientAddress`]: whose request it is, as far as quotas are concerned.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderName;
use axum::http::request::Parts;

use super::Service;

/// Where the address of a client is learnt from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum AddressSource {
    /// From the connection. No header is believed, since any client can write any.
    #[default]
    Peer,
    /// From the last address in this header, as a reverse proxy appends it (`X-Forwarded-For`) or sets it (`X-Real-IP`). Only for servers
    /// that nobody but the proxy can reach. Without the header, the address of the connection.
    Header(HeaderName),
}

/// The address of a client, where it is known.
pub(super) struct ClientAddress(pub(super) Option<IpAddr>);

impl FromRequestParts<Arc<Service>> for ClientAddress {
    type Rejection = Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        service: &Arc<Service>,
    ) -> Result<Self, Infallible> {
        let peer: Option<&ConnectInfo<SocketAddr>> = parts.extensions.get();
        let peer = peer.map(|ConnectInfo(address)| address.ip());
        let address = match &service.address_source {
            AddressSource::Peer => peer,
            AddressSource::Header(name) => forwarded(parts, name).or(peer),
        };
        Ok(Self(address))
    }
}

/// The last address in the last header of this name: that which the proxy next to here wrote.
fn forwarded(parts: &Parts, name: &HeaderName) -> Option<IpAddr> {
    let value = parts.headers.get_all(name).iter().next_back()?;
    let last = value.to_str().ok()?.rsplit(',').next()?.trim();
    let with_port = || {
        let address: SocketAddr = last.parse().ok()?;
        Some(address.ip())
    };
    last.parse().ok().or_else(with_port)
}
