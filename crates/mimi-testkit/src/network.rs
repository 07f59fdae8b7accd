//! A simulated network under hickory's runtime: virtual time, and one seed from which every fault follows.
//!
//! Run it on tokio's paused clock (`start_paused`), on one thread. Messages take time only there, so that hours pass in seconds; and since each
//! fault is drawn from the seed and from what the message is, the same seed is the same run.

mod carrier;
mod clock;
mod dice;
mod faults;
mod forge;
mod inbox;
pub mod population;
pub mod reliability;
mod server;
mod tcp;
mod udp;
mod world;

use std::collections::HashMap;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use hickory_net::runtime::iocompat::AsyncIoTokioAsStd;
use hickory_net::runtime::{RuntimeProvider, TokioHandle, TokioTime};
use mimi_name::DomainName;

use self::carrier::Carrier;

pub use self::clock::VirtualClock;
pub use self::dice::Dice;
pub use self::faults::Faults;
pub use self::forge::FALSE_ACCOUNT;
pub use self::server::{Condition, VirtualServer};
pub use self::tcp::VirtualTcpStream;
pub use self::udp::VirtualUdpSocket;
pub use self::world::World;

/// A simulated network, to be given to a DNS client as its runtime. Copies are the same network.
#[derive(Clone)]
pub struct VirtualNetwork {
    carrier: Arc<Carrier>,
    handle: TokioHandle,
}

impl VirtualNetwork {
    /// A network of these servers that starts now, with these faults, all drawn from `seed`.
    pub fn start(
        seed: u64,
        faults: Faults,
        servers: impl IntoIterator<Item = (SocketAddr, VirtualServer)>,
    ) -> Self {
        Self {
            carrier: Arc::new(Carrier {
                seed,
                faults,
                clock: VirtualClock::start(),
                servers: servers.into_iter().collect(),
                sendings: Mutex::default(),
            }),
            handle: TokioHandle::default(),
        }
    }

    /// Its clock.
    pub fn clock(&self) -> &Arc<VirtualClock> {
        &self.carrier.clock
    }

    /// How often each question was sent, over all servers and transports; names in lower case.
    pub fn sendings(&self) -> HashMap<(DomainName, u16), u32> {
        let sendings = &self.carrier.sendings;
        sendings
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

impl RuntimeProvider for VirtualNetwork {
    type Handle = TokioHandle;
    type Timer = TokioTime;
    type Udp = VirtualUdpSocket;
    type Tcp = AsyncIoTokioAsStd<VirtualTcpStream>;

    fn create_handle(&self) -> TokioHandle {
        self.handle.clone()
    }

    fn connect_tcp(
        &self,
        server: SocketAddr,
        bind: Option<SocketAddr>,
        _timeout: Option<Duration>,
    ) -> Pin<Box<dyn Send + Future<Output = io::Result<Self::Tcp>>>> {
        let local = bind.unwrap_or(SocketAddr::from(([0, 0, 0, 0], 0)));
        let stream = VirtualTcpStream::new(Arc::clone(&self.carrier), local, server);
        Box::pin(async move { Ok(AsyncIoTokioAsStd(stream)) })
    }

    fn bind_udp(
        &self,
        local: SocketAddr,
        _server: SocketAddr,
    ) -> Pin<Box<dyn Send + Future<Output = io::Result<VirtualUdpSocket>>>> {
        let socket = VirtualUdpSocket::new(Arc::clone(&self.carrier), local);
        Box::pin(async move { Ok(socket) })
    }
}
