//! Plays a scenario to the discovery machine alone, under a virtual clock.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::time::Duration;

use mimi_discovery::{
    Action, BogusReason, Channel, Discovery, Failure, OracleAnswer, OracleFailure, OracleRequest,
    Outcome, Policy, Question, QuestionId, Response, Validation,
};
use mimi_id::Identifier;

use crate::expect::Observed;
use crate::record::{RecordError, name, type_code, unescape};
use crate::scenario::{Answer, ChannelWord, Exchange, Fault, OracleSays, Scenario, ValidationWord};

/// Plays `scenario`: each answer comes after its delay, on a clock that only the scenario moves.
///
/// # Errors
/// [`RunError`] when the machine asks what the scenario does not know, or the scenario is wrong.
pub fn run_machine(scenario: &Scenario) -> Result<Observed, RunError> {
    let identifier = match Identifier::parse(&scenario.identifier) {
        Ok(identifier) => identifier,
        Err(error) => return Ok(observed(Outcome::invalid(error), 0, Duration::ZERO)),
    };
    let mut playing = Playing {
        scenario,
        now: Duration::ZERO,
        coming: BTreeMap::new(),
        arrivals: 0,
        oracle_requests: 0,
    };
    let mut machine = Discovery::new(identifier, policy_of(scenario)?, playing.now);
    loop {
        while let Some(action) = machine.poll_action() {
            playing.take(action)?;
        }
        machine = match machine.into_outcome() {
            Ok(outcome) => return Ok(observed(outcome, playing.oracle_requests, playing.now)),
            Err(machine) => *machine,
        };
        let due = machine.poll_timeout().unwrap_or_default();
        match playing.coming.pop_first() {
            Some(((at, _), arrival)) if at < due => {
                playing.now = at;
                match arrival {
                    Arrival::Response(id, response) => machine.handle_response(id, &response, at),
                    Arrival::Failure(id, failure) => machine.handle_failure(id, failure, at),
                    Arrival::Oracle(request, answer) => machine.handle_oracle(request, answer, at),
                }
            }
            // Nothing more comes in time.
            _ => {
                playing.now = due;
                machine.handle_timeout(due);
            }
        }
    }
}

fn observed(outcome: Outcome, oracle_requests: usize, now: Duration) -> Observed {
    Observed {
        outcome,
        oracle_requests,
        ends_at_ms: u64::try_from(now.as_millis()).ok(),
        most_sendings: None,
    }
}

/// The policy of a scenario: the default one with its changes.
///
/// # Errors
/// [`RecordError`] when the scenario's ENUM suffix is no name.
pub fn policy_of(scenario: &Scenario) -> Result<Policy, RecordError> {
    let changes = &scenario.policy;
    let mut policy = Policy {
        txt_bridge: changes.txt_bridge,
        oracle_on_insecure: changes.oracle_on_insecure,
        oracles: scenario.oracles.len(),
        ..Policy::default()
    };
    if let Some(validation) = changes.validation {
        policy.validation = match validation {
            ValidationWord::Off => Validation::Off,
            ValidationWord::Validate => Validation::Validate,
            ValidationWord::Require => Validation::Require,
        };
    }
    if let Some(milliseconds) = changes.deadline_ms {
        policy.deadline = Duration::from_millis(milliseconds);
    }
    if let Some(suffix) = &changes.enum_suffix {
        policy.enum_suffix = name(suffix)?;
    }
    Ok(policy)
}

struct Playing<'a> {
    scenario: &'a Scenario,
    now: Duration,
    /// What is under way, by when it arrives and then by when it was asked for.
    coming: BTreeMap<(Duration, usize), Arrival>,
    arrivals: usize,
    oracle_requests: usize,
}

enum Arrival {
    Response(QuestionId, Response),
    Failure(QuestionId, Failure),
    Oracle(OracleRequest, Result<OracleAnswer, OracleFailure>),
}

