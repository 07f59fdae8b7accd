//! Answers made of octets: mostly such as a server gives, so that conversations go on.

use mimi_discovery::{
    BogusReason, Channel, Failure, OracleAnswer, OracleFailure, Proof, Question, Record, Response,
};
use mimi_name::DomainName;
use mimi_rr::Mimi;

use crate::octets::Octets;

const CNAME: u16 = 5;
const SOA: u16 = 6;
const TXT: u16 = 16;
const DNAME: u16 = 39;
const RRSIG: u16 = 46;

const NAMES: [&str; 6] = [
    "example.com",
    "a.example",
    "b.example",
    "c.example",
    "d.example",
    ".",
];

const DEFINITION_STRINGS: [&[u8]; 8] = [
    b"v=MIMI1; a=bob; e=m.example",
    b"v=MIMI1; a=bob; e=m.example; p=1",
    b"v=MIMI1; a=eve; e=m.example; p=1; s=x",
    b"v=MIMI1; a=bob",
    b"v=MIMI2; x",
    b"v=MIMIX1; d=b.example",
    b"v=MIMIX1; d=.",
    b"v=spf1 -all",
];

/// An answer that fits any question.
pub(super) enum Answer {
    Failure(Failure),
    Response {
        rcode: u16,
        truncated: bool,
        channel: Channel,
        proof: Proof,
        answer: Vec<Template>,
        denied: bool,
    },
}

/// A record whose names may be those of the question.
pub(super) struct Template {
    owner: Name,
    class: u16,
    data: Data,
    ttl: u32,
    proof: Proof,
}

#[derive(Clone)]
enum Name {
    Asked,
    Above,
    /// One label below the name asked for: aliases that never end.
    Below,
    Fixed(DomainName),
}

enum Data {
    /// RDATA of the type asked for.
    Mimi(Vec<u8>),
    Octets(Vec<u8>),
    Targets(Name),
    Txt(Vec<u8>),
    Cname(Name),
    Dname(Name),
    Rrsig(u8),
}

impl Name {
    fn read(octets: &mut Octets<'_>) -> Self {
        match octets.below(9) {
            0 => Self::Asked,
            1 => Self::Above,
            2 => Self::Below,
            index => Self::Fixed(DomainName::parse_absolute(NAMES[index - 3]).unwrap()),
        }
    }

    fn of(&self, question: &Question) -> DomainName {
        let asked = &question.name;
        match self {
            Self::Asked => asked.clone(),
            Self::Above => asked.parent().unwrap_or_else(DomainName::root),
            Self::Below => asked.prepend(b"x").unwrap_or_else(|_| asked.clone()),
            Self::Fixed(name) => name.clone(),
        }
    }
}

impl Answer {
    pub(super) fn read(octets: &mut Octets<'_>) -> Self {
        let shape = octets.next();
        if shape & 0xF0 == 0xF0 {
            return Self::Failure(octets.choose(&[
                Failure::Timeout,
                Failure::Network,
                Failure::Truncated,
                Failure::Malformed,
                Failure::Bogus(BogusReason::Unexplained),
                Failure::Indeterminate,
                Failure::Budget,
            ]));
        }
        let proof = octets.choose(&[
            Proof::Unchecked,
            Proof::Secure,
            Proof::Insecure,
            Proof::Bogus,
            Proof::Indeterminate,
        ]);
        Self::Response {
            rcode: match shape & 7 {
                0..=4 => 0,
                5 | 6 => 3,
                _ => u16::from(octets.next()),
            },
            truncated: shape & 0x78 == 0x78,
            channel: octets.choose(&[
                Channel::Plain,
                Channel::Tls,
                Channel::Loopback,
                Channel::Https,
            ]),
            proof,
            answer: (0..octets.below(6))
                .map(|_| Template::read(octets, proof))
                .collect(),
            denied: shape & 0x80 != 0,
        }
    }

