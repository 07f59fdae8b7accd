//! [`AnswerCache`]: what became of questions, whichever identifier they were asked for.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use mimi_discovery::{Failure, Question, Record, Response, effective_ttl};
use mimi_name::DomainName;

use super::store::{Cache, CacheStatistics};
use super::{lifetime, weight};
use crate::clock::{Clock, Moment};
use crate::upstream::DnssecRequest;

/// What an upstream said to a question.
pub type Answer = Arc<Result<Response, Failure>>;

/// Keeps answers by name, type and what was asked of DNSSEC: all addresses of a domain share its MIMIX answer.
pub struct AnswerCache {
    cache: Cache<Key, Answer>,
}

/// A question without the step it was asked for. Names compare without ASCII case.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    name: DomainName,
    record_type: u16,
    dnssec: DnssecRequest,
}

impl Key {
    fn new(question: &Question, dnssec: DnssecRequest) -> Self {
        Self {
            name: question.name.clone(),
            record_type: question.record_type,
            dnssec,
        }
    }
}

impl AnswerCache {
    /// An empty cache of at most this many octets.
    pub fn new(capacity: u64, clock: Arc<dyn Clock>) -> Self {
        Self {
            cache: Cache::new(capacity, clock),
        }
    }

    /// The time by its clock: to be noted before a question is sent, and given to [`insert`](Self::insert).
    pub fn now(&self) -> Moment {
        self.cache.now()
    }

    /// The answer to a question, if it is fresh, with the TTLs of its records lowered by its age (RFC 1035 §3.2.1).
    pub fn get(&self, question: &Question, dnssec: DnssecRequest) -> Option<Answer> {
        let kept = self.cache.get(&Key::new(question, dnssec))?;
        Some(match &*kept.value {
            Ok(response) if !kept.age.is_zero() => Arc::new(Ok(aged(response, kept.age))),
            _ => kept.value,
        })
    }

    /// Keeps the answer to a question that was sent at `asked`, as long as [`lifetime::of_answer`] says, and no longer than its signatures are
    /// valid (RFC 4035 §5.3.3). A failure is kept from now on.
    pub fn insert(
        &self,
        question: &Question,
        dnssec: DnssecRequest,
        answer: Answer,
        asked: Moment,
    ) {
        let key = Key::new(question, dnssec);
        let mut lifetime = lifetime::of_answer(question.record_type, &answer);
        if let Ok(response) = &*answer
            && let Some(left) = lifetime::of_signatures(response, asked.wall)
        {
            lifetime = lifetime.min(left);
        }
        let learnt = if answer.is_ok() { asked } else { self.now() };
        let octets = weight::answer_octets(&answer) + weight::name(&key.name) as u64;
        self.cache.insert(key, answer, learnt, lifetime, octets);
    }

    /// Forgets the answer to a question: it turned out not to be worth keeping.
    pub fn remove(&self, question: &Question, dnssec: DnssecRequest) {
        self.cache.remove(&Key::new(question, dnssec));
    }

    /// Forgets every answer past its time; see [`Cache::remove_expired`].
    pub fn remove_expired(&self) {
        self.cache.remove_expired();
    }

    /// Forgets everything.
    pub fn clear(&self) {
        self.cache.clear();
    }

    /// What it has done, and what it holds.
    pub fn statistics(&self) -> CacheStatistics {
        self.cache.statistics()
    }
}

impl fmt::Debug for AnswerCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.cache.fmt(f)
    }
}

/// The response as a server would give it that had kept it for so long.
fn aged(response: &Response, age: Duration) -> Response {
    // A second that has begun counts: what is left is never too much.
    let seconds = age.as_secs() + u64::from(age.subsec_nanos() > 0);
    let seconds = u32::try_from(seconds).unwrap_or(u32::MAX);
    let older = |records: &[Record]| {
        let records = records.iter().map(|record| Record {
            ttl: effective_ttl(record.ttl).saturating_sub(seconds),
            ..record.clone()
        });
        records.collect()
    };
    Response {
        answer: older(&response.answer),
        authority: older(&response.authority),
        ..response.clone()
    }
}
