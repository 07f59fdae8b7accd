//! The machine: §4.4, §5.1 and §5.2 without sockets and without a clock.
//!
//! Inputs are `handle_*`, outputs are `poll_*`; `now` is always an argument, counted from a start that the caller chose.
//! Answers may come in any order, and the outcome does not depend on it: every question of a step is waited for.

mod fallback;
mod mimi;
mod mimix;

use alloc::boxed::Box;
use alloc::collections::VecDeque;
use alloc::string::ToString;
use alloc::vec::Vec;
use core::fmt;
use core::time::Duration;

use mimi_id::Identifier;
use mimi_name::DomainName;

use self::fallback::Fallback;
use self::mimi::Branch;
use crate::accounts::Dropped;
use crate::assurance::{Assurance, Via};
use crate::lookup::{Finding, Lookup, Next};
use crate::message::{Failure, Response};
use crate::oracle::{DnsEvidence, OraclePermission, oracle_permission};
use crate::outcome::{Ending, Outcome, TemporaryFailure};
use crate::policy::{Policy, Validation};
use crate::question::{Question, QuestionId, Step};
use crate::trace::{Trace, TraceEvent};

const TYPE_TXT: u16 = 16;

/// What whoever runs the machine has to do.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Action {
    /// Ask DNS, and bring back [`Discovery::handle_response`] or [`Discovery::handle_failure`] with the same id.
    Ask(QuestionId, Question),
    /// Ask an oracle, and bring back [`Discovery::handle_oracle`].
    AskOracle(OracleRequest),
}

/// Which of the user's oracles to ask. The identifier is the machine's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OracleRequest {
    /// Its place in the user's list, from 0.
    pub index: usize,
}

/// One identifier being discovered.
///
/// Every discovery ends: with its last answer, or at [`poll_timeout`](Self::poll_timeout).
pub struct Discovery {
    identifier: Identifier,
    policy: Policy,
    started: Duration,
    actions: VecDeque<Action>,
    open: Vec<OpenLookup>,
    next_id: u32,
    questions_left: u16,
    /// The names whose MIMI records are looked up, once they are known.
    branches: Vec<Branch>,
    /// The MIMIX step of an email address, once it is over.
    mimix: Option<Finding>,
    /// What DNS came to, while oracles are asked.
    fallback: Option<Fallback>,
    asked: Vec<Question>,
    dropped: Vec<Dropped>,
    trace: Trace,
    outcome: Option<Outcome>,
}

/// A question that waits for its answer.
struct OpenLookup {
    id: QuestionId,
    purpose: Purpose,
    lookup: Lookup,
    /// What the lookup began with, for the trace.
    question: Question,
}

/// What a lookup is for.
#[derive(Clone)]
enum Purpose {
    Mimix,
    /// The TXT bridge, after this native finding.
    MimixBridge(Finding),
    Branch(usize),
    BranchBridge(usize, Finding),
}

impl Purpose {
    fn step(&self) -> Step {
        match self {
            Self::Mimix => Step::Mimix,
            Self::Branch(_) => Step::Mimi,
            Self::MimixBridge(_) | Self::BranchBridge(..) => Step::Txt,
        }
    }
}

impl Discovery {
    /// Begins to discover an identifier. `now` counts from any start; all later times count from the same.
    pub fn new(identifier: Identifier, policy: Policy, now: Duration) -> Self {
        let questions_left = policy.question_budget();
        let mut machine = Self {
            identifier,
            policy,
            started: now,
            actions: VecDeque::new(),
            open: Vec::new(),
            next_id: 0,
            questions_left,
            branches: Vec::new(),
            mimix: None,
            fallback: None,
            asked: Vec::new(),
            dropped: Vec::new(),
            trace: Trace::default(),
            outcome: None,
        };
        machine.begin(now);
        machine
    }

    /// The identifier being discovered.
    pub fn identifier(&self) -> &Identifier {
        &self.identifier
    }

    /// The next thing to do; `None` while answers are awaited, and after the end.
    pub fn poll_action(&mut self) -> Option<Action> {
        self.actions.pop_front()
    }

    /// When [`handle_timeout`](Self::handle_timeout) is due; `None` after the end.
    pub fn poll_timeout(&self) -> Option<Duration> {
        self.outcome
            .is_none()
            .then(|| self.started.saturating_add(self.policy.deadline))
    }

