//! From what hickory's validator says of a message to the proofs of our response: where it is too kind, or too strict, it is corrected here.

use hickory_proto::dnssec::Proof as HickoryProof;
use hickory_proto::dnssec::rdata::DNSSECRData;
use hickory_proto::op::Message;
use hickory_proto::rr::{RData, Record as HickoryRecord, RecordType};
use mimi_discovery::{BogusReason, Proof, Response};
use mimi_name::DomainName;

use super::sift::Link;
use super::wildcard;
use crate::convert::to_record;

/// Why a verdict cannot be used, where that is known.
pub(super) struct Broken(pub(super) Option<BogusReason>);

/// What the validator let pass.
pub(super) fn judge(
    message: &Message,
    response: &Response,
    link: &Link,
    owner: &DomainName,
    link_type: u16,
) -> Result<Response, Broken> {
    if *link == Link::Absence {
        return judge_absence(message, response);
    }
    let (records, proof) = rrset(message, link_type)?;
    // hickory passes every answer where all records of the authority section are insecure, wildcards included.
    if proof == Proof::Secure
        && let Some(labels) = wildcard_labels(message)
        && !has_secure(message, &[RecordType::NSEC3])
        && !wildcard::is_proved(message, owner, labels)
    {
        return Err(Broken(Some(BogusReason::DenialMissing)));
    }
    positive(&records, message, response, link, proof)
}

/// What the validator would not decide, since NSEC3 with iterations is worth nothing: the same as insecure (RFC 9276 §3.2).
pub(super) fn judge_unproved(
    message: &Message,
    response: &Response,
    link: &Link,
    link_type: u16,
) -> Result<Response, Broken> {
    if *link == Link::Absence {
        return negative(message, response, Proof::Insecure);
    }
    let (records, _) = rrset(message, link_type)?;
    positive(&records, message, response, link, Proof::Insecure)
}

/// What the validator refused for its denial: a wildcard that it does not know how to prove.
pub(super) fn judge_refused(
    message: &Message,
    response: &Response,
    link: &Link,
    owner: &DomainName,
    link_type: u16,
) -> Result<Response, Broken> {
    let Some(labels) = wildcard_labels(message) else {
        return Err(Broken(None));
    };
    let (records, proof) = rrset(message, link_type)?;
    let is_positive = *link != Link::Absence && proof == Proof::Secure;
    if is_positive && wildcard::is_proved(message, owner, labels) {
        positive(&records, message, response, link, proof)
    } else {
        Err(Broken(None))
    }
}

fn judge_absence(message: &Message, response: &Response) -> Result<Response, Broken> {
    let proof = if has_secure(message, &[RecordType::NSEC, RecordType::NSEC3]) {
        // The SOA says for how long (RFC 2308 §5): it has to be the zone's, too.
        let is_soa = |record: &&HickoryRecord| record.record_type() == RecordType::SOA;
        let mut soas = message.authorities.iter().filter(is_soa);
        if !soas.all(|soa| soa.proof == HickoryProof::Secure) {
            return Err(Broken(None));
        }
        // An opt-out span does not say that no insecure delegation is there (RFC 5155 §9.2).
        if response.rcode != 0 && has_opt_out(message) {
            Proof::Insecure
        } else {
            Proof::Secure
        }
    } else if is_all(&message.authorities, HickoryProof::Insecure) {
        Proof::Insecure
    } else {
        return Err(Broken(None));
    };
    negative(message, response, proof)
}

/// The RRset of the link and the one proof that all its records have.
fn rrset(message: &Message, link_type: u16) -> Result<(Vec<&HickoryRecord>, Proof), Broken> {
    let records: Vec<&HickoryRecord> = message
        .answers
        .iter()
        .filter(|record| u16::from(record.record_type()) == link_type)
        .collect();
    let proof = match records.first().map(|record| record.proof) {
        Some(HickoryProof::Secure) => (HickoryProof::Secure, Proof::Secure),
        Some(HickoryProof::Insecure) => (HickoryProof::Insecure, Proof::Insecure),
        _ => return Err(Broken(None)),
    };
    if records.iter().all(|record| record.proof == proof.0) {
        Ok((records, proof.1))
    } else {
        Err(Broken(None))
    }
}

fn positive(
    records: &[&HickoryRecord],
    message: &Message,
    response: &Response,
    link: &Link,
    proof: Proof,
) -> Result<Response, Broken> {
    // Only the signature that proves the records tells where they come from (D38).
    let signatures = message.answers.iter().filter(|record| {
        record.record_type() == RecordType::RRSIG && record.proof == HickoryProof::Secure
    });
    let answer = records
        .iter()
        .copied()
        .chain(signatures)
        .map(|record| to_record(record, proof));
    // Records beside NXDOMAIN contradict themselves; behind an alias, the code speaks of its target.
    let rcode = if *link == Link::Records {
        response.rcode
    } else {
        0
    };
    Ok(Response {
        rcode,
        truncated: false,
        answer: answer.collect::<Result<_, _>>().map_err(|_| Broken(None))?,
        authority: Vec::new(),
        denial: Proof::Unchecked,
        channel: response.channel,
    })
}

fn negative(message: &Message, response: &Response, proof: Proof) -> Result<Response, Broken> {
    let authority = message
        .authorities
        .iter()
        .filter(|record| record.record_type() == RecordType::SOA)
        .map(|record| to_record(record, proof));
    Ok(Response {
        rcode: response.rcode,
        truncated: false,
        answer: Vec::new(),
        authority: authority
            .collect::<Result<_, _>>()
            .map_err(|_| Broken(None))?,
        denial: proof,
        channel: response.channel,
    })
}

fn is_all(records: &[HickoryRecord], proof: HickoryProof) -> bool {
    records
        .iter()
        .filter(|record| record.record_type() != RecordType::RRSIG)
        .all(|record| record.proof == proof)
}

/// The labels of the wildcard that the records were made from, if a verified signature says that they were.
fn wildcard_labels(message: &Message) -> Option<usize> {
    message
        .answers
        .iter()
        .find_map(|record| match &record.data {
            RData::DNSSEC(DNSSECRData::RRSIG(signature)) => {
                let labels = signature.input().num_labels;
                let is_wildcard = labels < record.name.num_labels();
                let is_verified = record.proof == HickoryProof::Secure;
                (is_verified && is_wildcard).then_some(usize::from(labels))
            }
            _ => None,
        })
}

/// Whether a verified record of one of these types came along. The validator has then checked what it proves.
fn has_secure(message: &Message, types: &[RecordType]) -> bool {
    message
        .authorities
        .iter()
        .any(|record| record.proof == HickoryProof::Secure && types.contains(&record.record_type()))
}

fn has_opt_out(message: &Message) -> bool {
    message.authorities.iter().any(|record| match &record.data {
        RData::DNSSEC(DNSSECRData::NSEC3(nsec3)) => nsec3.opt_out(),
        _ => false,
    })
}