    pub(super) fn to(&self, question: &Question) -> Result<Response, Failure> {
        match self {
            Self::Failure(failure) => Err(*failure),
            Self::Response {
                rcode,
                truncated,
                channel,
                proof,
                answer,
                denied,
            } => Ok(Response {
                rcode: *rcode,
                truncated: *truncated,
                answer: answer
                    .iter()
                    .map(|template| template.to(question))
                    .collect(),
                authority: denied.then(|| soa(*proof)).into_iter().collect(),
                denial: *proof,
                channel: *channel,
            }),
        }
    }
}

impl Template {
    fn read(octets: &mut Octets<'_>, proof: Proof) -> Self {
        let shape = octets.next();
        Self {
            // Most records are for the name asked for, of class IN, and of the response's proof.
            owner: if shape & 3 == 3 {
                Name::read(octets)
            } else {
                Name::Asked
            },
            class: if shape & 0x1C == 0x1C { 3 } else { 1 },
            proof: if shape & 0xE0 == 0xE0 {
                octets.choose(&[Proof::Unchecked, Proof::Secure, Proof::Bogus])
            } else {
                proof
            },
            data: match octets.below(10) {
                0 | 1 => Data::Mimi(octets.choose(&DEFINITION_STRINGS).to_vec()),
                2 => Data::Mimi(octets.take().to_vec()),
                3 => Data::Octets(octets.take().to_vec()),
                4 | 5 => Data::Targets(Name::read(octets)),
                6 => Data::Txt(octets.choose(&DEFINITION_STRINGS).to_vec()),
                7 => Data::Cname(Name::read(octets)),
                8 => Data::Dname(Name::read(octets)),
                _ => Data::Rrsig(octets.next()),
            },
            ttl: u32::from(octets.next()),
        }
    }

    fn to(&self, question: &Question) -> Record {
        let wire = |name: &Name| name.of(question).as_wire().to_vec();
        let text = |text: &[u8]| Mimi::new(text).unwrap().to_rdata();
        let (record_type, rdata) = match &self.data {
            Data::Mimi(string) => (question.record_type, text(string)),
            Data::Octets(octets) => (question.record_type, octets.clone()),
            Data::Targets(name) => (question.record_type, wire(name)),
            Data::Txt(string) => (TXT, text(string)),
            Data::Cname(name) => (CNAME, wire(name)),
            Data::Dname(name) => (DNAME, wire(name)),
            Data::Rrsig(labels) => {
                let [high, low] = question.record_type.to_be_bytes();
                (RRSIG, vec![high, low, 13, *labels])
            }
        };
        Record {
            owner: self.owner.of(question),
            class: self.class,
            record_type,
            ttl: self.ttl,
            rdata,
            proof: self.proof,
        }
    }
}

/// A denial of everything (RFC 2308 §2).
fn soa(proof: Proof) -> Record {
    Record {
        owner: DomainName::root(),
        class: 1,
        record_type: SOA,
        ttl: 60,
        rdata: vec![0; 22],
        proof,
    }
}

/// What validation says of any part of a response.
pub(super) fn proofs(response: &Response) -> impl Iterator<Item = Proof> {
    let records = response.answer.iter().chain(&response.authority);
    records.map(|record| record.proof).chain([response.denial])
}

pub(super) fn read_oracle(octets: &mut Octets<'_>) -> Result<OracleAnswer, OracleFailure> {
    match octets.below(6) {
        0 => Err(OracleFailure::Timeout),
        1 => Err(OracleFailure::Unavailable),
        2 => Err(OracleFailure::Forged),
        3 => Ok(OracleAnswer::default()),
        4 => Ok(OracleAnswer {
            definition_strings: vec![octets.choose(&DEFINITION_STRINGS).to_vec()],
            ttl: 60,
        }),
        _ => Ok(OracleAnswer {
            definition_strings: (0..octets.below(4))
                .map(|_| octets.take().to_vec())
                .collect(),
            ttl: 0,
        }),
    }
}
