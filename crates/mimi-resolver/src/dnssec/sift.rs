//! What of a response the validator gets to see: the RRset asked for or the proof of its absence, and never more.
//!
//! hickory validates everything that a message holds, and asks for keys along the way. So whatever does not bear on the question is
//! left out: a server could make the work without bound, or pass an absence off with records of an insecure zone.

use std::collections::HashSet;

use hickory_proto::op::{Message, MessageType, OpCode, Query, ResponseCode};
use hickory_proto::rr::RecordType;
use mimi_discovery::{Record, Response};
use mimi_name::DomainName;
use mimi_rr::hickory::to_hickory_name;

use super::signature::signatures_at;
use super::{limits, types};
use crate::convert::to_hickory_record;

/// What one response says about one question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Link {
    /// The records asked for.
    Records,
    /// The name is an alias, by the RRset of this type at this owner: a CNAME at the name, or a DNAME above it.
    Alias(DomainName, u16),
    /// The records are not there.
    Absence,
}

impl Link {
    /// The first link of what the response says; what comes behind an alias is a question of its own.
    pub(super) fn first(response: &Response, name: &DomainName, record_type: u16) -> Self {
        let of_type = |code: u16| {
            let records = response.answer.iter();
            records.filter(move |record| record.class == types::IN && record.record_type == code)
        };
        if of_type(record_type).any(|record| record.owner == *name) {
            return Self::Records;
        }
        // A DNAME goes first: the CNAME that a server makes from it is not signed.
        let dname = of_type(types::DNAME)
            .find(|record| record.owner != *name && name.is_within(&record.owner));
        if let Some(dname) = dname {
            return Self::Alias(dname.owner.clone(), types::DNAME);
        }
        if of_type(types::CNAME).any(|record| record.owner == *name) {
            return Self::Alias(name.clone(), types::CNAME);
        }
        Self::Absence
    }
}

/// A message for the validator.
pub(super) struct Sifted {
    pub(super) message: Message,
    /// The signatures in it.
    pub(super) signatures: u16,
}

/// The response costs more to validate than one may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Excess;

/// What `response` says about the records of one type at one name, with the signatures and proofs that can belong to it.
pub(super) fn sift(
    response: &Response,
    name: &DomainName,
    record_type: u16,
) -> Result<Sifted, Excess> {
    let mut sieve = Sieve::default();
    let wildcard_signers = sieve.add_rrset(&response.answer, name, record_type)?;
    let has_records = !sieve.kept.is_empty();
    let answers = core::mem::take(&mut sieve.kept);
    let bears_on_name = |signer: &DomainName| {
        if has_records {
            wildcard_signers.contains(signer)
        } else {
            name.is_within(signer)
        }
    };
    if !has_records {
        for owner in owners_of(&response.authority, types::SOA) {
            if name.is_within(owner) {
                sieve.add_rrset(&response.authority, owner, types::SOA)?;
            }
        }
    }
    let mut proofs = 0;
    for proof_type in [types::NSEC, types::NSEC3] {
        for owner in owners_of(&response.authority, proof_type) {
            let mut signatures = signatures_at(&response.authority, owner, proof_type);
            if signatures.any(|(_, signature)| bears_on_name(&signature.signer)) {
                proofs += 1;
                if proofs > limits::DENIAL_RRSETS {
                    return Err(Excess);
                }
                sieve.add_rrset(&response.authority, owner, proof_type)?;
            }
        }
    }
    let rcode = if has_records { 0 } else { response.rcode };
    let mut message = Message::new(0, MessageType::Response, OpCode::Query);
    message.metadata.recursion_desired = true;
    message.metadata.recursion_available = true;
    message.metadata.response_code = ResponseCode::from_low(rcode.to_be_bytes()[1]);
    let name = to_hickory_name(name).map_err(|_| Excess)?;
    message.add_query(Query::query(name, RecordType::from(record_type)));
    message.add_answers(answers);
    message.add_authorities(sieve.kept);
    Ok(Sifted {
        message,
        signatures: sieve.signatures,
    })
}

/// Every owner of records of one type, once, in order.
fn owners_of(records: &[Record], record_type: u16) -> Vec<&DomainName> {
    let mut seen = HashSet::new();
    records
        .iter()
        .filter(|record| record.class == types::IN && record.record_type == record_type)
        .map(|record| &record.owner)
        .filter(|owner| seen.insert(*owner))
        .take(limits::DENIAL_RRSETS + 1)
        .collect()
}

/// Collects RRsets within the limits.
#[derive(Default)]
struct Sieve {
    kept: Vec<hickory_proto::rr::Record>,
    signatures: u16,
}

impl Sieve {
    /// Keeps one RRset and the signatures that can belong to it. Returns the signers that say it was made from a wildcard.
    fn add_rrset(
        &mut self,
        section: &[Record],
        owner: &DomainName,
        record_type: u16,
    ) -> Result<HashSet<DomainName>, Excess> {
        let (mut records, mut octets) = (0, 0);
        // A record that stands twice is one (RFC 2181 §5), and is signed once.
        let mut seen = HashSet::new();
        for record in section {
            if record.class == types::IN
                && record.record_type == record_type
                && record.owner == *owner
                && seen.insert(&record.rdata)
                // Data that is none of its type cannot be what was signed, and the signature will say so.
                && let Some(converted) = to_hickory_record(record)
            {
                records += 1;
                octets += record.rdata.len();
                self.kept.push(converted);
            }
        }
        let too_many = match record_type {
            types::DNSKEY => records > limits::KEYS,
            types::DS => records > limits::DIGESTS,
            _ => false,
        };
        if too_many || octets > limits::OCTETS_OF_RRSET {
            return Err(Excess);
        }
        let mut wildcard_signers = HashSet::new();
        if records == 0 {
            return Ok(wildcard_signers);
        }
        let mut seen = HashSet::new();
        for (record, signature) in signatures_at(section, owner, record_type) {
            let is_usable = signature.may_belong(owner, record_type) && signature.is_supported();
            if !is_usable || !seen.insert(&record.rdata) {
                continue;
            }
            if seen.len() > limits::SIGNATURES_OF_RRSET {
                return Err(Excess);
            }
            let Some(converted) = to_hickory_record(record) else {
                continue;
            };
            self.signatures += 1;
            self.kept.push(converted);
            if signature.is_from_wildcard(owner) {
                wildcard_signers.insert(signature.signer);
            }
        }
        Ok(wildcard_signers)
    }
}
