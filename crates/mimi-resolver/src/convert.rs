//! Between hickory's messages and the machine's.

use std::io::ErrorKind;

use hickory_net::NetError;
use hickory_proto::op::{DnsResponse, Query};
use hickory_proto::rr::{DNSClass, Record as HickoryRecord, RecordType};
use hickory_proto::serialize::binary::{BinDecodable, BinEncodable, BinEncoder, NameEncoding};
use mimi_discovery::{Channel, Failure, Proof, Question, Record, Response};
use mimi_rr::hickory::{from_hickory_name, to_hickory_name};

use crate::upstream::DnssecRequest;

/// The question as hickory writes it: absolute, exact type, class IN (D5).
pub(crate) fn to_query(question: &Question) -> Result<Query, Failure> {
    let name = to_hickory_name(&question.name).map_err(|_| Failure::Malformed)?;
    let mut query = Query::query(name, RecordType::from(question.record_type));
    query.set_query_class(DNSClass::IN);
    Ok(query)
}

/// Reads the message that a host's own DNS brought in answer to `question`, for an [`Upstream`](crate::Upstream) of one's own.
///
/// Matching the message to the question by ID and sender is the host's work; the question in it is compared here.
///
/// # Errors
/// [`Failure::Malformed`] when the octets are no response to this question.
pub fn read_response(
    message: &[u8],
    question: &Question,
    dnssec: DnssecRequest,
    channel: Channel,
) -> Result<Response, Failure> {
    let query = to_query(question)?;
    let response = DnsResponse::from_buffer(message.to_vec()).map_err(|_| Failure::Malformed)?;
    to_response(&response, &query, dnssec, channel)
}

/// The response as the machine reads it.
///
/// # Errors
/// [`Failure::Malformed`] when it answers another question, or holds what cannot be written again.
pub(crate) fn to_response(
    response: &DnsResponse,
    query: &Query,
    dnssec: DnssecRequest,
    channel: Channel,
) -> Result<Response, Failure> {
    // A server that could not read the question may leave it out of an error.
    let is_error = response.response_code.low() != 0 && response.response_code.low() != 3;
    let same_question = match response.queries.as_slice() {
        [] => is_error,
        [one] => one == query,
        _ => false,
    };
    if !same_question {
        return Err(Failure::Malformed);
    }
    // What anybody on the way could have set proves nothing.
    let is_authentic =
        dnssec == DnssecRequest::Verdict && response.authentic_data && channel.is_protected();
    let proof = if is_authentic {
        Proof::Secure
    } else {
        Proof::Unchecked
    };
    Ok(Response {
        rcode: u16::from(response.response_code),
        truncated: response.truncation,
        answer: to_records(&response.answers, proof)?,
        authority: to_records(&response.authorities, proof)?,
        denial: proof,
        channel,
    })
}

fn to_records(records: &[HickoryRecord], proof: Proof) -> Result<Vec<Record>, Failure> {
    let mut converted = Vec::with_capacity(records.len());
    for record in records {
        converted.push(to_record(record, proof)?);
    }
    Ok(converted)
}

/// One record as the machine reads it.
pub(crate) fn to_record(record: &HickoryRecord, proof: Proof) -> Result<Record, Failure> {
    let mut rdata = Vec::new();
    let mut encoder = BinEncoder::new(&mut rdata);
    encoder.set_name_encoding(NameEncoding::Uncompressed);
    record
        .data
        .emit(&mut encoder)
        .map_err(|_| Failure::Malformed)?;
    Ok(Record {
        owner: from_hickory_name(&record.name).map_err(|_| Failure::Malformed)?,
        class: u16::from(record.dns_class),
        record_type: u16::from(record.record_type()),
        ttl: record.ttl,
        rdata,
        proof,
    })
}

/// One record as hickory reads it; `None` when its data is none of its type.
pub(crate) fn to_hickory_record(record: &Record) -> Option<HickoryRecord> {
    let length = u16::try_from(record.rdata.len()).ok()?;
    let mut octets = Vec::with_capacity(record.rdata.len() + 32);
    octets.extend_from_slice(record.owner.as_wire());
    octets.extend_from_slice(&record.record_type.to_be_bytes());
    octets.extend_from_slice(&record.class.to_be_bytes());
    octets.extend_from_slice(&record.ttl.to_be_bytes());
    octets.extend_from_slice(&length.to_be_bytes());
    octets.extend_from_slice(&record.rdata);
    HickoryRecord::from_bytes(&octets).ok()
}

/// What an exchange that failed means for the question.
pub(crate) fn to_failure(error: &NetError) -> Failure {
    match error {
        NetError::Timeout => Failure::Timeout,
        NetError::Truncated => Failure::Truncated,
        NetError::Proto(_)
        | NetError::QueryCaseMismatch
        | NetError::ForeignClassRecord { .. }
        | NetError::QuicMessageIdNot0(_) => Failure::Malformed,
        _ => Failure::Network,
    }
}

/// What it means for the question that an encrypted connection did not open.
pub(crate) fn to_opening_failure(error: &NetError) -> Failure {
    use ErrorKind::{
        BrokenPipe, ConnectionAborted, ConnectionReset, InvalidData, Other, UnexpectedEof,
    };
    match error {
        NetError::Timeout => Failure::Timeout,
        NetError::Io(error) => match error.kind() {
            // Somebody is there, and the handshake failed: rustls says InvalidData, quinn Other or ConnectionAborted, and those who
            // expect another protocol hang up.
            InvalidData | Other | ConnectionAborted | ConnectionReset | BrokenPipe
            | UnexpectedEof => Failure::Tls,
            _ => Failure::Network,
        },
        _ => Failure::Tls,
    }
}
