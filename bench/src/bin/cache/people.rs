//! People, and what the discovery machine finds out about them.

use std::time::Duration;

use mimi_id::Identifier;
use mimi_name::DomainName;
use mimi_resolver::discovery::{
    Action, BogusReason, Channel, Discovery, Failure, OracleFailure, Outcome, Policy, Proof,
    Question, Record, Response,
};
use mimi_rr::{Mimi, Mimix};

use mimi_testkit::network::Dice;

/// Somebody to look for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Person {
    /// Nobody else has this number.
    New(u64),
    /// One of those that are asked for again and again.
    Popular(u64),
}

impl Person {
    /// A MUI, an email address, or a telephone number, in turn.
    pub(crate) fn identifier(self) -> Identifier {
        let (word, number) = match self {
            Self::New(number) => ("new", number),
            Self::Popular(number) => ("popular", number),
        };
        let text = match (number % 3, self) {
            (0, _) => format!("{word}{number}.example"),
            (1, _) => format!("{word}{number}@example.com"),
            (_, Self::New(_)) => format!("+1{number:011}"),
            (_, Self::Popular(_)) => format!("+44{number:010}"),
        };
        Identifier::parse(&text).unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    /// The account label that the person has wherever there is one.
    pub(crate) fn account(self) -> String {
        self.identifier().canonical_key()
    }

    /// Runs the machine on answers with random TTLs; and how long that took in the world.
    pub(crate) fn discover(self, random: &mut Dice) -> (Outcome, Duration) {
        let mut machine = Discovery::new(self.identifier(), Policy::default(), Duration::ZERO);
        let mut now = Duration::ZERO;
        while let Some(action) = machine.poll_action() {
            now += Duration::from_millis(random.below(60));
            match action {
                Action::Ask(id, question) => match self.answer(&question, random) {
                    Ok(response) => machine.handle_response(id, &response, now),
                    Err(failure) => machine.handle_failure(id, failure, now),
                },
                Action::AskOracle(request) => {
                    machine.handle_oracle(request, Err(OracleFailure::Unavailable), now);
                }
                _ => panic!("an action that is not known here"),
            }
        }
        match machine.into_outcome() {
            Ok(outcome) => (outcome, now),
            Err(_) => panic!("the machine waits for nothing"),
        }
    }

    fn answer(self, question: &Question, random: &mut Dice) -> Result<Response, Failure> {
        let ttl = any_ttl(random);
        let owner = &question.name;
        let record_type = question.record_type;
        if question.type_name() == "MIMIX" {
            let target = Mimix::new(name("mimi.provider.example"));
            let record = record(owner, record_type, ttl, target.to_rdata());
            return Ok(response(0, vec![record], vec![]));
        }
        let soa = |random: &mut Dice| {
            let mut rdata = vec![0; 18];
            rdata.extend(any_ttl(random).to_be_bytes());
            record(
                &owner.parent().unwrap_or_else(DomainName::root),
                6,
                ttl,
                rdata,
            )
        };
        match random.below(20) {
            0..3 => Ok(response(3, vec![], vec![soa(random)])),
            3 => Ok(response(0, vec![], vec![soa(random)])),
            4 => Ok(response(2, vec![], vec![])),
            5 => Err(Failure::Timeout),
            6 => Err(Failure::Bogus(BogusReason::SignatureInvalid)),
            _ => {
                let accounts = 1 + random.below(3);
                let records = (0..accounts).map(|service| {
                    let account = self.account();
                    let string = format!(
                        "v=MIMI1; a={account}; e=im{service}.service.example; p={service}; s=service{service}"
                    );
                    let rdata = Mimi::new(string.as_bytes()).map(|mimi| mimi.to_rdata());
                    record(owner, record_type, ttl, rdata.unwrap_or_default())
                });
                Ok(response(0, records.collect(), vec![]))
            }
        }
    }
}

/// Any TTL that can be written; as often one of minutes, which time can catch up with.
fn any_ttl(random: &mut Dice) -> u32 {
    let any = random.next() as u32;
    if random.below(2) == 0 {
        any
    } else {
        any % 1200
    }
}

fn name(text: &str) -> DomainName {
    DomainName::parse_absolute(text).unwrap_or_else(|_| DomainName::root())
}

fn record(owner: &DomainName, record_type: u16, ttl: u32, rdata: Vec<u8>) -> Record {
    Record {
        owner: owner.clone(),
        class: 1,
        record_type,
        ttl,
        rdata,
        proof: Proof::Unchecked,
    }
}

fn response(rcode: u16, answer: Vec<Record>, authority: Vec<Record>) -> Response {
    Response {
        rcode,
        truncated: false,
        answer,
        authority,
        denial: Proof::Unchecked,
        channel: Channel::Plain,
    }
}
