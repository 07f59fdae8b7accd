//! How a discovery ends: the outcomes of D33, kept apart from one another.

use alloc::vec::Vec;
use core::fmt;
use core::time::Duration;

use mimi_id::{IdentifierError, Kind, Unmappable};

use crate::accounts::{Dropped, PriorityGroup};
use crate::assurance::Assurance;
use crate::bogus::BogusReason;
use crate::question::{Question, Step};
use crate::trace::Trace;

/// Everything that a discovery found out.
///
/// `Debug` shows the shape without the names and accounts, which are personal data.
#[derive(Clone, PartialEq, Eq)]
pub struct Outcome {
    /// What kind of identifier was asked for; for an invalid one, what it looked like (D53).
    pub kind: Kind,
    /// How it ended.
    pub ending: Ending,
    /// The step at which the ending arose; `None` where no step was reached.
    pub step: Option<Step>,
    /// Every question, in the order it was asked.
    pub asked: Vec<Question>,
    /// How many questions it cost in all (D39): those above, and those for keys and proofs where whoever ran the machine validated.
    pub questions: u16,
    /// Records that were not used, and why.
    pub dropped: Vec<Dropped>,
    /// How sure the ending is (D55); `None` where nothing trustworthy was learnt.
    pub assurance: Option<Assurance>,
    /// Seconds that the outcome may be kept: the least of its records, or of the SOA that denied them (RFC 2308 §5).
    pub ttl: Option<u32>,
    /// What happened, in order.
    pub trace: Trace,
}

impl Outcome {
    /// The outcome for text that is no identifier.
    pub fn invalid(error: IdentifierError) -> Self {
        Self {
            kind: error.kind(),
            ending: Ending::Invalid(error),
            step: None,
            asked: Vec::new(),
            questions: 0,
            dropped: Vec::new(),
            assurance: None,
            ttl: None,
            trace: Trace::default(),
        }
    }

    /// This outcome when it is used again after `age`: its TTL is what is left of it, and its trace begins with its age.
    ///
    /// A second that has begun counts: what is left is never too much.
    #[must_use]
    pub fn aged(&self, age: Duration) -> Self {
        let seconds = age.as_secs() + u64::from(age.subsec_nanos() > 0);
        let seconds = u32::try_from(seconds).unwrap_or(u32::MAX);
        Self {
            ttl: self.ttl.map(|ttl| ttl.saturating_sub(seconds)),
            trace: self.trace.aged(age),
            ..self.clone()
        }
    }

    /// The priority groups of a found person, the most wanted first; empty for every other ending.
    pub fn groups(&self) -> &[PriorityGroup] {
        match &self.ending {
            Ending::Found(groups) => groups,
            _ => &[],
        }
    }
}

impl fmt::Debug for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outcome")
            .field("kind", &self.kind)
            .field("ending", &self.ending.as_str())
            .field("code", &self.ending.code())
            .field("step", &self.step)
            .field("asked", &self.asked.len())
            .field("dropped", &self.dropped.len())
            .field("assurance", &self.assurance)
            .finish_non_exhaustive()
    }
}

/// How a discovery ended (D33).
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Ending {
    /// The person can be reached: priority groups, the most wanted first, none of them empty.
    Found(Vec<PriorityGroup>),
    /// The name does not exist.
    NoSuchName,
    /// The name exists and has no record.
    NoMapping,
    /// There are records, and none can be used.
    OnlyUnusable,
    /// The email domain publishes that it takes no part (D36).
    ProviderDeclines,
    /// A legal address that cannot become a name (D43, D45 to D47).
    Unmappable(Unmappable),
    /// Not an identifier.
    Invalid(IdentifierError),
    /// Nothing can be said now.
    TemporaryFailure(TemporaryFailure),
    /// The answer cannot be trusted.
    SecurityFailure(SecurityFailure),
}

impl Ending {
    /// The stable word in machine output.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Found(_) => "found",
            Self::NoSuchName => "no_such_name",
            Self::NoMapping => "no_mapping",
            Self::OnlyUnusable => "only_unusable",
            Self::ProviderDeclines => "provider_declines",
            Self::Unmappable(_) => "unmappable",
            Self::Invalid(_) => "invalid",
            Self::TemporaryFailure(_) => "temporary_failure",
            Self::SecurityFailure(_) => "security_failure",
        }
    }

    /// The stable code that says more, where there is more to say.
    pub fn code(&self) -> Option<&'static str> {
        match self {
            Self::Unmappable(reason) => Some(reason.code()),
            Self::Invalid(error) => Some(error.code()),
            Self::TemporaryFailure(failure) => Some(failure.code()),
            Self::SecurityFailure(failure) => Some(failure.code()),
            _ => None,
        }
    }
}

