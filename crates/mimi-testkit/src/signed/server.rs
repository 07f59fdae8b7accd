//! A world on a loopback port, over UDP and TCP, that counts what it is asked.

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UdpSocket};
use tokio::task::JoinSet;

use super::message::Asked;
use super::{Question, SignedWorld};
use crate::server::bind;

/// A server of one world. Stops when dropped.
pub struct WorldServer {
    address: SocketAddr,
    shared: Arc<Shared>,
    _tasks: JoinSet<()>,
}

/// How often each question came, over both transports.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All of them.
    pub total: usize,
    /// Each by itself.
    pub by_question: HashMap<Question, usize>,
}

struct Shared {
    world: SignedWorld,
    counts: Mutex<Counts>,
}

impl WorldServer {
    /// Starts on a free port of 127.0.0.1.
    ///
    /// # Errors
    /// [`io::Error`] when there is no port.
    pub async fn start(world: SignedWorld) -> io::Result<Self> {
        let (udp, tcp) = bind().await?;
        let address = udp.local_addr()?;
        let shared = Arc::new(Shared {
            world,
            counts: Mutex::default(),
        });
        let mut tasks = JoinSet::new();
        tasks.spawn(Arc::clone(&shared).serve_udp(udp));
        tasks.spawn(Arc::clone(&shared).serve_tcp(tcp));
        Ok(Self {
            address,
            shared,
            _tasks: tasks,
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The world that it serves.
    pub fn world(&self) -> &SignedWorld {
        &self.shared.world
    }

    /// What it was asked so far.
    pub fn counts(&self) -> Counts {
        self.shared.lock().clone()
    }

    /// Begins to count anew.
    pub fn forget(&self) {
        *self.shared.lock() = Counts::default();
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn serve_udp(self: Arc<Self>, socket: UdpSocket) {
        let mut buffer = vec![0; 4096];
        loop {
            // An error here is the ICMP message about an earlier answer whose asker has gone.
            let Ok((length, from)) = socket.recv_from(&mut buffer).await else {
                continue;
            };
            let octets = buffer.get(..length).unwrap_or_default();
            if let Some(octets) = self.hear(octets, true) {
                let _gone = socket.send_to(&octets, from).await;
            }
        }
    }

    async fn serve_tcp(self: Arc<Self>, listener: TcpListener) {
        let mut connections = JoinSet::new();
        loop {
            let Ok((stream, _)) = listener.accept().await else {
                continue;
            };
            let shared = Arc::clone(&self);
            connections.spawn(async move {
                // A connection that breaks is the client's to notice.
                let _broken = shared.serve_connection(stream).await;
            });
            while connections.try_join_next().is_some() {}
        }
    }

    async fn serve_connection(&self, mut stream: TcpStream) -> io::Result<()> {
        loop {
            let length = stream.read_u16().await?;
            let mut question = vec![0; usize::from(length)];
            stream.read_exact(&mut question).await?;
            let Some(octets) = self.hear(&question, false) else {
                continue;
            };
            let length = u16::try_from(octets.len()).map_err(io::Error::other)?;
            let framed = [&length.to_be_bytes(), octets.as_slice()].concat();
            stream.write_all(&framed).await?;
        }
    }

    /// Counts a question and answers it; `None` when nothing is sent.
    fn hear(&self, octets: &[u8], is_udp: bool) -> Option<Vec<u8>> {
        let asked = Asked::read(octets)?;
        {
            let mut counts = self.lock();
            counts.total += 1;
            *counts.by_question.entry(asked.what.clone()).or_default() += 1;
        }
        self.world.respond_to(&asked, is_udp)
    }
}

impl SignedWorld {
    /// The octets that answer these octets, whatever carries them; `None` when nothing is sent.
    pub fn respond(&self, octets: &[u8], is_udp: bool) -> Option<Vec<u8>> {
        self.respond_to(&Asked::read(octets)?, is_udp)
    }

    fn respond_to(&self, asked: &Asked, is_udp: bool) -> Option<Vec<u8>> {
        let reply = self.answer(&asked.what.name, asked.what.record_type);
        (!reply.is_silent).then(|| asked.respond(&reply, is_udp))
    }
}
