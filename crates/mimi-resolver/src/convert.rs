//! Between hickory's messages and the machine's.

use hickory_net::NetError;
use hickory_proto::op::{DnsResponse, Query};
use hickory_proto::rr::{DNSClass, RecordType};
use hickory_proto::serialize::binary::{BinEncodable, BinEncoder, NameEncoding};
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

fn to_records(records: &[hickory_proto::rr::Record], proof: Proof) -> Result<Vec<Record>, Failure> {
    let mut converted = Vec::with_capacity(records.len());
    for record in records {
        let mut rdata = Vec::new();
        let mut encoder = BinEncoder::new(&mut rdata);
        encoder.set_name_encoding(NameEncoding::Uncompressed);
        record
            .data
            .emit(&mut encoder)
            .map_err(|_| Failure::Malformed)?;
        converted.push(Record {
            owner: from_hickory_name(&record.name).map_err(|_| Failure::Malformed)?,
            class: u16::from(record.dns_class),
            record_type: u16::from(record.record_type()),
            ttl: record.ttl,
            rdata,
            proof,
        });
    }
    Ok(converted)
}

/// What an exchange that failed means for the question.
pub(crate) fn to_failure(error: &NetError) -> Failure {
    match error {
        NetError::Timeout => Failure::Timeout,
        NetError::Truncated => Failure::Truncated,
        NetError::Proto(_) | NetError::QueryCaseMismatch | NetError::ForeignClassRecord { .. } => {
            Failure::Malformed
        }
        _ => Failure::Network,
    }
}
