//! *Whatever DNS and oracles answer, and in whatever order, a discovery comes to exactly one outcome, the same one, within its budget; it
//! never takes a failure for an absence, and never asks an oracle against the table* (D33, D34, D39, D55, D56, D58).
//!
//! The input is a conversation: an identifier, a policy, a handful of answers, and the order in which they come. Which question gets which
//! answer depends on the question alone.

use core::time::Duration;
use std::collections::HashSet;

use mimi_discovery::{
    Action, BogusReason, Discovery, Dnssec, Ending, Failure, OracleAnswer, OracleFailure,
    OraclePermission, OracleRequest, Outcome, Policy, Question, QuestionId, Response, Step,
    TemporaryFailure, TraceEvent, Validation, Via,
};
use mimi_id::{Identifier, Kind};

use self::answers::Answer;
use crate::octets::Octets;

mod answers;

/// Whom to look for: every kind, addresses that map and those that do not.
const IDENTIFIERS: [&str; 6] = [
    "bob@example.com",
    "bob.example.com",
    "+15551234567",
    "\"a..b\"@example.com",
    "first.last@example.com",
    "mimi:example.com",
];

const OUT_OF_BUDGET: Ending = Ending::TemporaryFailure(TemporaryFailure::Budget);

/// Holds the conversation in several orders, and once until its deadline.
pub fn check(data: &[u8]) {
    let mut octets = Octets::new(data);
    let script = Script::read(&mut octets);
    let order: Vec<usize> =
        core::iter::from_fn(|| (!octets.is_empty()).then(|| octets.next().into()))
            .take(64)
            .collect();
    let mut turns = order.iter().copied().cycle();

    let in_order = script.hold(|_| 0);
    let reversed = script.hold(|waiting| waiting - 1);
    let shuffled = script.hold(|waiting| turns.next().unwrap_or(0) % waiting);
    for run in [&in_order, &reversed, &shuffled] {
        script.check_run(run);
    }
    assert_alike(&in_order, &reversed);
    assert_alike(&in_order, &shuffled);
    script.hold_until_deadline(order.first().copied().unwrap_or(0));
}

/// Everything that a conversation depends on.
struct Script {
    identifier: Identifier,
    policy: Policy,
    answers: Vec<Answer>,
    oracles: Vec<Result<OracleAnswer, OracleFailure>>,
}

/// What happened in one conversation.
#[derive(Default)]
struct Run {
    outcome: Option<Outcome>,
    responses: Vec<(Question, Response)>,
    failures: Vec<Failure>,
    oracle_failed: bool,
    oracles_asked: usize,
}

impl Run {
    fn outcome(&self) -> &Outcome {
        self.outcome.as_ref().expect("the conversation is over")
    }
}

impl Script {
    fn read(octets: &mut Octets<'_>) -> Self {
        let identifier = Identifier::parse(octets.choose(&IDENTIFIERS)).unwrap();
        let flags = octets.next();
        let policy = Policy {
            validation: match flags & 3 {
                1 => Validation::Validate,
                2 => Validation::Require,
                _ => Validation::Off,
            },
            txt_bridge: flags & 4 != 0,
            oracle_on_insecure: flags & 8 != 0,
            oracles: usize::from(flags >> 4 & 3),
            ..Policy::default()
        };
        let oracles = (0..policy.oracles)
            .map(|_| answers::read_oracle(octets))
            .collect();
        let answers = (0..=octets.below(12))
            .map(|_| Answer::read(octets))
            .collect();
        Self {
            identifier,
            policy,
            answers,
            oracles,
        }
    }

    /// Holds the conversation; `choose` says which of so many awaited answers comes next.
    fn hold(&self, mut choose: impl FnMut(usize) -> usize) -> Run {
        let mut machine = self.machine();
        let mut run = Run::default();
        let mut waiting = Vec::new();
        let mut now = Duration::ZERO;
        let mut last = None;
        loop {
            waiting.extend(core::iter::from_fn(|| machine.poll_action()));
            if machine.outcome().is_some() {
                break;
            }
            assert!(!waiting.is_empty(), "waits for nothing, and has no outcome");
            assert_eq!(machine.poll_timeout(), Some(self.policy.deadline));
            now += Duration::from_micros(1);
            let action = waiting.remove(choose(waiting.len()));
            if let Some(action) = last.replace(action.clone()) {
                self.disturb(&mut machine, &action, now);
            }
            self.answer(&mut machine, action, now, &mut run);
        }
        assert!(waiting.is_empty(), "an outcome before the last answer");
        assert_eq!(machine.poll_timeout(), None);
        let outcome = machine.outcome().unwrap().clone();
        if let Some(action) = last {
            self.disturb(&mut machine, &action, now);
        }
        machine.handle_timeout(self.policy.deadline);
        assert!(machine.poll_action().is_none(), "goes on after its outcome");
        let kept = machine.into_outcome().ok();
        assert!(kept.as_ref() == Some(&outcome), "a second outcome");
        run.outcome = kept;
        run
    }

