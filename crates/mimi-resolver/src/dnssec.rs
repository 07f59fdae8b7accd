//! DNSSEC validation of single answers, by hickory's validator behind limits of ours (D39, D55, D59).
//!
//! A response is taken link by link: the records asked for, or one alias, or an absence. The validator sees that link alone
//! (`sift`), asks for keys and proofs through a counting handle (`evidence`), and what it says becomes the proof of the link. Where it says
//! *bogus*, `explain` looks for the first break in the chain of trust.

mod anchors;
mod evidence;
mod explain;
mod limits;
mod session;
mod sift;
mod signature;
mod time;
mod types;
mod wildcard;

use std::sync::Arc;

use futures_util::StreamExt;
use hickory_net::dnssec::DnssecDnsHandle;
use hickory_net::xfer::DnsHandle;
use hickory_net::{DnsError, NetError};
use hickory_proto::dnssec::rdata::DNSSECRData;
use hickory_proto::dnssec::{Proof as HickoryProof, TrustAnchors as Keys};
use hickory_proto::op::{DnsRequestOptions, Message, Query};
use hickory_proto::rr::{RData, Record as HickoryRecord, RecordType};
use mimi_discovery::{BogusReason, Failure, Proof, Question, Response};
use mimi_name::DomainName;
use mimi_rr::hickory::{from_hickory_name, to_hickory_name};

pub use self::anchors::{TrustAnchorError, TrustAnchors};
use self::evidence::{Evidence, is_usable};
use self::explain::Chain;
pub(crate) use self::session::Session;
use self::sift::Link;
use crate::convert::to_record;
use crate::upstream::Upstream;

/// Asks a question and validates the answer at `unix_time`, in seconds since 1970.
///
/// Every record of the response has a proof of Secure or Insecure, and so has its denial; signatures of the records come with them. An
/// error of the server comes back as it is.
///
/// # Errors
/// [`Failure::Bogus`] with its reason, [`Failure::Indeterminate`] when something could not be fetched (D59), [`Failure::Budget`] when validating
/// costs more than one identifier may (D39), and the failures of the upstream.
pub(crate) async fn ask<U: Upstream>(
    session: &Arc<Session<U>>,
    anchors: &TrustAnchors,
    question: &Question,
    unix_time: u64,
) -> Result<Response, Failure> {
    let Question {
        name, record_type, ..
    } = question;
    let answer = session.ask(name, *record_type).await;
    let response = match &*answer {
        Ok(response) => response,
        Err(failure) => return Err(*failure),
    };
    if !is_usable(response) {
        return Ok(response.clone());
    }
    let link = Link::first(response, name, *record_type);
    let (owner, link_type) = match &link {
        Link::Alias(owner, alias_type) => (owner, *alias_type),
        Link::Records | Link::Absence => (name, *record_type),
    };
    let keys = keys(session, anchors).await?;
    let query = Query::query(
        to_hickory_name(owner).map_err(|_| Failure::Malformed)?,
        RecordType::from(link_type),
    );
    let evidence = Evidence::new(
        Arc::clone(session),
        owner.clone(),
        link_type,
        Arc::clone(&answer),
    );
    let validator = DnssecDnsHandle::with_trust_anchor(evidence.clone(), Arc::new(keys.clone()))
        .nsec3_iteration_limits(
            Some(limits::NSEC3_ITERATIONS_INSECURE),
            Some(limits::NSEC3_ITERATIONS_BOGUS),
        )
        .validation_cache_size(limits::REMEMBERED_VERDICTS);
    let verdict = time::at(unix_time, async {
        let mut answers = validator.lookup(query, DnsRequestOptions::default());
        answers.next().await.unwrap_or(Err(NetError::Timeout))
    })
    .await;
    drop(validator);
    let gathered = evidence.into_gathered();
    let judged = match verdict {
        Ok(message) => judge(&message, response, &link, owner, link_type),
        Err(NetError::Dns(DnsError::Nsec {
            proof,
            response: message,
            ..
        })) => match proof {
            HickoryProof::Insecure => judge_unproved(&message, response, &link, link_type),
            _ => judge_refused(&message, response, &link, owner, link_type),
        },
        Err(_) => Err(Broken(None)),
    };
    judged.map_err(|Broken(reason)| {
        if gathered.budget_spent {
            Failure::Budget
        } else if gathered.fetch_failed {
            Failure::Indeterminate
        } else {
            Failure::Bogus(reason.unwrap_or_else(|| {
                let chain = Chain {
                    gathered: &gathered,
                    keys: &keys,
                    now: explain::serial(unix_time),
                };
                chain.first_break(owner, link_type)
            }))
        }
    })
}

/// The trusted keys: those that are known, and those of the zones whose digests are known.
async fn keys<U: Upstream>(session: &Session<U>, anchors: &TrustAnchors) -> Result<Keys, Failure> {
    let mut keys = anchors.keys.clone();
    for zone in anchors.zones_of_digests() {
        let name = from_hickory_name(zone).map_err(|_| Failure::Malformed)?;
        let answer = session.ask(&name, types::DNSKEY).await;
        let response = match &*answer {
            Ok(response) if is_usable(response) => response,
            Err(Failure::Budget) => return Err(Failure::Budget),
            _ => return Err(Failure::Indeterminate),
        };
        let records = sift::sift(response, &name, types::DNSKEY).map_err(|_| Failure::Budget)?;
        anchors.add_matching(zone, &records.message.answers, &mut keys);
    }
    Ok(keys)
}

/// Why a verdict cannot be used, where that is known.
struct Broken(Option<BogusReason>);

/// What the validator let pass.
fn judge(
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
    positive(&records, message, response, proof)
}

/// What the validator would not decide, since NSEC3 with iterations is worth nothing: the same as insecure (RFC 9276 §3.2).
fn judge_unproved(
    message: &Message,
    response: &Response,
    link: &Link,
    link_type: u16,
) -> Result<Response, Broken> {
    if *link == Link::Absence {
        return negative(message, response, Proof::Insecure);
    }
    let (records, _) = rrset(message, link_type)?;
    positive(&records, message, response, Proof::Insecure)
}

/// What the validator refused for its denial: a wildcard that it does not know how to prove.
fn judge_refused(
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
        positive(&records, message, response, proof)
    } else {
        Err(Broken(None))
    }
}

fn judge_absence(message: &Message, response: &Response) -> Result<Response, Broken> {
    let proof = if has_secure(message, &[RecordType::NSEC, RecordType::NSEC3]) {
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
    Ok(Response {
        rcode: 0,
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
