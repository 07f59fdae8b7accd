//! The running server: UDP and TCP on the same port.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use async_trait::async_trait;
use hickory_server::net::runtime::Time;
use hickory_server::server::{Request, RequestHandler, ResponseHandler, ResponseInfo};
use tokio::net::{TcpListener, UdpSocket};
use tokio::task::JoinSet;

use crate::reply::Handler;
use crate::tcp;
use crate::zone_set::ZoneSet;

/// How many ports to try before giving up on one that is free for both UDP and TCP.
const PORT_ATTEMPTS: usize = 16;

/// Starts servers.
#[derive(Debug)]
pub struct Server;

impl Server {
    /// Listens on the addresses, over UDP and TCP, and answers from the zones. Port 0 picks a port that is free for both.
    ///
    /// Needs a tokio runtime with IO and time, of either flavour; serving goes on in tasks of their own.
    ///
    /// # Errors
    /// Those of binding a socket; [`io::ErrorKind::InvalidInput`] without an address.
    pub async fn bind(
        addresses: impl IntoIterator<Item = SocketAddr>,
        zones: ZoneSet,
    ) -> io::Result<RunningServer> {
        let handler = Arc::new(Handler::new(zones));
        let mut udp = hickory_server::Server::new(Shared(Arc::clone(&handler)));
        let mut tcp = JoinSet::new();
        let mut local_addresses = Vec::new();
        for address in addresses {
            let (socket, listener) = bind_both(address).await?;
            local_addresses.push(socket.local_addr()?);
            udp.register_socket(socket);
            tcp.spawn(tcp::serve(listener, Arc::clone(&handler)));
        }
        let Some(&local_address) = local_addresses.first() else {
            return Err(io::ErrorKind::InvalidInput.into());
        };
        Ok(RunningServer {
            udp,
            tcp,
            local_address,
            local_addresses,
        })
    }
}

async fn bind_both(address: SocketAddr) -> io::Result<(UdpSocket, TcpListener)> {
    let mut attempts = 0;
    loop {
        attempts += 1;
        let socket = UdpSocket::bind(address).await?;
        match TcpListener::bind(socket.local_addr()?).await {
            Ok(listener) => return Ok((socket, listener)),
            // The system chose the port for UDP alone; over TCP it may be taken.
            Err(error)
                if error.kind() == io::ErrorKind::AddrInUse
                    && address.port() == 0
                    && attempts < PORT_ATTEMPTS => {}
            Err(error) => return Err(error),
        }
    }
}

/// A server that answers until it is shut down or dropped.
pub struct RunningServer {
    udp: hickory_server::Server<Shared>,
    tcp: JoinSet<()>,
    local_address: SocketAddr,
    local_addresses: Vec<SocketAddr>,
}

impl RunningServer {
    /// The first address, with the port in use.
    pub fn local_addr(&self) -> SocketAddr {
        self.local_address
    }

    /// All addresses, with the ports in use, in the order in which they were given.
    pub fn local_addrs(&self) -> &[SocketAddr] {
        &self.local_addresses
    }

    /// Stops listening and closes all connections. The sockets are free when this returns.
    ///
    /// # Errors
    /// The error that had ended UDP service before, if one had.
    pub async fn shutdown(mut self) -> io::Result<()> {
        self.tcp.shutdown().await;
        self.udp
            .shutdown_gracefully()
            .await
            .map_err(io::Error::other)
    }
}

impl std::fmt::Debug for RunningServer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RunningServer")
            .field("local_addresses", &self.local_addresses)
            .finish_non_exhaustive()
    }
}

/// One handler for UDP and TCP: hickory-server wants to own its handler.
struct Shared(Arc<Handler>);

#[async_trait]
impl RequestHandler for Shared {
    async fn handle_request<R: ResponseHandler, T: Time>(
        &self,
        request: &Request,
        response_handle: R,
    ) -> ResponseInfo {
        self.0
            .handle_request::<R, T>(request, response_handle)
            .await
    }
}