    fn machine(&self) -> Discovery {
        Discovery::new(self.identifier.clone(), self.policy.clone(), Duration::ZERO)
    }

    fn answer(&self, machine: &mut Discovery, action: Action, now: Duration, run: &mut Run) {
        match action {
            Action::Ask(id, question) => match self.answer_to(&question) {
                Ok(response) => {
                    machine.handle_response(id, &response, now);
                    run.responses.push((question, response));
                }
                Err(failure) => {
                    machine.handle_failure(id, failure, now);
                    run.failures.push(failure);
                }
            },
            Action::AskOracle(request) => {
                let answer = self.oracles[request.index].clone();
                run.oracles_asked += 1;
                run.oracle_failed |= answer.is_err();
                machine.handle_oracle(request, answer, now);
            }
            _ => {}
        }
    }

    fn answer_to(&self, question: &Question) -> Result<Response, Failure> {
        let octets = question
            .name
            .as_wire()
            .iter()
            .map(|octet| usize::from(octet.to_ascii_lowercase()));
        let hash = octets.fold(usize::from(question.record_type), |hash, octet| {
            hash * 31 % 65521 + octet
        });
        self.answers[hash % self.answers.len()].to(question)
    }

    /// Brings what is not awaited: an answer for the second time, in another form, and one from an oracle that was not asked.
    fn disturb(&self, machine: &mut Discovery, action: &Action, now: Duration) {
        let id: QuestionId = match action {
            Action::Ask(id, _) => *id,
            Action::AskOracle(request) => {
                return machine.handle_oracle(*request, Err(OracleFailure::Forged), now);
            }
            _ => return,
        };
        machine.handle_failure(id, Failure::Bogus(BogusReason::Unexplained), now);
        let forged = OracleAnswer {
            definition_strings: vec![b"v=MIMI1; a=eve; e=im.example".to_vec()],
            ttl: 0,
        };
        let index = self.policy.oracles;
        machine.handle_oracle(OracleRequest { index }, Ok(forged), now);
    }

    /// Answers some questions, and lets the deadline pass.
    fn hold_until_deadline(&self, answered: usize) {
        let mut machine = self.machine();
        let mut run = Run::default();
        for _ in 0..answered {
            if let Some(action) = machine.poll_action() {
                self.answer(&mut machine, action, Duration::ZERO, &mut run);
            }
        }
        let early = self.policy.deadline - Duration::from_nanos(1);
        let ended = machine.outcome().is_some();
        machine.handle_timeout(early);
        assert_eq!(
            machine.outcome().is_some(),
            ended,
            "ends before its deadline"
        );
        machine.handle_timeout(self.policy.deadline);
        assert!(machine.poll_action().is_none());
        assert_eq!(machine.poll_timeout(), None);
        let outcome = machine
            .into_outcome()
            .unwrap_or_else(|_| panic!("outlives its deadline"));
        if !ended {
            assert!(
                is_failure(&outcome.ending),
                "a silence is taken for an answer"
            );
            assert_eq!(outcome.assurance, None);
        }
    }

    fn check_run(&self, run: &Run) {
        let outcome = run.outcome();
        let kind = self.identifier.kind();
        assert_eq!(outcome.kind, kind);
        let questions = run.responses.len() + run.failures.len();
        assert_eq!(outcome.asked.len(), questions);
        assert!(questions + run.oracles_asked <= usize::from(self.policy.question_budget()));
        assert!(run.oracles_asked <= self.policy.oracles);
        self.check_failures(run);
        self.check_permission(run);

        match &outcome.ending {
            Ending::Found(groups) => {
                assert!(!groups.is_empty());
                let rank = |priority: Option<u32>| (priority.is_none(), priority);
                assert!(groups.is_sorted_by(|a, b| rank(a.priority) < rank(b.priority)));
                let mut accounts = HashSet::new();
                for contact in groups.iter().flat_map(|group| &group.contacts) {
                    let account = (contact.mssi.mssa(), contact.mssi.mse());
                    assert!(accounts.insert(account), "an account stands there twice");
                }
                let assurance = outcome.assurance.expect("what is found is worth something");
                assert_eq!(assurance.via == Via::Oracle, run.oracles_asked > 0);
                if self.policy.validation == Validation::Require && run.oracles_asked == 0 {
                    assert_eq!(assurance.dnssec, Dnssec::Secure);
                }
            }
            Ending::Invalid(_) => panic!("the identifier was valid"),
            ending if is_failure(ending) => assert_eq!(outcome.assurance, None),
            _ => {}
        }
    }

