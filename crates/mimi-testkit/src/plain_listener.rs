//! Somebody who listens where a plain DNS server would, and keeps every octet that comes.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, UdpSocket};
use tokio::task::JoinSet;

/// What the listener does with TCP connections. It never answers datagrams.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// Reads, and says nothing.
    Silent,
    /// Greets in a protocol of its own, and then reads.
    Greets,
    /// Closes at once.
    Closes,
    /// Closes when the first octets have come.
    HangsUp,
}

/// A listener on UDP, TCP or both. Stops when dropped.
pub struct PlainListener {
    address: SocketAddr,
    heard: Arc<Mutex<Heard>>,
    tasks: JoinSet<()>,
}

/// What came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heard {
    /// How many datagrams.
    pub datagrams: usize,
    /// How many TCP connections.
    pub connections: usize,
    /// All octets, in the order in which they came.
    pub octets: Vec<u8>,
}

impl Heard {
    /// Whether a name stands among the octets as it is written in DNS messages, in whatever case.
    pub fn has_name(&self, wire: &[u8]) -> bool {
        let labels = wire.strip_suffix(&[0]).unwrap_or(wire);
        let mut windows = self.octets.windows(labels.len().max(1));
        windows.any(|window| window.eq_ignore_ascii_case(labels))
    }
}

impl PlainListener {
    /// Listens on this UDP port.
    ///
    /// # Errors
    /// [`io::Error`] when it is taken.
    pub async fn udp(address: SocketAddr) -> io::Result<Self> {
        let socket = UdpSocket::bind(address).await?;
        let mut listener = Self::new(socket.local_addr()?);
        listener.listen_udp(socket);
        Ok(listener)
    }

    /// Listens on this TCP port; port 0 picks a free one.
    ///
    /// # Errors
    /// [`io::Error`] when it is taken.
    pub async fn tcp(address: SocketAddr, manner: Manner) -> io::Result<Self> {
        let socket = TcpListener::bind(address).await?;
        let mut listener = Self::new(socket.local_addr()?);
        listener.listen_tcp(socket, manner);
        Ok(listener)
    }

    /// Listens on this port over UDP and TCP.
    ///
    /// # Errors
    /// [`io::Error`] when one of them is taken.
    pub async fn both(address: SocketAddr) -> io::Result<Self> {
        let udp = UdpSocket::bind(address).await?;
        let tcp = TcpListener::bind(udp.local_addr()?).await?;
        let mut listener = Self::new(udp.local_addr()?);
        listener.listen_udp(udp);
        listener.listen_tcp(tcp, Manner::Silent);
        Ok(listener)
    }

    fn new(address: SocketAddr) -> Self {
        Self {
            address,
            heard: Arc::default(),
            tasks: JoinSet::new(),
        }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What has come up to now.
    pub fn heard(&self) -> Heard {
        lock(&self.heard).clone()
    }

    fn listen_udp(&mut self, socket: UdpSocket) {
        let heard = Arc::clone(&self.heard);
        self.tasks.spawn(async move {
            let mut buffer = vec![0; 65_535];
            loop {
                if let Ok((length, _)) = socket.recv_from(&mut buffer).await {
                    let mut heard = lock(&heard);
                    heard.datagrams += 1;
                    heard.octets.extend(buffer.iter().take(length));
                }
            }
        });
    }

    fn listen_tcp(&mut self, socket: TcpListener, manner: Manner) {
        let heard = Arc::clone(&self.heard);
        self.tasks.spawn(async move {
            let mut connections = JoinSet::new();
            loop {
                let Ok((mut stream, _)) = socket.accept().await else {
                    continue;
                };
                lock(&heard).connections += 1;
                let heard = Arc::clone(&heard);
                connections.spawn(async move {
                    if manner == Manner::Closes {
                        return;
                    }
                    if manner == Manner::Greets {
                        let _gone = stream.write_all(b"220 ready\r\n").await;
                    }
                    let mut buffer = vec![0; 4096];
                    while let Ok(length @ 1..) = stream.read(&mut buffer).await {
                        lock(&heard).octets.extend(buffer.iter().take(length));
                        if manner == Manner::HangsUp {
                            return;
                        }
                    }
                });
                while connections.try_join_next().is_some() {}
            }
        });
    }
}

fn lock(heard: &Mutex<Heard>) -> MutexGuard<'_, Heard> {
    heard.lock().unwrap_or_else(PoisonError::into_inner)
}
