//! A DNS server on loopback that plays one conversation over UDP and TCP, faults included, and remembers what it was sent.

mod reply;

use std::collections::HashMap;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use hickory_proto::op::Message;
use mimi_name::DomainName;
use mimi_rr::hickory::from_hickory_name;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UdpSocket};
use tokio::task::JoinSet;

use self::reply::Reply;
use crate::record::{name, type_code};
use crate::scenario::{Datagram, Exchange, Rcode, RcodeName, ServerKind};

/// Privileged, and nothing has used it for decades: nobody listens there, and no socket is ever given it by chance.
const DEAD_PORT: u16 = 1;

/// How often a free UDP port is tried whose TCP port is taken.
const PORT_ATTEMPTS: usize = 16;

/// One server of a scenario. Stops when dropped.
pub struct ScriptedDns {
    address: SocketAddr,
    shared: Arc<Shared>,
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

/// One message that reached the server, as it stood on the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overheard {
    /// Over what it came.
    pub transport: ServerTransport,
    /// From where.
    pub from: SocketAddr,
    /// Its ID.
    pub id: u16,
    /// The name asked for, every octet and every case as it came.
    pub name: DomainName,
    /// The code of the type asked for.
    pub record_type: u16,
    /// The code of the class asked for.
    pub class: u16,
    /// The RD bit.
    pub recursion_desired: bool,
    /// The UDP payload size of its EDNS record, if it has one.
    pub edns_payload: Option<u16>,
}

struct Shared {
    kind: ServerKind,
    replies: HashMap<(DomainName, u16), Reply>,
    /// What comes of every other question; nothing when the server is silent.
    otherwise: Option<Reply>,
    overheard: Mutex<Vec<Overheard>>,
}

impl ScriptedDns {
    /// Starts a server of this kind on a free port of 127.0.0.1.
    ///
    /// # Errors
    /// [`io::Error`] when there is no port, or an exchange cannot be put into messages.
    pub async fn start(kind: ServerKind, conversation: &[Exchange]) -> io::Result<Self> {
        let mut replies = HashMap::new();
        let plays = matches!(kind, ServerKind::Scripted | ServerKind::ScriptedTcp);
        for exchange in conversation.iter().filter(|_| plays) {
            let wrong = |error| io::Error::new(io::ErrorKind::InvalidInput, error);
            let question = name(&exchange.name).map_err(wrong)?;
            let code = type_code(&exchange.record_type).unwrap_or_default();
            replies.insert((question, code), Reply::new(exchange).map_err(wrong)?);
        }
        let shared = Arc::new(Shared {
            kind,
            replies,
            otherwise: match kind {
                ServerKind::Silent | ServerKind::Dead => None,
                ServerKind::Servfail => Some(Reply::error(&Rcode::Name(RcodeName::Servfail))),
                _ => Some(Reply::error(&Rcode::Name(RcodeName::Refused))),
            },
            overheard: Mutex::default(),
        });
        let mut tasks = JoinSet::new();
        let address = if kind == ServerKind::Dead {
            SocketAddr::from((Ipv4Addr::LOCALHOST, DEAD_PORT))
        } else {
            let (udp, tcp) = bind().await?;
            let address = udp.local_addr()?;
            tasks.spawn(Arc::clone(&shared).serve_udp(Arc::new(udp)));
            tasks.spawn(Arc::clone(&shared).serve_tcp(tcp));
            address
        };
        Ok(Self {
            address,
            shared,
            _tasks: tasks,
        })
    }

    /// Where it listens; for a dead one, where nobody does.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Whether it is to be asked over TCP only.
    pub fn is_tcp_only(&self) -> bool {
        self.shared.kind == ServerKind::ScriptedTcp
    }

    /// Every question that reached it, in order.
    pub fn overheard(&self) -> Vec<Overheard> {
        self.shared.lock().clone()
    }

    /// How often this question reached it, over both transports.
    pub fn sendings(&self, question: &DomainName, record_type: u16) -> usize {
        let is_it = |one: &&Overheard| one.name == *question && one.record_type == record_type;
        self.shared.lock().iter().filter(is_it).count()
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

/// What to send back after one question, and when.
struct Due {
    delay: Duration,
    messages: Vec<(Datagram, Vec<u8>)>,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Vec<Overheard>> {
        self.overheard
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    async fn serve_udp(self: Arc<Self>, socket: Arc<UdpSocket>) {
        let mut answering = JoinSet::new();
        let mut buffer = vec![0; 4096];
        loop {
            // An error here is the ICMP message about an earlier answer whose asker has gone.
            let Ok((length, from)) = socket.recv_from(&mut buffer).await else {
                continue;
            };
            let Some(due) = self.hear(&buffer[..length], ServerTransport::Udp, from) else {
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

    async fn serve_tcp(self: Arc<Self>, listener: TcpListener) {
        let mut connections = JoinSet::new();
        loop {
            let Ok((stream, from)) = listener.accept().await else {
                continue;
            };
            let shared = Arc::clone(&self);
            connections.spawn(async move {
                // A connection that breaks is the client's to notice.
                let _broken = shared.serve_connection(stream, from).await;
            });
            while connections.try_join_next().is_some() {}
        }
    }

    async fn serve_connection(&self, mut stream: TcpStream, from: SocketAddr) -> io::Result<()> {
        loop {
            let length = stream.read_u16().await?;
            let mut question = vec![0; usize::from(length)];
            stream.read_exact(&mut question).await?;
            let Some(due) = self.hear(&question, ServerTransport::Tcp, from) else {
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

    /// Remembers a question, and says what comes of it; `None` when nothing does.
    fn hear(&self, octets: &[u8], transport: ServerTransport, from: SocketAddr) -> Option<Due> {
        let message = Message::from_vec(octets).ok()?;
        let query = message.queries.first()?;
        let question = (
            from_hickory_name(&query.name).ok()?,
            u16::from(query.query_type),
        );
        let earlier = {
            let mut overheard = self.lock();
            let is_it = |one: &&Overheard| {
                one.transport == transport
                    && (&one.name, one.record_type) == (&question.0, question.1)
            };
            let earlier = overheard.iter().filter(is_it).count();
            overheard.push(Overheard {
                transport,
                from,
                id: message.id,
                name: question.0.clone(),
                record_type: question.1,
                class: u16::from(query.query_class),
                recursion_desired: message.recursion_desired,
                edns_payload: message.edns.as_ref().map(|edns| edns.max_payload()),
            });
            earlier
        };
        let reply = self.replies.get(&question).or(self.otherwise.as_ref())?;
        let kinds = reply.sending(transport, earlier);
        let messages = kinds.iter().filter_map(|kind| {
            let octets = reply.compose(*kind, &message, transport)?;
            Some((*kind, octets))
        });
        Some(Due {
            delay: reply.delay,
            messages: messages.collect(),
        })
    }
}