    /// The outcome, once there is one.
    pub fn outcome(&self) -> Option<&Outcome> {
        self.outcome.as_ref()
    }

    /// The outcome, once there is one, or the machine again.
    ///
    /// # Errors
    /// The machine itself, when it has not ended.
    pub fn into_outcome(mut self) -> Result<Outcome, Box<Self>> {
        self.outcome.take().ok_or_else(|| Box::new(self))
    }

    /// Takes the response to a question. One that is not awaited any more changes nothing.
    pub fn handle_response(&mut self, id: QuestionId, response: &Response, now: Duration) {
        let Some(mut open) = self.take_open(id) else {
            return;
        };
        match open.lookup.handle_response(response) {
            Next::Ask(name) => {
                let question = Question {
                    name,
                    ..open.question.clone()
                };
                self.ask(open, question, now);
            }
            Next::Done(finding) => self.learn(open.purpose, &open.question, finding, now),
        }
    }

    /// Takes the news that a question stays without a response.
    pub fn handle_failure(&mut self, id: QuestionId, failure: Failure, now: Duration) {
        if let Some(open) = self.take_open(id) {
            let finding = open.lookup.handle_failure(failure);
            self.learn(open.purpose, &open.question, finding, now);
        }
    }

    /// Tells the machine the time. At the deadline it ends.
    pub fn handle_timeout(&mut self, now: Duration) {
        if self.poll_timeout().is_none_or(|due| now < due) {
            return;
        }
        self.trace(now, TraceEvent::DeadlinePassed);
        let step = match (&self.fallback, self.open.first()) {
            (Some(_), _) | (None, None) => Step::Oracle,
            (None, Some(open)) => open.purpose.step(),
        };
        self.open.clear();
        self.actions.clear();
        self.fallback = None;
        let conclusion = self.forged_branch().unwrap_or_else(|| {
            Conclusion::failure(Ending::TemporaryFailure(TemporaryFailure::Timeout), step)
        });
        self.finish(conclusion, now);
    }

    fn begin(&mut self, now: Duration) {
        match &self.identifier {
            Identifier::Email(address) => {
                let domain = address.domain().clone();
                let code = self.policy.type_codes.mimix();
                self.look_up(Purpose::Mimix, domain, code, now);
            }
            Identifier::Mui(mui) => {
                let name = mui.name().clone();
                self.look_up_branches(alloc::vec![name], now);
            }
            Identifier::Telephone(number) => match number.enum_name(&self.policy.enum_suffix) {
                Ok(name) => self.look_up_branches(alloc::vec![name], now),
                Err(reason) => {
                    let ending = Ending::Unmappable(reason);
                    self.finish(Conclusion::failure(ending, Step::Mimi), now);
                }
            },
            // `Identifier` is open for new kinds (§3): one that this machine cannot map has no name.
            _ => self.finish(Conclusion::failure(Ending::NoMapping, Step::Mimi), now),
        }
    }

    /// Starts a lookup.
    fn look_up(&mut self, purpose: Purpose, name: DomainName, record_type: u16, now: Duration) {
        let step = purpose.step();
        let via = if step == Step::Txt {
            Via::Txt
        } else {
            Via::Dns
        };
        let require_secure = self.policy.validation == Validation::Require;
        let question = Question {
            name: name.clone(),
            record_type,
            step,
        };
        let open = OpenLookup {
            id: QuestionId(0),
            purpose,
            lookup: Lookup::new(name, record_type, via, require_secure),
            question: question.clone(),
        };
        self.ask(open, question, now);
    }

    /// Asks the next question of a lookup, if the budget allows one (D39).
    fn ask(&mut self, mut open: OpenLookup, question: Question, now: Duration) {
        let Some(left) = self.questions_left.checked_sub(1) else {
            let finding = open.lookup.handle_failure(Failure::Budget);
            return self.learn(open.purpose, &open.question, finding, now);
        };
        self.questions_left = left;
        open.id = QuestionId(self.next_id);
        self.next_id += 1;
        self.trace(now, TraceEvent::Asked(question.clone()));
        self.asked.push(question.clone());
        self.actions.push_back(Action::Ask(open.id, question));
        self.open.push(open);
    }