impl Playing<'_> {
    fn take(&mut self, action: Action) -> Result<(), RunError> {
        match action {
            Action::Ask(id, question) => {
                let exchange = self.exchange(&question)?;
                let delay = Duration::from_millis(exchange.delay_ms);
                if let Some(arrival) = arrival(id, exchange)? {
                    self.arrives_in(delay, arrival);
                }
            }
            Action::AskOracle(request) => {
                self.oracle_requests += 1;
                let says = self.scenario.oracles.get(request.index);
                let answer = match says.ok_or(RunError::UnknownOracle)? {
                    OracleSays::Strings(strings) => {
                        let definition_strings: Result<_, _> =
                            strings.iter().map(|string| unescape(string)).collect();
                        Ok(OracleAnswer {
                            definition_strings: definition_strings?,
                        })
                    }
                    OracleSays::Timeout => Err(OracleFailure::Timeout),
                    OracleSays::Unavailable => Err(OracleFailure::Unavailable),
                    OracleSays::Forged => Err(OracleFailure::Forged),
                    OracleSays::Silence => return Ok(()),
                };
                self.arrives_in(Duration::ZERO, Arrival::Oracle(request, answer));
            }
            _ => return Err(RunError::UnknownAction),
        }
        Ok(())
    }

    fn arrives_in(&mut self, delay: Duration, arrival: Arrival) {
        self.coming
            .insert((self.now + delay, self.arrivals), arrival);
        self.arrivals += 1;
    }

    fn exchange(&self, question: &Question) -> Result<&Exchange, RunError> {
        let is_it = |exchange: &&Exchange| {
            type_code(&exchange.record_type) == Some(question.record_type)
                && name(&exchange.name).is_ok_and(|name| name == question.name)
        };
        let exchange = self.scenario.conversation.iter().find(is_it);
        exchange.ok_or_else(|| RunError::UnknownQuestion {
            question: question.clone(),
        })
    }
}

fn arrival(id: QuestionId, exchange: &Exchange) -> Result<Option<Arrival>, RunError> {
    if let Some(answer) = &exchange.answer {
        return Ok(Some(Arrival::Response(id, to_response(answer)?)));
    }
    let failure = match exchange.fault {
        Some(Fault::Timeout) => Failure::Timeout,
        Some(Fault::Network) => Failure::Network,
        Some(Fault::Truncated) => Failure::Truncated,
        Some(Fault::Malformed) => Failure::Malformed,
        Some(Fault::Bogus) => Failure::Bogus(BogusReason::Unexplained),
        Some(Fault::Indeterminate) => Failure::Indeterminate,
        Some(Fault::Budget) => Failure::Budget,
        Some(Fault::Silence) | None => return Ok(None),
    };
    Ok(Some(Arrival::Failure(id, failure)))
}

fn to_response(answer: &Answer) -> Result<Response, RecordError> {
    let records = |records: &[crate::ScriptedRecord]| {
        let records = records.iter().map(|record| record.to_record(answer.proof));
        records.collect::<Result<Vec<_>, _>>()
    };
    Ok(Response {
        rcode: answer.rcode.number(),
        truncated: answer.truncated,
        answer: records(&answer.answer)?,
        authority: records(&answer.authority)?,
        denial: answer.denial.unwrap_or(answer.proof).into(),
        channel: match answer.channel {
            ChannelWord::Plain => Channel::Plain,
            ChannelWord::Dot => Channel::Tls,
            ChannelWord::Doh => Channel::Https,
            ChannelWord::Doq => Channel::Quic,
            ChannelWord::Loopback => Channel::Loopback,
        },
    })
}

/// Why a scenario could not be played.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RunError {
    /// The machine asks what the conversation does not have.
    UnknownQuestion {
        /// The question.
        question: Question,
    },
    /// The machine asks an oracle that the scenario does not have.
    UnknownOracle,
    /// The machine does something that this runner does not know.
    UnknownAction,
    /// A record or name of the scenario is wrong.
    Record(RecordError),
}

impl From<RecordError> for RunError {
    fn from(error: RecordError) -> Self {
        Self::Record(error)
    }
}

impl fmt::Display for RunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownQuestion { question } => {
                write!(f, "the conversation does not have the question {question}")
            }
            Self::UnknownOracle => f.write_str("the scenario does not have this oracle"),
            Self::UnknownAction => f.write_str("the machine wants what this runner cannot do"),
            Self::Record(error) => error.fmt(f),
        }
    }
}

impl Error for RunError {}
