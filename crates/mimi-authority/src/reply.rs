//! From a request to the reply that goes out: RFC 1035 §4, EDNS (RFC 6891), sizes (D7), and what is refused.
//!
//! | asked | answered |
//! |---|---|
//! | an opcode other than QUERY | NOTIMP |
//! | EDNS version above 0 | BADVERS |
//! | not exactly one question | FORMERR |
//! | AXFR, IXFR, a class other than IN | REFUSED |
//! | another type that is only for questions | NOTIMP |
//! | anything else | what [`ZoneSet::lookup`] says |

use async_trait::async_trait;
use hickory_proto::ProtoError;
use hickory_proto::op::{Edns, Header, HeaderCounts, Metadata, OpCode, Query, ResponseCode};
use hickory_proto::rr::{DNSClass, Record as WireRecord};
use hickory_proto::serialize::binary::BinEncoder;
use hickory_server::net::runtime::Time;
use hickory_server::net::xfer::Protocol;
use hickory_server::server::{Request, RequestHandler, ResponseHandler, ResponseInfo};
use hickory_server::zone_handler::{MessageRequest, MessageResponseBuilder};
use mimi_rr::hickory::{from_hickory_name, to_hickory_name, unknown};

use crate::record::{Record, types};
use crate::zone_set::{Outcome, ZoneSet};

/// The longest reply over UDP, whatever the client offers: what passes most paths unfragmented (D7).
pub const MAX_UDP_LENGTH: u16 = 1232;
/// The longest reply over UDP to a client that offers nothing (RFC 1035 §4.2.1), and the least that an offer counts as.
pub const MIN_UDP_LENGTH: u16 = 512;

const MAX_TCP_LENGTH: u16 = u16::MAX;
const IXFR: u16 = 251;
const AXFR: u16 = 252;

/// Answers requests from zones.
#[derive(Debug)]
pub(crate) struct Handler {
    zones: ZoneSet,
}

impl Handler {
    pub(crate) fn new(zones: ZoneSet) -> Self {
        Self { zones }
    }
}

#[async_trait]
impl RequestHandler for Handler {
    async fn handle_request<R: ResponseHandler, T: Time>(
        &self,
        request: &Request,
        mut response_handle: R,
    ) -> ResponseInfo {
        let reply = Reply::new(request, request.protocol(), &self.zones);
        let metadata = reply.metadata;
        let response = reply.builder(request).build(
            metadata,
            &reply.answers,
            &reply.authorities,
            [],
            &reply.additionals,
        );
        // Where sending fails the client is gone, or does not read; there is nobody to tell.
        response_handle
            .send_response(response)
            .await
            .unwrap_or_else(|_| {
                ResponseInfo::from(Header {
                    metadata,
                    counts: HeaderCounts::default(),
                })
            })
    }
}

/// A reply, complete and short enough.
struct Reply {
    metadata: Metadata,
    edns: Option<Edns>,
    answers: Vec<WireRecord>,
    authorities: Vec<WireRecord>,
    additionals: Vec<WireRecord>,
}

impl Reply {
    fn new(request: &MessageRequest, protocol: Protocol, zones: &ZoneSet) -> Self {
        let limit = match (protocol, &request.edns) {
            (Protocol::Udp, None) => MIN_UDP_LENGTH,
            (Protocol::Udp, Some(edns)) => edns.max_payload().clamp(MIN_UDP_LENGTH, MAX_UDP_LENGTH),
            _ => MAX_TCP_LENGTH,
        };
        let mut reply = Self {
            metadata: Metadata::response_from_request(&request.metadata),
            edns: request.edns.as_ref().map(|edns| reply_edns(edns, limit)),
            answers: Vec::new(),
            authorities: Vec::new(),
            additionals: Vec::new(),
        };
        match question(request) {
            Ok(query) => {
                if reply.answer(query, zones).is_err() {
                    reply.empty(ResponseCode::ServFail);
                }
            }
            Err(response_code) => reply.metadata.response_code = response_code,
        }
        if !reply.fits(request, limit) {
            if protocol == Protocol::Udp {
                // Half an RRset is of no use to anyone (D7): the client is to come back over TCP for all of it.
                reply.empty(ResponseCode::NoError);
                reply.metadata.truncation = true;
            } else {
                reply.empty(ResponseCode::ServFail);
            }
        }
        reply
    }

    fn answer(&mut self, query: &Query, zones: &ZoneSet) -> Result<(), ProtoError> {
        let Ok(name) = from_hickory_name(query.name()) else {
            self.metadata.response_code = ResponseCode::FormErr;
            return Ok(());
        };
        let answer = zones.lookup(&name, u16::from(query.query_type()));
        self.metadata.authoritative = answer.authoritative;
        self.metadata.response_code = match answer.outcome {
            Outcome::NoError => ResponseCode::NoError,
            Outcome::NoSuchName => ResponseCode::NXDomain,
            Outcome::NameTooLong => ResponseCode::YXDomain,
            Outcome::Refused => ResponseCode::Refused,
        };
        self.answers = to_wire(&answer.answers)?;
        self.authorities = to_wire(&answer.authorities)?;
        self.additionals = to_wire(&answer.additionals)?;
        Ok(())
    }

    fn empty(&mut self, response_code: ResponseCode) {
        self.metadata.response_code = response_code;
        self.answers.clear();
        self.authorities.clear();
        self.additionals.clear();
    }

    fn builder<'q>(&'q self, request: &'q MessageRequest) -> MessageResponseBuilder<'q> {
        MessageResponseBuilder::new(&request.queries, self.edns.as_ref())
    }

    /// Whether the whole reply fits, its OPT record included: hickory would cut it and drop that first.
    fn fits(&self, request: &MessageRequest, limit: u16) -> bool {
        let response = self.builder(request).build(
            self.metadata,
            &self.answers,
            &self.authorities,
            [],
            &self.additionals,
        );
        let mut octets = Vec::new();
        let mut encoder = BinEncoder::new(&mut octets);
        encoder.set_max_size(limit);
        response
            .destructive_emit(&mut encoder)
            .is_ok_and(|info| !info.truncation)
    }
}

/// The OPT record of a reply. hickory takes its payload size for the limit of the reply itself.
fn reply_edns(request: &Edns, limit: u16) -> Edns {
    let mut edns = Edns::new();
    edns.set_version(0);
    edns.set_max_payload(limit.min(MAX_UDP_LENGTH));
    edns.set_dnssec_ok(request.flags().dnssec_ok);
    edns
}

/// The question to answer, or the code that says why there is none.
fn question(request: &MessageRequest) -> Result<&Query, ResponseCode> {
    if request.metadata.op_code != OpCode::Query {
        return Err(ResponseCode::NotImp);
    }
    if request.version() > 0 {
        return Err(ResponseCode::BADVERS);
    }
    let [query] = request.queries.queries() else {
        return Err(ResponseCode::FormErr);
    };
    if query.query_class() != DNSClass::IN {
        return Err(ResponseCode::Refused);
    }
    match u16::from(query.query_type()) {
        AXFR | IXFR => Err(ResponseCode::Refused),
        types::ANY => Ok(query.original()),
        0 | 41 | 128..=255 => Err(ResponseCode::NotImp),
        _ => Ok(query.original()),
    }
}

fn to_wire(records: &[Record]) -> Result<Vec<WireRecord>, ProtoError> {
    let to_wire = |record: &Record| {
        let owner = to_hickory_name(&record.owner)?;
        let data = unknown(record.record_type, &record.rdata);
        Ok(WireRecord::from_rdata(owner, record.ttl, data))
    };
    records.iter().map(to_wire).collect()
}
