//! What comes of one question on the wire: the answer, and everything that is not the answer.

use std::time::Duration;

use hickory_proto::op::{Message, MessageType, OpCode, Query};
use hickory_proto::rr::{DNSClass, Record as HickoryRecord, RecordType};
use mimi_name::DomainName;
use mimi_rr::hickory::{from_hickory_name, to_hickory_name, unknown};

use super::ServerTransport;
use crate::record::{RecordError, ScriptedRecord};
use crate::scenario::{Answer, Datagram, Exchange, Fault, ProofWord, Rcode};

/// The UDP payload of an asker without EDNS (RFC 1035 §2.3.4).
pub(crate) const PLAIN_PAYLOAD: u16 = 512;
const NXDOMAIN: u16 = 3;

/// What comes of one question.
pub(crate) struct Reply {
    pub(crate) delay: Duration,
    rcode: u16,
    truncated: bool,
    answer: Vec<HickoryRecord>,
    authority: Vec<HickoryRecord>,
    udp: Vec<Vec<Datagram>>,
    tcp: Vec<Vec<Datagram>>,
}

impl Reply {
    pub(super) fn new(exchange: &Exchange) -> Result<Self, RecordError> {
        let answer = exchange.answer.clone().unwrap_or_default();
        let instead = exchange.fault.map(|fault| match fault {
            Fault::Malformed => vec![vec![Datagram::Garbage]],
            Fault::Truncated => vec![vec![Datagram::Truncated]],
            // A server can only be silent about the others: `resolver` does not stand beside them.
            _ => vec![vec![]],
        });
        let sendings = |told: &Option<Vec<Vec<Datagram>>>| {
            let told = instead.clone().or_else(|| told.clone());
            told.unwrap_or_else(|| vec![vec![Datagram::Answer]])
        };
        Ok(Self {
            delay: Duration::from_millis(exchange.delay_ms),
            udp: sendings(&exchange.udp),
            tcp: sendings(&exchange.tcp),
            ..Self::answering(&answer)?
        })
    }

    /// The answer that has nothing but a response code.
    pub(super) fn error(rcode: &Rcode) -> Self {
        Self {
            delay: Duration::ZERO,
            rcode: rcode.number(),
            truncated: false,
            answer: Vec::new(),
            authority: Vec::new(),
            udp: vec![vec![Datagram::Answer]],
            tcp: vec![vec![Datagram::Answer]],
        }
    }

    fn answering(answer: &Answer) -> Result<Self, RecordError> {
        let records = |records: &[ScriptedRecord]| {
            records
                .iter()
                .map(to_hickory)
                .collect::<Result<Vec<_>, _>>()
        };
        Ok(Self {
            truncated: answer.truncated,
            answer: records(&answer.answer)?,
            authority: records(&answer.authority)?,
            ..Self::error(&answer.rcode)
        })
    }

    /// What comes back after `earlier` sendings over this transport.
    pub(super) fn sending(&self, transport: ServerTransport, earlier: usize) -> &[Datagram] {
        let sendings = match transport {
            ServerTransport::Udp => &self.udp,
            ServerTransport::Tcp => &self.tcp,
        };
        let sending = sendings.get(earlier).or_else(|| sendings.last());
        sending.map_or(&[], Vec::as_slice)
    }

    /// The octets of one message to the asker of `question`; `None` when hickory cannot write it.
    pub(crate) fn compose(
        &self,
        kind: Datagram,
        question: &Message,
        transport: ServerTransport,
    ) -> Option<Vec<u8>> {
        let query = question.queries.first()?;
        let forged = |query: Query| {
            let mut message = response_to(question, query);
            message.metadata.response_code = NXDOMAIN.into();
            message
        };
        let message = match kind {
            Datagram::Answer => {
                let whole = self.whole(question, query.clone());
                let payload = question
                    .edns
                    .as_ref()
                    .map_or(PLAIN_PAYLOAD, |edns| edns.max_payload());
                let octets = whole.to_vec().ok()?;
                if transport == ServerTransport::Tcp || octets.len() <= usize::from(payload) {
                    return Some(octets);
                }
                whole.truncate()
            }
            Datagram::Truncated => {
                let mut message = response_to(question, query.clone());
                message.metadata.truncation = true;
                message
            }
            Datagram::WrongId => {
                let mut message = forged(query.clone());
                message.metadata.id ^= 1;
                message
            }
            Datagram::WrongQuestion => {
                let other = DomainName::parse_absolute("other.invalid").ok()?;
                let mut query = query.clone();
                query.set_name(to_hickory_name(&other).ok()?);
                forged(query)
            }
            Datagram::WrongType => {
                let mut query = query.clone();
                query.set_query_type(RecordType::from(u16::from(query.query_type) ^ 1));
                forged(query)
            }
            Datagram::WrongCase => {
                let mut query = query.clone();
                let turned = turn_case(&from_hickory_name(&query.name).ok()?)?;
                query.set_name(to_hickory_name(&turned).ok()?);
                forged(query)
            }
            Datagram::Echo => {
                let mut message = response_to(question, query.clone());
                message.metadata.message_type = MessageType::Query;
                message
            }
            Datagram::Garbage => {
                return Some([&question.id.to_be_bytes(), b"no message".as_slice()].concat());
            }
            Datagram::Noise => {
                return Some([&(question.id ^ 1).to_be_bytes(), b"no message".as_slice()].concat());
            }
            Datagram::Close => return Some(Vec::new()),
        };
        message.to_vec().ok()
    }

    fn whole(&self, question: &Message, query: Query) -> Message {
        let mut message = response_to(question, query);
        message.metadata.response_code = self.rcode.into();
        message.metadata.truncation = self.truncated;
        message.add_answers(self.answer.iter().cloned());
        message.add_authorities(self.authority.iter().cloned());
        message
    }
}

pub(crate) fn response_to(question: &Message, query: Query) -> Message {
    let mut message = Message::response(question.id, OpCode::Query);
    message.metadata.recursion_desired = question.recursion_desired;
    message.metadata.recursion_available = true;
    message.add_query(query);
    if let Some(edns) = &question.edns {
        message.set_edns(edns.clone());
    }
    message
}

/// The same name with the case of its first letter turned.
pub(crate) fn turn_case(name: &DomainName) -> Option<DomainName> {
    let mut turned = false;
    let labels: Vec<Vec<u8>> = name
        .labels()
        .map(|label| {
            let mut label = label.to_vec();
            if let Some(letter) = label.iter_mut().find(|octet| octet.is_ascii_alphabetic())
                && !turned
            {
                *letter ^= 0x20;
                turned = true;
            }
            label
        })
        .collect();
    DomainName::from_labels(labels).ok()
}

fn to_hickory(record: &ScriptedRecord) -> Result<HickoryRecord, RecordError> {
    let record = record.to_record(ProofWord::Unchecked)?;
    let owner = to_hickory_name(&record.owner).map_err(|_| RecordError::BadName)?;
    // hickory's own types would be written as it understands them: these octets go out as they stand.
    let data = unknown(record.record_type, &record.rdata);
    let mut written = HickoryRecord::from_rdata(owner, record.ttl, data);
    written.dns_class = DNSClass::from(record.class);
    Ok(written)
}
