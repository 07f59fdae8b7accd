//! DNSSEC validation of single answers, by hickory's validator behind limits of ours (D39, D55, D59).
//!
//! A response is taken link by link: the records asked for, or one alias, or an absence. The validator sees that link alone
//! (`sift`), asks for keys and proofs through a counting handle (`evidence`), and what it says becomes the proof of the link (`judge`). Where it says
//! *bogus*, `explain` looks for the first break in the chain of trust.

mod anchors;
mod evidence;
mod explain;
mod judge;
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
use hickory_proto::dnssec::{Proof as HickoryProof, TrustAnchors as Keys};
use hickory_proto::op::{DnsRequestOptions, Query};
use hickory_proto::rr::RecordType;
use mimi_discovery::{BogusReason, Failure, Question, Response};
use mimi_rr::hickory::{from_hickory_name, to_hickory_name};
use tokio::time::Instant;

pub use self::anchors::{TrustAnchorError, TrustAnchors};
use self::evidence::{Evidence, is_usable};
use self::explain::Chain;
use self::judge::{Broken, judge, judge_refused, judge_unproved};
pub(crate) use self::session::Session;
use self::sift::Link;
use crate::cache::Answer;
use crate::upstream::Upstream;

/// Asks a question and validates the answer at `unix_time`, in seconds since 1970. What validation needs is waited for until `give_up`.
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
    give_up: Option<Instant>,
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
    let validation = validate(session, anchors, &answer, response, question, unix_time);
    match give_up {
        Some(instant) => tokio::time::timeout_at(instant, validation)
            .await
            .unwrap_or(Err(Failure::Indeterminate)),
        None => validation.await,
    }
}

/// Validates the first link of a response.
async fn validate<U: Upstream>(
    session: &Arc<Session<U>>,
    anchors: &TrustAnchors,
    answer: &Answer,
    response: &Response,
    question: &Question,
    unix_time: u64,
) -> Result<Response, Failure> {
    let Question {
        name, record_type, ..
    } = question;
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
        Arc::clone(answer),
    );
    let validator = DnssecDnsHandle::with_trust_anchor(evidence.clone(), Arc::new(keys.clone()))
        .nsec3_iteration_limits(
            Some(limits::NSEC3_ITERATIONS_INSECURE),
            Some(limits::NSEC3_ITERATIONS_BOGUS),
        )
        .validation_cache_size(limits::REMEMBERED_VERDICTS);
    let verdict = time::at(unix_time, async {
        let mut options = DnsRequestOptions::default();
        options.max_request_depth = limits::DEPTH;
        let mut answers = validator.lookup(query, options);
        answers.next().await.unwrap_or(Err(NetError::Timeout))
    })
    .await;
    drop(validator);
    let gathered = evidence.into_gathered();
    let chain = Chain {
        gathered: &gathered,
        keys: &keys,
        now: explain::serial(unix_time),
    };
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
    let judged = judged.and_then(|response| match chain.rests_on_sha1() {
        // hickory takes a SHA-1 digest where a better one does not match.
        true => Err(Broken(Some(BogusReason::DsMismatch))),
        false => Ok(response),
    });
    judged.map_err(|Broken(reason)| {
        if gathered.budget_spent || gathered.is_too_deep() {
            Failure::Budget
        } else if gathered.fetch_failed {
            Failure::Indeterminate
        } else {
            session.forget(name, *record_type);
            for (asked, asked_type) in gathered.responses.keys() {
                session.forget(asked, *asked_type);
            }
            Failure::Bogus(reason.unwrap_or_else(|| chain.first_break(owner, link_type)))
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
