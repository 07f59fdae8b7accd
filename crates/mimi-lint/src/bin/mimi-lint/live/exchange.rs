//! [`Asker`]: one question to one server over UDP, and over TCP where the answer is cut short. Whatever comes back, a question takes
//! no longer than its time.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream, UdpSocket};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use mimi_lint::observations::{Failure, Reason};
use mimi_name::DomainName;
use mimi_rr::TypeCodes;

use super::message::{self, Message, codes};
use super::render::type_name;

/// The largest datagram.
const LARGEST: usize = 65_535;

/// How many questions may be asked for one identifier.
const BUDGET: usize = 512;

/// Asks questions.
pub(super) struct Asker {
    timeout: Duration,
    codes: TypeCodes,
    left: AtomicUsize,
}

/// An answer.
pub(super) struct Reply {
    pub(super) message: Message,
    /// Whether it had to be asked for over TCP.
    pub(super) is_truncated: bool,
}

/// Why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NoReply {
    pub(super) reason: Reason,
    /// Whether the answer was cut short over UDP, and this is what TCP gave.
    pub(super) is_tcp: bool,
}

impl Asker {
    /// With so much time for each question.
    pub(super) fn new(timeout: Duration, codes: TypeCodes) -> Self {
        Self {
            timeout,
            codes,
            left: AtomicUsize::new(BUDGET),
        }
    }

    pub(super) fn timeout(&self) -> Duration {
        self.timeout
    }

    /// What is amiss, as data.
    pub(super) fn failure(
        &self,
        server: Option<SocketAddr>,
        name: &DomainName,
        record_type: u16,
        error: NoReply,
    ) -> Failure {
        Failure {
            server: server.map(|server| server.to_string()).unwrap_or_default(),
            name: name.to_string(),
            record_type: type_name(record_type, self.codes),
            is_tcp: error.is_tcp,
            reason: error.reason,
        }
    }

    /// Lets so many questions be asked again.
    pub(super) fn refill(&self) {
        self.left.store(BUDGET, Ordering::Relaxed);
    }

    /// Asks a question. Only NOERROR and NXDOMAIN are replies.
    pub(super) fn ask(
        &self,
        server: SocketAddr,
        name: &DomainName,
        record_type: u16,
        recursion: bool,
    ) -> Result<Reply, NoReply> {
        let take = |left: usize| left.checked_sub(1);
        let taken = self
            .left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, take);
        if taken.is_err() {
            return Err(no_reply(Reason::Budget, false));
        }
        let id = rand::random();
        let question = message::question(id, name, record_type, recursion);
        let is_answer = |message: &Message| {
            message.id == id && message.is_response && is_to(message, name, record_type)
        };
        let over_udp = self
            .udp(server, &question, is_answer)
            .map_err(|reason| no_reply(reason, false))?;
        let is_truncated = over_udp.is_truncated;
        let message = match is_truncated {
            false => over_udp,
            true => self
                .tcp(server, &question, is_answer)
                .map_err(|reason| no_reply(reason, true))?,
        };
        match reason_of(message.code) {
            Some(reason) => Err(no_reply(reason, is_truncated)),
            None => Ok(Reply {
                message,
                is_truncated,
            }),
        }
    }

    fn udp(
        &self,
        server: SocketAddr,
        question: &[u8],
        is_answer: impl Fn(&Message) -> bool,
    ) -> Result<Message, Reason> {
        let started = Instant::now();
        let any = match server {
            SocketAddr::V4(_) => SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0)),
            SocketAddr::V6(_) => SocketAddr::from((Ipv6Addr::UNSPECIFIED, 0)),
        };
        let socket = UdpSocket::bind(any).map_err(|error| reason(&error))?;
        // Nothing from elsewhere is taken, and it is told when nobody listens.
        socket.connect(server).map_err(|error| reason(&error))?;
        let mut buffer = vec![0; LARGEST];
        // Twice, since a datagram may get lost.
        for until in [self.timeout / 3, self.timeout] {
            socket.send(question).map_err(|error| reason(&error))?;
            while let Some(left) = time_left(started, until) {
                socket
                    .set_read_timeout(Some(left))
                    .map_err(|error| reason(&error))?;
                let length = match socket.recv(&mut buffer) {
                    Ok(length) => length,
                    Err(error) if reason(&error) == Reason::Timeout => break,
                    Err(error) => return Err(reason(&error)),
                };
                let octets = buffer.get(..length).unwrap_or_default();
                match message::read(octets) {
                    Some(message) if is_answer(&message) => return Ok(message),
                    // An answer to the question before, or a forged one.
                    Some(_) => {}
                    None if octets.get(..2) == question.get(..2) => return Err(Reason::Malformed),
                    None => {}
                }
            }
        }
        Err(Reason::Timeout)
    }

    fn tcp(
        &self,
        server: SocketAddr,
        question: &[u8],
        is_answer: impl Fn(&Message) -> bool,
    ) -> Result<Message, Reason> {
        let mut connection = Connection::open(server, self.timeout)?;
        connection.send(question)?;
        let octets = connection.receive()?;
        let message = message::read(&octets).ok_or(Reason::Malformed)?;
        match is_answer(&message) && !message.is_truncated {
            true => Ok(message),
            false => Err(Reason::Malformed),
        }
    }
}

