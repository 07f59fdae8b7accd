#![doc = include_str!("../README.md")]
#![no_std]

extern crate alloc;

mod accounts;
mod answer;
mod assurance;
mod bogus;
pub mod limits;
mod lookup;
mod machine;
mod message;
mod oracle;
mod outcome;
mod policy;
mod question;
mod records;
mod selector;
mod targets;
mod trace;

pub use accounts::{Contact, DropReason, Dropped, PriorityGroup};
pub use assurance::{Assurance, Channel, Dnssec, Proof, Via};
pub use bogus::BogusReason;
pub use machine::{Action, Discovery, OracleRequest};
pub use message::{Failure, OracleAnswer, OracleFailure, Record, Response, effective_ttl};
pub use oracle::{DnsEvidence, OraclePermission, oracle_permission};
pub use outcome::{Ending, Outcome, SecurityFailure, TemporaryFailure};
pub use policy::{Policy, Validation};
pub use question::{Question, QuestionId, Step};
pub use records::{RecordFinding, RecordLookup, RecordResult};
pub use selector::{Candidate, Selection, Selector, Unsuitable};
pub use trace::{Trace, TraceEntry, TraceEvent};
