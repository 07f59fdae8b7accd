//! [`Resolver`]: runs the discovery machine on tokio.

use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use futures_util::stream::{FuturesUnordered, StreamExt};
use mimi_discovery::{
    Action, Discovery, OracleAnswer, OracleFailure, OracleRequest, Outcome, Policy, Question,
    QuestionId, Validation,
};
use mimi_id::Identifier;
use tokio::time::Instant;

use crate::cache::{self, Answer, AnswerCache, CacheStatistics, OutcomeCache};
use crate::clock::{Clock, SystemClock};
use crate::dnssec::{self, Session, TrustAnchors};
use crate::endpoint::{EndpointChecks, EndpointLimits, check_endpoints};
use crate::flights::Flights;
use crate::oracle::Oracle;
use crate::upstream::{DnssecRequest, Upstream};

/// The part of the deadline after which keys that are not there yet count as not to be had (D59). The rest is for saying so.
const VALIDATION_SHARE: f64 = 0.98;

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
    clock: Arc<dyn Clock>,
    outcomes: Option<OutcomeCache>,
    oracles: Vec<Arc<dyn Oracle>>,
}

impl<U: Upstream> Resolver<U> {
    /// A resolver over this upstream. Nobody validates until [`validating`](Self::validating) or
    /// [`trusting_upstream`](Self::trusting_upstream) says who does; under [`Validation::Require`] nothing is found before.
    ///
    /// Outcomes and answers are kept in [`cache::DEFAULT_OCTETS`] of memory by the clocks of this machine; [`caching`](Self::caching) says otherwise.
    ///
    /// No oracle is asked until [`consulting`](Self::consulting) names some: [`Policy::oracles`] is set to how many there are.
    pub fn new(upstream: U, policy: Policy) -> Self {
        let resolver = Self {
            flights: Flights::new(upstream),
            policy: Policy {
                oracles: 0,
                ..policy
            },
            validator: Validator::Nobody,
            clock: Arc::new(SystemClock::new()),
            outcomes: None,
            oracles: Vec::new(),
        };
        let clock = Arc::clone(&resolver.clock);
        resolver.caching(cache::DEFAULT_OCTETS, clock)
    }

    /// The same resolver, with at most this many octets for outcomes and answers, and a clock of your own. 0 keeps nothing.
    ///
    /// The clock also says whether signatures are valid (RFC 4034 §3.1.5).
    #[must_use]
    pub fn caching(self, octets: u64, clock: Arc<dyn Clock>) -> Self {
        // One half for people, one for the answers that lead to them.
        let half = Some(octets / 2).filter(|half| *half > 0);
        let answers = half.map(|octets| AnswerCache::new(octets, Arc::clone(&clock)));
        let outcomes = half.map(|octets| OutcomeCache::new(octets, Arc::clone(&clock)));
        Self {
            flights: self.flights.keeping(answers),
            outcomes,
            clock,
            ..self
        }
    }

    /// The same resolver, keeping nothing.
    #[must_use]
    pub fn uncached(self) -> Self {
        let clock = Arc::clone(&self.clock);
        self.caching(0, clock)
    }