    fn take_open(&mut self, id: QuestionId) -> Option<OpenLookup> {
        let place = self.open.iter().position(|open| open.id == id)?;
        Some(self.open.remove(place))
    }

    /// Takes the end of a lookup to the step that it is for.
    fn learn(&mut self, purpose: Purpose, question: &Question, finding: Finding, now: Duration) {
        if let Some(last) = finding.aliases.last() {
            let event = TraceEvent::Aliased {
                from: question.name.clone(),
                to: last.clone(),
            };
            self.trace(now, event);
        }
        let event = TraceEvent::Learnt {
            question: question.clone(),
            finding: finding.result.to_string(),
            assurance: finding.assurance,
        };
        self.trace(now, event);
        match purpose {
            Purpose::Mimix => self.learn_mimix(finding, now),
            Purpose::MimixBridge(native) => self.learn_mimix_bridge(native, finding, now),
            Purpose::Branch(index) => self.learn_mimi(index, finding, now),
            Purpose::BranchBridge(index, native) => {
                self.learn_mimi_bridge(index, native, finding, now);
            }
        }
    }

    /// Ends with what DNS said, or goes on to an oracle where D56 allows it.
    fn settle(&mut self, conclusion: Conclusion, evidence: DnsEvidence, now: Duration) {
        // What an oracle says is never Secure: where that is required, asking would only leak the question (D55).
        if self.policy.oracles == 0 || self.policy.validation == Validation::Require {
            return self.finish(conclusion, now);
        }
        let permission = oracle_permission(
            self.identifier.kind(),
            evidence,
            conclusion.assurance,
            self.policy.oracle_on_insecure,
        );
        self.trace(now, TraceEvent::Oracle(permission));
        if permission == OraclePermission::Granted {
            self.ask_oracle(Fallback::new(conclusion), now);
        } else {
            self.finish(conclusion, now);
        }
    }

    fn finish(&mut self, conclusion: Conclusion, now: Duration) {
        // Answers may have come in any order; the outcome does not tell which. One record may stand here for more than one reason.
        self.dropped.sort_by(|a, b| {
            (a.step, &a.record, a.reason.code()).cmp(&(b.step, &b.record, b.reason.code()))
        });
        if !self.dropped.is_empty() {
            self.trace(now, TraceEvent::Dropped(self.dropped.len()));
        }
        self.trace(now, TraceEvent::Ended(conclusion.ending.as_str()));
        self.outcome = Some(Outcome {
            kind: self.identifier.kind(),
            ending: conclusion.ending,
            step: Some(conclusion.step),
            questions: u16::try_from(self.asked.len()).unwrap_or(u16::MAX),
            asked: core::mem::take(&mut self.asked),
            dropped: core::mem::take(&mut self.dropped),
            assurance: conclusion.assurance,
            ttl: conclusion.ttl,
            trace: core::mem::take(&mut self.trace),
        });
    }

    fn trace(&mut self, now: Duration, event: TraceEvent) {
        self.trace.push(now.saturating_sub(self.started), event);
    }
}

/// How a discovery could end.
struct Conclusion {
    ending: Ending,
    step: Step,
    assurance: Option<Assurance>,
    ttl: Option<u32>,
}

impl Conclusion {
    /// An ending that one lookup led to.
    fn learnt(ending: Ending, step: Step, finding: &Finding) -> Self {
        Self {
            ending,
            step,
            assurance: finding.assurance,
            ttl: finding.ttl,
        }
    }

    /// An ending that teaches nothing about the identifier.
    fn failure(ending: Ending, step: Step) -> Self {
        Self {
            ending,
            step,
            assurance: None,
            ttl: None,
        }
    }
}

/// The assurance of a chain of which parts may have taught nothing.
fn weakest(links: impl IntoIterator<Item = Option<Assurance>>) -> Option<Assurance> {
    links.into_iter().flatten().reduce(Assurance::weakest)
}

impl fmt::Debug for Discovery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Discovery")
            .field("kind", &self.identifier.kind())
            .field("open", &self.open.len())
            .field("questions_left", &self.questions_left)
            .field("outcome", &self.outcome)
            .finish_non_exhaustive()
    }
}
