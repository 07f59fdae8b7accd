//! [`RecordLookup`]: the records of one name and type, looked up as the machine looks up its own.
//!
//! For what comes after a discovery, such as the addresses of an endpoint: aliases are followed (D37), an absence is one only where it is
//! said (D58), and the weakest link decides (D55).

use alloc::vec::Vec;
use core::fmt;

use mimi_name::DomainName;

use crate::assurance::{Assurance, Via};
use crate::lookup::{Finding, Lookup, LookupResult, Next};
use crate::message::{Failure, Response};
use crate::outcome::{SecurityFailure, TemporaryFailure};
use crate::question::{Question, Step};

/// A lookup under way. How many questions it may cost is for the caller to count; it is over after at most
/// [`limits::ALIASES`](crate::limits::ALIASES) and one more.
pub struct RecordLookup {
    lookup: Lookup,
    question: Question,
}

/// What a lookup came to.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RecordFinding {
    /// The end of the lookup.
    pub result: RecordResult,
    /// How sure it is; `None` after a failure.
    pub assurance: Option<Assurance>,
    /// Seconds that it may be kept; `None` after a failure.
    pub ttl: Option<u32>,
}

/// The end of a lookup.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum RecordResult {
    /// The RDATA of every record: at least one.
    Records(Vec<Vec<u8>>),
    /// The name does not exist.
    NoSuchName,
    /// The name exists without the type.
    NoData,
    /// Nothing can be said now.
    Temporary(TemporaryFailure),
    /// The answer cannot be trusted.
    Security(SecurityFailure),
}

impl fmt::Debug for RecordResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Records(records) => write!(f, "Records({})", records.len()),
            Self::NoSuchName => f.write_str("NoSuchName"),
            Self::NoData => f.write_str("NoData"),
            Self::Temporary(failure) => failure.fmt(f),
            Self::Security(failure) => failure.fmt(f),
        }
    }
}

impl RecordLookup {
    /// Looks for the records of this type at `name`; with `require_secure`, what is not proved by DNSSEC is a failure.
    pub fn new(name: DomainName, record_type: u16, step: Step, require_secure: bool) -> Self {
        Self {
            lookup: Lookup::new(name.clone(), record_type, Via::Dns, require_secure),
            question: Question {
                name,
                record_type,
                step,
            },
        }
    }

    /// What to ask now.
    pub fn question(&self) -> &Question {
        &self.question
    }

    /// Takes the response to [`question`](Self::question). `None` means that it is another one now, to be asked.
    pub fn handle_response(&mut self, response: &Response) -> Option<RecordFinding> {
        match self.lookup.handle_response(response) {
            Next::Ask(name) => {
                self.question.name = name;
                None
            }
            Next::Done(finding) => Some(finding.into()),
        }
    }

    /// The finding when no response came.
    pub fn handle_failure(&self, failure: Failure) -> RecordFinding {
        self.lookup.handle_failure(failure).into()
    }
}

impl From<Finding> for RecordFinding {
    fn from(finding: Finding) -> Self {
        Self {
            result: match finding.result {
                LookupResult::Records { rdata, .. } => RecordResult::Records(rdata),
                LookupResult::NoSuchName => RecordResult::NoSuchName,
                LookupResult::NoData => RecordResult::NoData,
                LookupResult::Temporary(failure) => RecordResult::Temporary(failure),
                LookupResult::Security(failure) => RecordResult::Security(failure),
            },
            assurance: finding.assurance,
            ttl: finding.ttl,
        }
    }
}
