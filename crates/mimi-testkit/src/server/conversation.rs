//! What a scripted server says, whatever carries the messages: octets in, octets out.

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use hickory_proto::op::Message;
use mimi_name::DomainName;
use mimi_rr::hickory::from_hickory_name;

use super::ServerTransport;
use super::reply::Reply;
use crate::record::{name, type_code};
use crate::scenario::{Datagram, Exchange, Rcode, RcodeName, ServerKind};

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
    /// The codes of its EDNS options, in order.
    pub options: Vec<u16>,
    /// The length of the message, in octets.
    pub length: usize,
}

/// What one server plays, and what it heard.
pub(crate) struct Conversation {
    kind: ServerKind,
    replies: HashMap<(DomainName, u16), Reply>,
    /// What comes of every other question; nothing when the server is silent.
    otherwise: Option<Reply>,
    overheard: Mutex<Vec<Overheard>>,
}

/// What to send back after one question, and when.
pub(crate) struct Due {
    pub(crate) delay: Duration,
    pub(crate) messages: Vec<(Datagram, Vec<u8>)>,
}

impl Conversation {
    /// # Errors
    /// [`io::Error`] when an exchange cannot be put into messages.
    pub(crate) fn new(kind: ServerKind, conversation: &[Exchange]) -> io::Result<Self> {
        let mut replies = HashMap::new();
        let plays = matches!(kind, ServerKind::Scripted | ServerKind::ScriptedTcp);
        for exchange in conversation.iter().filter(|_| plays) {
            let wrong = |error| io::Error::new(io::ErrorKind::InvalidInput, error);
            let question = name(&exchange.name).map_err(wrong)?;
            let code = type_code(&exchange.record_type).unwrap_or_default();
            replies.insert((question, code), Reply::new(exchange).map_err(wrong)?);
        }
        Ok(Self {
            kind,
            replies,
            otherwise: match kind {
                ServerKind::Silent | ServerKind::Dead => None,
                ServerKind::Servfail => Some(Reply::error(&Rcode::Name(RcodeName::Servfail))),
                _ => Some(Reply::error(&Rcode::Name(RcodeName::Refused))),
            },
            overheard: Mutex::default(),
        })
    }

    pub(crate) fn is_tcp_only(&self) -> bool {
        self.kind == ServerKind::ScriptedTcp
    }

    /// Every question that was heard, in order.
    pub(crate) fn overheard(&self) -> Vec<Overheard> {
        self.lock().clone()
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Overheard>> {
        self.overheard
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Remembers a question, and says what comes of it; `None` when nothing does.
    pub(crate) fn hear(
        &self,
        octets: &[u8],
        transport: ServerTransport,
        from: SocketAddr,
    ) -> Option<Due> {
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
                options: option_codes(&message),
                length: octets.len(),
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

fn option_codes(message: &Message) -> Vec<u16> {
    let options = message.edns.iter().flat_map(|edns| edns.options().as_ref());
    options.map(|(code, _)| u16::from(*code)).collect()
}
