//! [`Resolver`]: runs the discovery machine on tokio.

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use futures_util::stream::{FuturesUnordered, StreamExt};
use mimi_discovery::{
    Action, Discovery, Failure, OracleFailure, Outcome, Policy, Question, Response, Validation,
};
use mimi_id::Identifier;
use tokio::time::Instant;

use crate::dnssec::{self, Session, TrustAnchors};
use crate::flights::Flights;
use crate::upstream::{DnssecRequest, Upstream};

/// Who validates answers (D55).
#[derive(Clone)]
enum Validator {
    /// Nobody.
    Nobody,
    /// The code here, from these anchors.
    Here(Arc<TrustAnchors>),
    /// The upstream, by its AD bit.
    Upstream,
}

/// Discovers identifiers through one upstream, under one policy.
///
/// Share it between tasks: equal questions asked at the same time are sent once.
pub struct Resolver<U> {
    flights: Flights<U>,
    policy: Policy,
    validator: Validator,
}

impl<U: Upstream> Resolver<U> {
    /// A resolver over this upstream. Nobody validates until [`validating`](Self::validating) or
    /// [`trusting_upstream`](Self::trusting_upstream) says who does; under [`Validation::Require`] nothing is found before.
    ///
    /// This version asks no oracles: it sets [`Policy::oracles`] to 0.
    pub fn new(upstream: U, policy: Policy) -> Self {
        Self {
            flights: Flights::new(upstream),
            policy: Policy {
                oracles: 0,
                ..policy
            },
            validator: Validator::Nobody,
        }
    }

    /// The same resolver, with every answer validated here, from these trust anchors.
    ///
    /// The upstream has to hand out signatures: a resolver that speaks DNSSEC, or servers that are authoritative for everything asked.
    /// Unless the policy requires more, it becomes [`Validation::Validate`].
    #[must_use]
    pub fn validating(self, anchors: TrustAnchors) -> Self {
        self.validated_by(Validator::Here(Arc::new(anchors)))
    }

    /// The same resolver, with the upstream's word taken for what is Secure: its AD bit (RFC 6840 §5.8), over a protected channel only.
    ///
    /// What the upstream does not vouch for is *unchecked*: an upstream that does not validate cannot be told from an unsigned zone.
    #[must_use]
    pub fn trusting_upstream(self) -> Self {
        self.validated_by(Validator::Upstream)
    }

    fn validated_by(mut self, validator: Validator) -> Self {
        if self.policy.validation == Validation::Off {
            self.policy.validation = Validation::Validate;
        }
        self.validator = validator;
        self
    }

    /// The policy of every discovery.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Discovers what a person typed; text that is no identifier has the outcome *invalid*.
    pub async fn discover_text(&self, text: &str) -> Outcome {
        match Identifier::parse(text) {
            Ok(identifier) => self.discover(identifier).await,
            Err(error) => Outcome::invalid(error),
        }
    }

    /// Discovers an identifier. Always ends, at the policy's deadline at the latest (D39).
    pub async fn discover(&self, identifier: Identifier) -> Outcome {
        let start = Instant::now();
        let asker = self.asker();
        let mut machine = Discovery::new(identifier, self.policy.clone(), Duration::ZERO);
        let mut awaited = FuturesUnordered::new();
        loop {
            while let Some(action) = machine.poll_action() {
                match action {
                    Action::Ask(id, question) => {
                        let answer = asker.ask(question);
                        awaited.push(async move { (id, answer.await) });
                    }
                    Action::AskOracle(request) => {
                        let answer = Err(OracleFailure::Unavailable);
                        machine.handle_oracle(request, answer, start.elapsed());
                    }
                    // The machine may learn new actions; one that is not known here is waited out.
                    _ => {}
                }
            }
            machine = match machine.into_outcome() {
                Ok(outcome) => return outcome,
                Err(machine) => *machine,
            };
            let due = machine.poll_timeout().unwrap_or_default();
            // A duration, not an instant: a deadline may lie beyond the end of the clock.
            let left = due.saturating_sub(start.elapsed());
            tokio::select! {
                Some((id, answer)) = awaited.next() => match &*answer {
                    Ok(response) => machine.handle_response(id, response, start.elapsed()),
                    Err(failure) => machine.handle_failure(id, *failure, start.elapsed()),
                },
                () = tokio::time::sleep(left) => {
                    machine.handle_timeout(start.elapsed());
                }
            }
        }
    }

    fn asker(&self) -> Asker<U> {
        let flights = self.flights.clone();
        match &self.validator {
            Validator::Nobody => Asker::Plain(flights, DnssecRequest::Nothing),
            Validator::Upstream => Asker::Plain(flights, DnssecRequest::Verdict),
            Validator::Here(anchors) => {
                let session = Session::new(flights, self.policy.question_budget());
                Asker::Validating(Arc::new(session), Arc::clone(anchors))
            }
        }
    }
}

type Answer = Arc<Result<Response, Failure>>;

/// Where the answers for one identifier come from.
enum Asker<U> {
    Plain(Flights<U>, DnssecRequest),
    Validating(Arc<Session<U>>, Arc<TrustAnchors>),
}

impl<U: Upstream> Asker<U> {
    fn ask(&self, question: Question) -> BoxFuture<'static, Answer> {
        match self {
            Self::Plain(flights, dnssec) => flights.join(question, *dnssec).boxed(),
            Self::Validating(session, anchors) => {
                let session = Arc::clone(session);
                let anchors = Arc::clone(anchors);
                async move {
                    let now = SystemTime::now().duration_since(UNIX_EPOCH);
                    let now = now.map_or(0, |since| since.as_secs());
                    Arc::new(dnssec::ask(&session, &anchors, &question, now).await)
                }
                .boxed()
            }
        }
    }
}
