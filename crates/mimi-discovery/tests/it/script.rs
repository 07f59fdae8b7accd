//! A scripted DNS: what it says to each question, and the machine run against it to its end.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use mimi_discovery::{
    Action, Channel, Discovery, Failure, OracleAnswer, OracleFailure, Outcome, Policy, Proof,
    QuestionId, Record, Response,
};
use mimi_id::Identifier;
use mimi_name::DomainName;
use mimi_rr::{Mimi, Mimix, TypeCodes};

pub(crate) const CNAME: u16 = 5;
pub(crate) const SOA: u16 = 6;
pub(crate) const TXT: u16 = 16;
pub(crate) const DNAME: u16 = 39;

pub(crate) fn name(text: &str) -> DomainName {
    DomainName::parse_absolute(text).unwrap()
}

/// A name with room for no more than a few octets.
pub(crate) fn long_name() -> String {
    ["a", "b", "c", "d"]
        .map(|letter| letter.repeat(60))
        .join(".")
}

/// One record of a scripted answer, not validated.
pub(crate) fn record(owner: &str, record_type: u16, rdata: &[u8]) -> Record {
    Record {
        owner: name(owner),
        class: 1,
        record_type,
        ttl: 3600,
        rdata: rdata.to_vec(),
        proof: Proof::Unchecked,
    }
}

pub(crate) fn mimi(owner: &str, definition_string: &str) -> Record {
    let rdata = Mimi::new(definition_string.as_bytes()).unwrap().to_rdata();
    record(owner, TypeCodes::DEFAULT.mimi(), &rdata)
}

pub(crate) fn mimix(owner: &str, target: &str) -> Record {
    let rdata = Mimix::new(name(target)).to_rdata();
    record(owner, TypeCodes::DEFAULT.mimix(), &rdata)
}

pub(crate) fn txt(owner: &str, text: &str) -> Record {
    record(owner, TXT, &Mimi::new(text.as_bytes()).unwrap().to_rdata())
}

pub(crate) fn cname(owner: &str, target: &str) -> Record {
    record(owner, CNAME, name(target).as_wire())
}

pub(crate) fn dname(owner: &str, target: &str) -> Record {
    record(owner, DNAME, name(target).as_wire())
}

fn soa(zone: &str) -> Record {
    let mut rdata = [name("ns.invalid").as_wire(), name("host.invalid").as_wire()].concat();
    for number in [1u32, 7200, 900, 1_209_600, 300] {
        rdata.extend(number.to_be_bytes());
    }
    record(zone, SOA, &rdata)
}

/// NOERROR with these records.
pub(crate) fn answer(records: impl IntoIterator<Item = Record>) -> Response {
    Response {
        rcode: 0,
        truncated: false,
        answer: records.into_iter().collect(),
        authority: Vec::new(),
        denial: Proof::Unchecked,
        channel: Channel::Plain,
    }
}

/// NXDOMAIN, denied by the SOA of `zone`.
pub(crate) fn no_such_name(zone: &str) -> Response {
    Response {
        rcode: 3,
        authority: vec![soa(zone)],
        ..answer([])
    }
}

/// NOERROR without the type, denied by the SOA of `zone`.
pub(crate) fn no_data(zone: &str) -> Response {
    Response {
        authority: vec![soa(zone)],
        ..answer([])
    }
}

pub(crate) fn rcode(rcode: u16) -> Response {
    Response {
        rcode,
        ..answer([])
    }
}

/// The same response, with everything in it validated as `proof`.
pub(crate) fn proved(mut response: Response, proof: Proof) -> Response {
    for record in response.answer.iter_mut().chain(&mut response.authority) {
        record.proof = proof;
    }
    response.denial = proof;
    response
}

pub(crate) fn over(channel: Channel, response: Response) -> Response {
    Response {
        channel,
        ..response
    }
}

/// What a scripted DNS says: to each question, written as `Question` displays it, one response or failure.
#[derive(Clone, Debug, Default)]
pub(crate) struct Script {
    says: BTreeMap<String, Result<Response, Failure>>,
    oracles: Vec<Result<OracleAnswer, OracleFailure>>,
    /// What becomes of other questions; without it they are a mistake of the test.
    otherwise: Option<Failure>,
    pub(crate) policy: Policy,
}

impl Script {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    pub(crate) fn says(mut self, question: &str, response: Response) -> Self {
        self.says.insert(question.to_owned(), Ok(response));
        self
    }

