//! Plays a scenario to the discovery machine alone, under a virtual clock.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::time::Duration;

use mimi_discovery::{
    Action, Discovery, Failure, OracleAnswer, OracleFailure, OracleRequest, Outcome, Policy,
    Question, QuestionId, Response, Validation,
};
use mimi_id::Identifier;

use crate::expect::Observed;
use crate::record::{RecordError, name};
use crate::scenario::{Scenario, ValidationWord};

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
                let reply = self.scenario.reply(&question)?;
                match reply.answer {
                    Some(Ok(response)) => {
                        self.arrives_in(reply.delay, Arrival::Response(id, response));
                    }
                    Some(Err(failure)) => {
                        self.arrives_in(reply.delay, Arrival::Failure(id, failure));
                    }
                    None => {}
                }
            }
            Action::AskOracle(request) => {
                self.oracle_requests += 1;
                if let Some(answer) = self.scenario.oracle_reply(request.index)? {
                    self.arrives_in(Duration::ZERO, Arrival::Oracle(request, answer));
                }
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