/// Why nothing can be said now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TemporaryFailure {
    /// No answer in time.
    Timeout,
    /// The network refused.
    Network,
    /// No encrypted channel to the server: its certificate is not valid for it, or it does not speak the protocol. Nothing was asked.
    Tls,
    /// The server says that it failed or refuses: any response code but NOERROR and NXDOMAIN.
    ServerFailure {
        /// The response code.
        rcode: u16,
    },
    /// An answer that neither holds the records nor denies them: a broken delegation (D58).
    Lame,
    /// Aliases that lead in a circle or are too many (D37).
    Loop,
    /// An answer that contradicts itself or is no DNS message.
    Malformed,
    /// Only a part of the answer came (D7).
    Truncated,
    /// The identifier cost more questions than one may (D39). Trying again is of no use.
    Budget,
    /// A DS or DNSKEY could not be fetched (D59).
    Indeterminate,
    /// An oracle that had to be asked gave no answer.
    OracleUnavailable,
}

impl TemporaryFailure {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Timeout => "timeout",
            Self::Network => "network",
            Self::Tls => "tls",
            Self::ServerFailure { .. } => "server-failure",
            Self::Lame => "lame",
            Self::Loop => "loop",
            Self::Malformed => "malformed",
            Self::Truncated => "truncated",
            Self::Budget => "budget",
            Self::Indeterminate => "indeterminate",
            Self::OracleUnavailable => "oracle-unavailable",
        }
    }

    /// Whether the same question may well have another answer a little later.
    pub fn is_worth_a_retry(self) -> bool {
        !matches!(self, Self::Budget | Self::Loop)
    }
}

impl fmt::Display for TemporaryFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Timeout => f.write_str("no answer came in time"),
            Self::Network => f.write_str("the network refused the exchange"),
            Self::Tls => f.write_str(
                "no encrypted channel to the server: its certificate is not valid for it, or it does not speak the protocol",
            ),
            Self::ServerFailure { rcode } => {
                f.write_str("the server answered ")?;
                match rcode_name(*rcode) {
                    Some(name) => f.write_str(name),
                    None => write!(f, "RCODE {rcode}"),
                }
            }
            Self::Lame => f.write_str(
                "the answer neither holds the records nor denies them: the delegation is broken",
            ),
            Self::Loop => {
                f.write_str("the aliases (CNAME, DNAME) lead in a circle or are too many")
            }
            Self::Malformed => f.write_str("the answer contradicts itself or is no DNS message"),
            Self::Truncated => f.write_str("only a part of the answer came"),
            Self::Budget => f.write_str("the identifier costs more questions than one may"),
            Self::Indeterminate => {
                f.write_str("a key of the chain of trust (DS, DNSKEY) could not be fetched")
            }
            Self::OracleUnavailable => f.write_str("the oracle gave no answer"),
        }
    }
}

/// The name of a response code other than NOERROR and NXDOMAIN (RFC 6895 §2.3), where a stub meets it.
fn rcode_name(rcode: u16) -> Option<&'static str> {
    Some(match rcode {
        1 => "FORMERR",
        2 => "SERVFAIL",
        4 => "NOTIMP",
        5 => "REFUSED",
        6 => "YXDOMAIN",
        9 => "NOTAUTH",
        16 => "BADVERS",
        _ => return None,
    })
}

/// Why an answer cannot be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SecurityFailure {
    /// Validation failed: the data is forged, or its signatures are broken.
    Bogus(BogusReason),
    /// The data is not signed, and the user requires that it is (D55).
    NotSecure,
    /// The oracle's proof or signature is wrong.
    ForgedOracle,
}

impl SecurityFailure {
    /// Why validation failed, where it did.
    pub fn bogus_reason(self) -> Option<BogusReason> {
        match self {
            Self::Bogus(reason) => Some(reason),
            _ => None,
        }
    }

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Bogus(_) => "bogus",
            Self::NotSecure => "not-secure",
            Self::ForgedOracle => "forged-oracle",
        }
    }
}

impl fmt::Display for SecurityFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bogus(BogusReason::Unexplained) => f.write_str(
                "the answer fails DNSSEC validation: it is forged, or its signatures are broken",
            ),
            Self::Bogus(reason) => write!(f, "the answer fails DNSSEC validation: {reason}"),
            Self::NotSecure => {
                f.write_str("the answer is not proved by DNSSEC, and you require that")
            }
            Self::ForgedOracle => f.write_str("the oracle's proof does not match its pinned key"),
        }
    }
}
