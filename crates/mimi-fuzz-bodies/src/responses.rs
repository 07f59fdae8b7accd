//! *Whatever an upstream says, a discovery ends within its budget, and what nobody could sign is never Secure* (D39, D55; RFC 4035 §5).
//!
//! The octets are what a resolver says to one question after the other: sections behind a header and question that fit. They pass through the
//! resolver's conversion of messages, its validator and the machine.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use mimi_resolver::discovery::{
    Channel, Dnssec, Failure, Policy, Question, Response, Validation, limits,
};
use mimi_resolver::{DnssecRequest, Resolver, TrustAnchors, Upstream, read_response};

/// What is looked up, by the first octet.
const IDENTIFIERS: [&str; 4] = [
    "alice.example.com",
    "bob@example.com",
    "+15551234567",
    "a.b.c.d.e.f.g.h",
];

/// Says one message after the other, and the first again after the last.
struct Saying {
    messages: Vec<Vec<u8>>,
    asked: Arc<AtomicUsize>,
}

impl Upstream for Saying {
    async fn ask(&self, question: &Question, dnssec: DnssecRequest) -> Result<Response, Failure> {
        let turn = self.asked.fetch_add(1, Ordering::Relaxed);
        let Some(said) = self.messages.get(turn % self.messages.len().max(1)) else {
            return Err(Failure::Timeout);
        };
        let message = message(said, question);
        read_response(&message, question, dnssec, Channel::Plain)
    }
}

/// The octets `RCODE, answers, authorities, sections…` behind a header and the question.
fn message(said: &[u8], question: &Question) -> Vec<u8> {
    let (counts, sections) = said.split_at(said.len().min(3));
    let count = |place: usize| counts.get(place).copied().unwrap_or(0);
    let mut message = vec![0, 0, 0x81, 0x80 | count(0) & 0x0f, 0, 1];
    message.extend([0, count(1), 0, count(2), 0, 0]);
    message.extend(question.name.as_wire());
    message.extend(question.record_type.to_be_bytes());
    message.extend([0, 1]);
    message.extend(sections);
    message
}

/// Looks somebody up through an upstream that says what the octets say.
pub fn check(data: &[u8]) {
    let Some((choice, mut rest)) = data.split_first() else {
        return;
    };
    let mut messages = Vec::new();
    while let Some((length, after)) = rest.split_first_chunk::<2>() {
        let length = usize::from(u16::from_be_bytes(*length)).min(after.len());
        let (said, after) = after.split_at(length);
        messages.push(said.to_vec());
        rest = after;
    }
    let asked = Arc::new(AtomicUsize::new(0));
    let upstream = Saying {
        messages,
        asked: Arc::clone(&asked),
    };
    let mut policy = Policy::default();
    if choice & 0x80 != 0 {
        policy.validation = Validation::Require;
    }
    let resolver = Resolver::new(upstream, policy).uncached();
    let validates = choice & 0x40 != 0;
    let resolver = if validates {
        resolver.validating(TrustAnchors::root())
    } else {
        resolver
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .expect("a runtime without sockets needs nothing");
    let identifier = IDENTIFIERS[usize::from(choice & 3)];
    let outcome = runtime.block_on(resolver.discover_text(identifier));
    let budget = if validates || choice & 0x80 != 0 {
        limits::QUESTIONS_VALIDATING
    } else {
        limits::QUESTIONS
    };
    assert!(asked.load(Ordering::Relaxed) <= usize::from(budget));
    let dnssec = outcome.assurance.map(|assurance| assurance.dnssec);
    assert!(
        dnssec != Some(Dnssec::Secure),
        "nobody can have signed this"
    );
    if validates {
        assert!(
            dnssec != Some(Dnssec::Unchecked),
            "everything was validated"
        );
    }
    for entry in outcome.trace.entries() {
        crate::assert_inert(&entry.event.to_string());
    }
}
