//! Simulated servers: what they know, and when they are there.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hickory_proto::op::Message;
use mimi_rr::TypeCodes;

use super::forge;
use crate::scenario::{Datagram, Exchange, ServerKind};
use crate::server::reply::{PLAIN_PAYLOAD, response_to};
use crate::server::{Conversation, Overheard, ServerTransport};

/// From a question to its answer; `None` where the server stays silent.
type Function = Arc<dyn Fn(&Message) -> Option<Message> + Send + Sync>;

/// From the octets of a question to those of its answer.
type Octets = Arc<dyn Fn(&[u8], ServerTransport) -> Option<Vec<u8>> + Send + Sync>;

/// One server of the simulated network.
#[derive(Clone)]
pub struct VirtualServer {
    knows: Knows,
    condition: Condition,
}

#[derive(Clone)]
enum Knows {
    Function(Function),
    Octets(Octets),
    Conversation(Arc<Conversation>),
}

/// When a simulated server is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Condition {
    /// Always.
    #[default]
    Up,
    /// Never: its host says that nobody listens there.
    Dead,
    /// Never, and nobody says so.
    Silent,
    /// Up and silent in turn, beginning with up.
    Flapping {
        /// How long it is there.
        up: Duration,
        /// How long it is not.
        down: Duration,
    },
}

/// What a server sends back after one question.
pub(super) struct Said {
    pub(super) delay: Duration,
    pub(super) messages: Vec<Vec<u8>>,
    /// Whether the TCP connection is closed after them.
    pub(super) closes: bool,
}

impl Said {
    /// This message, at once.
    fn only(message: Vec<u8>) -> Self {
        Self {
            delay: Duration::ZERO,
            messages: vec![message],
            closes: false,
        }
    }
}

impl VirtualServer {
    /// A server that answers as this function does.
    pub fn answering(
        function: impl Fn(&Message) -> Option<Message> + Send + Sync + 'static,
    ) -> Self {
        Self {
            knows: Knows::Function(Arc::new(function)),
            condition: Condition::Up,
        }
    }

    /// A server that answers as this function does, which also decides what fits over UDP.
    pub fn of_octets(
        function: impl Fn(&[u8], ServerTransport) -> Option<Vec<u8>> + Send + Sync + 'static,
    ) -> Self {
        Self {
            knows: Knows::Octets(Arc::new(function)),
            condition: Condition::Up,
        }
    }

    /// A server of a scripted conversation.
    ///
    /// # Errors
    /// [`io::Error`] when an exchange cannot be put into messages.
    pub fn scripted(kind: ServerKind, conversation: &[Exchange]) -> io::Result<Self> {
        Ok(Self {
            knows: Knows::Conversation(Arc::new(Conversation::new(kind, conversation)?)),
            condition: match kind {
                ServerKind::Dead => Condition::Dead,
                _ => Condition::Up,
            },
        })
    }

    /// A server that answers everything with this response code and nothing else; with 0 it is lame.
    pub fn failing(rcode: u16) -> Self {
        Self::answering(move |question| {
            let mut message = response_to(question, question.queries.first()?.clone());
            message.metadata.response_code = rcode.into();
            Some(message)
        })
    }

    /// A server that answers everything with somebody else's account. Without DNSSEC nobody can tell.
    pub fn lying() -> Self {
        Self::answering(|question| {
            let query = question.queries.first()?.clone();
            Some(forge::false_account(question, query, TypeCodes::DEFAULT))
        })
    }

    /// The same server in another condition.
    #[must_use]
    pub fn in_condition(self, condition: Condition) -> Self {
        Self { condition, ..self }
    }

    /// Every question that a scripted server heard; nothing for another one.
    pub fn overheard(&self) -> Vec<Overheard> {
        match &self.knows {
            Knows::Conversation(conversation) => conversation.overheard(),
            _ => Vec::new(),
        }
    }

    pub(super) fn is_dead(&self) -> bool {
        self.condition == Condition::Dead
    }

    /// Whether it hears what arrives so long after the start of the network.
    pub(super) fn is_up(&self, since_start: Duration) -> bool {
        match self.condition {
            Condition::Up => true,
            Condition::Dead | Condition::Silent => false,
            Condition::Flapping { up, down } => {
                let turn = (up + down).as_millis().max(1);
                since_start.as_millis() % turn < up.as_millis()
            }
        }
    }

    /// What it says to a question; `None` when it stays silent.
    pub(super) fn hear(
        &self,
        octets: &[u8],
        transport: ServerTransport,
        from: SocketAddr,
    ) -> Option<Said> {
        match &self.knows {
            Knows::Function(function) => {
                let question = Message::from_vec(octets).ok()?;
                fit(function(&question)?, &question, transport).map(Said::only)
            }
            Knows::Octets(function) => function(octets, transport).map(Said::only),
            Knows::Conversation(conversation) => {
                let due = conversation.hear(octets, transport, from)?;
                let is_close = |kind: &Datagram| *kind == Datagram::Close;
                let open = due.messages.iter().take_while(|(kind, _)| !is_close(kind));
                Some(Said {
                    delay: due.delay,
                    messages: open.map(|(_, octets)| octets.clone()).collect(),
                    closes: due.messages.iter().any(|(kind, _)| is_close(kind)),
                })
            }
        }
    }
}

/// The octets of a message; without its records and marked as cut short where it does not fit over UDP.
fn fit(message: Message, question: &Message, transport: ServerTransport) -> Option<Vec<u8>> {
    let octets = message.to_vec().ok()?;
    let payload = question
        .edns
        .as_ref()
        .map_or(PLAIN_PAYLOAD, |edns| edns.max_payload());
    if transport == ServerTransport::Tcp || octets.len() <= usize::from(payload) {
        return Some(octets);
    }
    message.truncate().to_vec().ok()
}