impl NoReply {
    pub(super) fn of(reason: Reason) -> Self {
        no_reply(reason, false)
    }
}

fn no_reply(reason: Reason, is_tcp: bool) -> NoReply {
    NoReply { reason, is_tcp }
}

/// Whether a message answers this question. An error may come without one.
pub(super) fn is_to(message: &Message, name: &DomainName, record_type: u16) -> bool {
    match &message.question {
        Some((asked, asked_type)) => asked == name && *asked_type == record_type,
        None => reason_of(message.code).is_some(),
    }
}

/// What a response code leaves open, if it does.
pub(super) fn reason_of(code: u16) -> Option<Reason> {
    match code {
        codes::NOERROR | codes::NXDOMAIN => None,
        codes::SERVFAIL => Some(Reason::ServerFailure),
        codes::REFUSED => Some(Reason::Refused),
        codes::NOTAUTH => Some(Reason::NotAuthoritative),
        _ => Some(Reason::OtherCode),
    }
}

fn reason(error: &io::Error) -> Reason {
    match error.kind() {
        io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut | io::ErrorKind::Interrupted => {
            Reason::Timeout
        }
        io::ErrorKind::UnexpectedEof => Reason::Malformed,
        _ => Reason::Unreachable,
    }
}

fn time_left(started: Instant, timeout: Duration) -> Option<Duration> {
    let left = timeout.checked_sub(started.elapsed())?;
    (!left.is_zero()).then_some(left)
}

/// DNS over TCP (RFC 7766).
pub(super) struct Connection {
    stream: TcpStream,
    timeout: Duration,
}

impl Connection {
    pub(super) fn open(server: SocketAddr, timeout: Duration) -> Result<Self, Reason> {
        let stream =
            TcpStream::connect_timeout(&server, timeout).map_err(|error| reason(&error))?;
        Ok(Self { stream, timeout })
    }

    pub(super) fn send(&mut self, message: &[u8]) -> Result<(), Reason> {
        let length = u16::try_from(message.len()).map_err(|_| Reason::Malformed)?;
        let framed = [length.to_be_bytes().as_slice(), message].concat();
        let sent = self
            .stream
            .set_write_timeout(Some(self.timeout))
            .and_then(|()| self.stream.write_all(&framed));
        sent.map_err(|error| reason(&error))
    }

    /// The next message, which must come whole in the time of a question.
    pub(super) fn receive(&mut self) -> Result<Vec<u8>, Reason> {
        let started = Instant::now();
        let mut length = [0; 2];
        self.fill(&mut length, started)?;
        let mut octets = vec![0; usize::from(u16::from_be_bytes(length))];
        self.fill(&mut octets, started)?;
        Ok(octets)
    }

    fn fill(&mut self, buffer: &mut [u8], started: Instant) -> Result<(), Reason> {
        let mut filled = 0;
        while filled < buffer.len() {
            let left = time_left(started, self.timeout).ok_or(Reason::Timeout)?;
            let read = self.stream.set_read_timeout(Some(left)).and_then(|()| {
                self.stream
                    .read(buffer.get_mut(filled..).unwrap_or_default())
            });
            match read {
                Ok(0) => return Err(Reason::Malformed),
                Ok(count) => filled += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(reason(&error)),
            }
        }
        Ok(())
    }
}