    pub(crate) fn fails(mut self, question: &str, failure: Failure) -> Self {
        self.says.insert(question.to_owned(), Err(failure));
        self
    }

    pub(crate) fn otherwise_fails(mut self, failure: Failure) -> Self {
        self.otherwise = Some(failure);
        self
    }

    /// One more oracle in the user's list, and what it says.
    pub(crate) fn oracle(mut self, answer: Result<&[&str], OracleFailure>) -> Self {
        self.oracles.push(answer.map(|strings| OracleAnswer {
            definition_strings: strings.iter().map(|s| s.as_bytes().to_vec()).collect(),
            ttl: 60,
        }));
        self.policy.oracles = self.oracles.len();
        self
    }

    pub(crate) fn policy(mut self, change: impl FnOnce(&mut Policy)) -> Self {
        change(&mut self.policy);
        self
    }

    /// Runs the machine; a question that the script does not know is a test that is wrong.
    pub(crate) fn discover(&self, identifier: &str) -> Ended {
        self.discover_in_order(identifier, |_| 0)
    }

    /// Runs the machine, with `pick` choosing which of the awaited answers comes next.
    pub(crate) fn discover_in_order(
        &self,
        identifier: &str,
        mut pick: impl FnMut(usize) -> usize,
    ) -> Ended {
        let identifier = Identifier::parse(identifier).unwrap();
        let mut machine = Discovery::new(identifier, self.policy.clone(), Duration::ZERO);
        let mut now = Duration::ZERO;
        let mut awaited: VecDeque<(QuestionId, String)> = VecDeque::new();
        let mut asked = Vec::new();
        let mut oracles_asked = 0;
        loop {
            now += Duration::from_millis(10);
            while let Some(action) = machine.poll_action() {
                match action {
                    Action::Ask(id, question) => {
                        asked.push(question.to_string());
                        awaited.push_back((id, question.to_string()));
                    }
                    Action::AskOracle(request) => {
                        oracles_asked += 1;
                        let answer = self.oracles[request.index].clone();
                        machine.handle_oracle(request, answer, now);
                    }
                    _ => unreachable!("an action that the script does not know"),
                }
            }
            machine = match machine.into_outcome() {
                Ok(outcome) => {
                    return Ended {
                        outcome,
                        asked,
                        oracles_asked,
                    };
                }
                Err(machine) => *machine,
            };
            if awaited.is_empty() {
                // Every question is answered, or its answer was left out on purpose.
                now = machine.poll_timeout().unwrap();
                machine.handle_timeout(now);
                continue;
            }
            let place = pick(awaited.len());
            let (id, question) = awaited.remove(place).unwrap();
            match (self.says.get(&question), self.otherwise) {
                (Some(Ok(response)), _) => machine.handle_response(id, response, now),
                (Some(Err(failure)), _) => machine.handle_failure(id, *failure, now),
                (None, Some(failure)) => machine.handle_failure(id, failure, now),
                (None, None) => panic!("the script has no answer to {question}"),
            }
        }
    }
}

/// How a scripted discovery ended.
pub(crate) struct Ended {
    pub(crate) outcome: Outcome,
    pub(crate) asked: Vec<String>,
    pub(crate) oracles_asked: usize,
}

impl Ended {
    /// The outcome's word, its code where it has one, and its step: `temporary_failure timeout @mimi`.
    pub(crate) fn summary(&self) -> String {
        let ending = &self.outcome.ending;
        let code = ending
            .code()
            .map(|code| format!(" {code}"))
            .unwrap_or_default();
        let step = self
            .outcome
            .step
            .map(|step| format!(" @{step}"))
            .unwrap_or_default();
        format!("{}{code}{step}", ending.as_str())
    }

    /// Each group as `priority: account@endpoint, …`.
    pub(crate) fn groups(&self) -> Vec<String> {
        let priority = |priority: Option<u32>| priority.map_or("-".to_owned(), |p| p.to_string());
        let groups = self.outcome.groups().iter().map(|group| {
            let contacts: Vec<String> = group
                .contacts
                .iter()
                .map(|contact| format!("{}@{}", contact.mssi.mssa(), contact.mssi.mse()))
                .collect();
            format!("{}: {}", priority(group.priority), contacts.join(", "))
        });
        groups.collect()
    }

    /// The code of each dropped record.
    pub(crate) fn dropped(&self) -> Vec<&'static str> {
        let codes = self
            .outcome
            .dropped
            .iter()
            .map(|dropped| dropped.reason.code());
        codes.collect()
    }
}
