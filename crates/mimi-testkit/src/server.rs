//! A DNS server on loopback that plays one conversation over UDP and TCP, faults included, and remembers what it was sent.

mod conversation;
pub(crate) mod reply;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use mimi_name::DomainName;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UdpSocket};
use tokio::task::JoinSet;

use crate::scenario::{Datagram, Exchange, ServerKind};

pub(crate) use self::conversation::Conversation;
pub use self::conversation::Overheard;

/// Privileged, and nothing has used it for decades: nobody listens there, and no socket is ever given it by chance.
const DEAD_PORT: u16 = 1;

/// How often a free UDP port is tried whose TCP port is taken.
const PORT_ATTEMPTS: usize = 16;

/// One server of a scenario. Stops when dropped.
pub struct ScriptedDns {
    address: SocketAddr,
    conversation: Arc<Conversation>,
    _tasks: JoinSet<()>,
}

/// Over what a question came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ServerTransport {
    /// UDP.
    Udp,
    /// TCP.
    Tcp,
}

impl ScriptedDns {
    /// Starts a server of this kind on a free port of 127.0.0.1.
    ///
    /// # Errors
    /// [`io::Error`] when there is no port, or an exchange cannot be put into messages.
    pub async fn start(kind: ServerKind, conversation: &[Exchange]) -> io::Result<Self> {
        let conversation = Arc::new(Conversation::new(kind, conversation)?);
        let mut tasks = JoinSet::new();
        let address = if kind == ServerKind::Dead {
            SocketAddr::from((Ipv4Addr::LOCALHOST, DEAD_PORT))
        } else {
            let (udp, tcp) = bind().await?;
            let address = udp.local_addr()?;
            tasks.spawn(serve_udp(Arc::clone(&conversation), Arc::new(udp)));
            tasks.spawn(serve_tcp(Arc::clone(&conversation), tcp));
            address
        };
        Ok(Self {
            address,
            conversation,
            _tasks: tasks,
        })
    }

    /// Where it listens; for a dead one, where nobody does.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Whether it is to be asked over TCP only.
    pub fn is_tcp_only(&self) -> bool {
        self.conversation.is_tcp_only()
    }

    /// Every question that reached it, in order.
    pub fn overheard(&self) -> Vec<Overheard> {
        self.conversation.overheard()
    }

    /// How often this question reached it, over both transports.
    pub fn sendings(&self, question: &DomainName, record_type: u16) -> usize {
        let is_it = |one: &&Overheard| one.name == *question && one.record_type == record_type;
        self.overheard().iter().filter(is_it).count()
    }
}

/// UDP and TCP on one port.
pub(crate) async fn bind() -> io::Result<(UdpSocket, TcpListener)> {
    let mut attempt = 1;
    loop {
        let udp = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        match TcpListener::bind(udp.local_addr()?).await {
            Ok(tcp) => return Ok((udp, tcp)),
            Err(error) if attempt == PORT_ATTEMPTS => return Err(error),
            Err(_) => attempt += 1,
        }
    }
}

async fn serve_udp(conversation: Arc<Conversation>, socket: Arc<UdpSocket>) {
    let mut answering = JoinSet::new();
    let mut buffer = vec![0; 4096];
    loop {
        // An error here is the ICMP message about an earlier answer whose asker has gone.
        let Ok((length, from)) = socket.recv_from(&mut buffer).await else {
            continue;
        };
        let Some(due) = conversation.hear(&buffer[..length], ServerTransport::Udp, from) else {
            continue;
        };
        let socket = Arc::clone(&socket);
        answering.spawn(async move {
            tokio::time::sleep(due.delay).await;
            for (_, octets) in due.messages {
                let _gone = socket.send_to(&octets, from).await;
            }
        });
        while answering.try_join_next().is_some() {}
    }
}

async fn serve_tcp(conversation: Arc<Conversation>, listener: TcpListener) {
    let mut connections = JoinSet::new();
    loop {
        let Ok((stream, from)) = listener.accept().await else {
            continue;
        };
        let conversation = Arc::clone(&conversation);
        connections.spawn(async move {
            // A connection that breaks is the client's to notice.
            let _broken = serve_connection(&conversation, stream, from).await;
        });
        while connections.try_join_next().is_some() {}
    }
}

async fn serve_connection(
    conversation: &Conversation,
    mut stream: TcpStream,
    from: SocketAddr,
) -> io::Result<()> {
    loop {
        let length = stream.read_u16().await?;
        let mut question = vec![0; usize::from(length)];
        stream.read_exact(&mut question).await?;
        let Some(due) = conversation.hear(&question, ServerTransport::Tcp, from) else {
            continue;
        };
        tokio::time::sleep(due.delay).await;
        for (kind, octets) in due.messages {
            if kind == Datagram::Close {
                return Ok(());
            }
            let length = u16::try_from(octets.len()).map_err(io::Error::other)?;
            stream
                .write_all(&[&length.to_be_bytes(), octets.as_slice()].concat())
                .await?;
        }
    }
}