    /// What the cache of outcomes has done and holds; `None` where nothing is kept.
    pub fn cache_statistics(&self) -> Option<CacheStatistics> {
        self.outcomes.as_ref().map(OutcomeCache::statistics)
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

    /// The same resolver, asking these oracles, in this order, where DNS says that there is nothing and D56 allows it.
    #[must_use]
    pub fn consulting(mut self, oracles: Vec<Arc<dyn Oracle>>) -> Self {
        self.policy.oracles = oracles.len();
        self.oracles = oracles;
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
    ///
    /// An outcome that is fresh in the cache is not discovered again; its trace says so.
    pub async fn discover(&self, identifier: Identifier) -> Outcome {
        let Some(outcomes) = &self.outcomes else {
            return self.discover_anew(&identifier).await;
        };
        if let Some(kept) = outcomes.get(&identifier) {
            return kept.to_outcome();
        }
        let began = outcomes.now();
        let outcome = self.discover_anew(&identifier).await;
        outcomes.insert(&identifier, Arc::new(outcome.clone()), began);
        outcome
    }

    /// Resolves the endpoints of an outcome that took `elapsed`, in the same way and under the same policy; see
    /// [`check_endpoints`](crate::check_endpoints()). Connects to nothing (D54).
    ///
    /// It may cost what the outcome left of the budget, keys included, and is over at the deadline of the discovery (D39).
    pub async fn check_endpoints(&self, outcome: &Outcome, elapsed: Duration) -> EndpointChecks {
        let limits = EndpointLimits::after(outcome, &self.policy, elapsed);
        let asker = self.asker(limits.questions, Instant::now(), limits.time_left);
        let ask = |question| {
            let answer = asker.ask(question);
            async move { (*answer.await).clone() }
        };
        check_endpoints(outcome, limits, ask).await
    }

    async fn discover_anew(&self, identifier: &Identifier) -> Outcome {
        let start = Instant::now();
        let asker = self.asker(self.policy.question_budget(), start, self.policy.deadline);
        let mut machine = Discovery::new(identifier.clone(), self.policy.clone(), Duration::ZERO);
        let mut awaited = FuturesUnordered::new();
        loop {
            while let Some(action) = machine.poll_action() {
                match action {
                    Action::Ask(id, question) => {
                        let answer = asker.ask(question);
                        let arrival = async move { Arrival::Answer(id, answer.await) };
                        awaited.push(arrival.boxed());
                    }
                    Action::AskOracle(request) => {
                        let oracle = self.oracles.get(request.index);
                        let arrival = async move {
                            let answer = match oracle {
                                Some(oracle) => oracle.ask(identifier).await,
                                None => Err(OracleFailure::Unavailable),
                            };
                            Arrival::Oracle(request, answer)
                        };
                        awaited.push(arrival.boxed());
                    }
                    // The machine may learn new actions; one that is not known here is waited out.
                    _ => {}
                }
            }
            machine = match machine.into_outcome() {
                Ok(mut outcome) => {
                    if let Asker::Validating { session, .. } = &asker {
                        outcome.questions = session.questions_spent();
                    }
                    return outcome;
                }
                Err(machine) => *machine,
            };
            let due = machine.poll_timeout().unwrap_or_default();
            // A duration, not an instant: a deadline may lie beyond the end of the clock.
            let left = due.saturating_sub(start.elapsed());
            tokio::select! {
                // What comes at the very end comes too late, every time.
                biased;
                () = tokio::time::sleep(left) => {
                    machine.handle_timeout(start.elapsed());
                }
                Some(arrival) = awaited.next() => match arrival {
                    Arrival::Answer(id, answer) => match &*answer {
                        Ok(response) => machine.handle_response(id, response, start.elapsed()),
                        Err(failure) => machine.handle_failure(id, *failure, start.elapsed()),
                    },
                    Arrival::Oracle(request, answer) => {
                        machine.handle_oracle(request, answer, start.elapsed());
                    }
                },
            }
        }
    }

    /// Where the answers come from; how many questions they may cost in all, and how much time from `start` on.
    fn asker(&self, questions: u16, start: Instant, time: Duration) -> Asker<U> {
        let flights = self.flights.clone();
        match &self.validator {
            Validator::Nobody => Asker::Plain(flights, DnssecRequest::Nothing),
            Validator::Upstream => Asker::Plain(flights, DnssecRequest::Verdict),
            Validator::Here(anchors) => {
                let session = Session::new(flights, questions);
                Asker::Validating {
                    session: Arc::new(session),
                    anchors: Arc::clone(anchors),
                    clock: Arc::clone(&self.clock),
                    give_up: start.checked_add(time.mul_f64(VALIDATION_SHARE)),
                }
            }
        }
    }
}

/// What a discovery waited for.
enum Arrival {
    Answer(QuestionId, Answer),
    Oracle(OracleRequest, Result<OracleAnswer, OracleFailure>),
}

/// Where the answers for one identifier come from.
enum Asker<U> {
    Plain(Flights<U>, DnssecRequest),
    Validating {
        session: Arc<Session<U>>,
        anchors: Arc<TrustAnchors>,
        clock: Arc<dyn Clock>,
        /// When to stop waiting for keys; `None` for a deadline beyond the end of the clock.
        give_up: Option<Instant>,
    },
}

impl<U: Upstream> Asker<U> {
    fn ask(&self, question: Question) -> BoxFuture<'static, Answer> {
        match self {
            Self::Plain(flights, dnssec) => {
                let (flights, dnssec) = (flights.clone(), *dnssec);
                async move { flights.ask(question, dnssec).await }.boxed()
            }
            Self::Validating {
                session,
                anchors,
                clock,
                give_up,
            } => {
                let (session, anchors) = (Arc::clone(session), Arc::clone(anchors));
                let (now, give_up) = (clock.now().wall.as_secs(), *give_up);
                let answer = async move {
                    Arc::new(dnssec::ask(&session, &anchors, &question, now, give_up).await)
                };
                answer.boxed()
            }
        }
    }
}