    /// A failure is no absence, and forged data outweighs all but a spent budget.
    fn check_failures(&self, run: &Run) {
        let ending = &run.outcome().ending;
        if *ending == OUT_OF_BUDGET {
            let asked = run.outcome().asked.len() + run.oracles_asked;
            let budget = usize::from(self.policy.question_budget());
            assert!(asked == budget || run.failures.contains(&Failure::Budget));
        } else if run
            .failures
            .contains(&Failure::Bogus(BogusReason::Unexplained))
        {
            assert!(matches!(ending, Ending::SecurityFailure(_)));
        }
        let lost = |response: &Response| response.truncated || !matches!(response.rcode, 0 | 3);
        if !run.failures.is_empty() || run.responses.iter().any(|(_, response)| lost(response)) {
            assert!(
                is_failure(&run.outcome().ending),
                "a failure is taken for an answer"
            );
        }
    }

    /// D56, told from the answers alone.
    fn check_permission(&self, run: &Run) {
        let granted = TraceEvent::Oracle(OraclePermission::Granted);
        let entries = run.outcome().trace.entries();
        let was_granted = entries.iter().any(|entry| entry.event == granted);
        assert_eq!(was_granted, run.oracles_asked > 0);
        if run.oracles_asked == 0 {
            return;
        }
        assert!(run.failures.is_empty(), "an oracle after a failure");
        let kind = self.identifier.kind();
        assert!(kind != Kind::Mui, "an oracle for a MUI");
        for (question, response) in &run.responses {
            assert!(
                matches!(response.rcode, 0 | 3) && !response.truncated,
                "an oracle after a failure"
            );
            if question.step == Step::Mimi {
                assert!(
                    kind != Kind::Email,
                    "an oracle although the provider takes part"
                );
                let has_records = response.answer.iter().any(|record| {
                    record.class == 1
                        && record.record_type == question.record_type
                        && record.owner == question.name
                });
                assert!(!has_records, "an oracle although there are records");
            }
            let is_secure =
                answers::proofs(response).any(|proof| proof == mimi_discovery::Proof::Secure);
            if self.policy.validation == Validation::Require {
                assert!(is_secure, "an oracle after data that is not secure");
            }
            if !self.policy.oracle_on_insecure && !response.channel.is_protected() {
                assert!(
                    is_secure,
                    "an oracle after an absence that anybody can forge"
                );
            }
        }
        if run.oracle_failed
            && !matches!(
                run.outcome().ending,
                Ending::Found(_) | Ending::OnlyUnusable
            )
        {
            assert!(
                is_failure(&run.outcome().ending),
                "an oracle's silence is taken for an answer"
            );
        }
    }
}

fn is_failure(ending: &Ending) -> bool {
    matches!(
        ending,
        Ending::TemporaryFailure(_) | Ending::SecurityFailure(_)
    )
}

fn assert_alike(a: &Run, b: &Run) {
    let (a, b) = (a.outcome(), b.outcome());
    assert!(a.ending == b.ending, "{:?} is not {:?}", shown(a), shown(b));
    assert_eq!(a.step, b.step);
    assert_eq!(a.assurance, b.assurance);
    assert_eq!(a.ttl, b.ttl);
    assert_eq!(a.dropped, b.dropped);
    // Where the budget is spent, the order says which questions are left unasked (D39).
    if a.ending == OUT_OF_BUDGET {
        return;
    }
    let asked = |outcome: &Outcome| -> Vec<(Vec<u8>, u16, Step)> {
        let questions = outcome.asked.iter();
        let mut asked: Vec<_> = questions
            .map(|question| {
                (
                    question.name.to_lowercase().as_wire().to_vec(),
                    question.record_type,
                    question.step,
                )
            })
            .collect();
        asked.sort();
        asked
    };
    assert_eq!(asked(a), asked(b));
}

fn shown(outcome: &Outcome) -> (&'static str, Option<&'static str>, Option<Step>) {
    (outcome.ending.as_str(), outcome.ending.code(), outcome.step)
}
