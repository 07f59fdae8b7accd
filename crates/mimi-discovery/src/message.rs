//! What comes back to the machine: DNS responses and failures, oracle answers and failures.

use alloc::vec::Vec;
use core::fmt;

use mimi_name::DomainName;

use crate::assurance::{Channel, Proof};
use crate::bogus::BogusReason;

/// One resource record of a response.
#[derive(Clone, PartialEq, Eq)]
pub struct Record {
    /// The owner name.
    pub owner: DomainName,
    /// The class code; the machine looks at IN (1) only (D5).
    pub class: u16,
    /// The type code.
    pub record_type: u16,
    /// Seconds that the record may be kept.
    pub ttl: u32,
    /// RDATA octets, names inside them uncompressed.
    pub rdata: Vec<u8>,
    /// What validation says of the record's RRset.
    pub proof: Proof,
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Record")
            .field("record_type", &self.record_type)
            .field("ttl", &self.ttl)
            .field("rdata_octets", &self.rdata.len())
            .field("proof", &self.proof)
            .finish_non_exhaustive()
    }
}

/// A TTL as RFC 2181 §8 reads it: one with its highest bit set is 0.
pub fn effective_ttl(ttl: u32) -> u32 {
    i32::try_from(ttl).map_or(0, |_| ttl)
}

/// A response to one question, already matched to it by ID, question section and sender.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The response code (RFC 1035 §4.1.1, RFC 6895 §2.3), extended bits included.
    pub rcode: u16,
    /// Whether the response was cut short. It is then not used (D7): ask again over TCP first.
    pub truncated: bool,
    /// The answer section.
    pub answer: Vec<Record>,
    /// The authority section.
    pub authority: Vec<Record>,
    /// What validation says of the absence, where the response says that something is not there.
    pub denial: Proof,
    /// How the response travelled.
    pub channel: Channel,
}

/// Why no response came, when all sendings of a question are spent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Failure {
    /// Nothing came in time.
    Timeout,
    /// The network refused: no route, connection closed.
    Network,
    /// No encrypted channel: the server's certificate is not valid for it, or it does not speak the protocol.
    Tls,
    /// Only truncated responses came, over TCP too.
    Truncated,
    /// A response came that is not a DNS message or does not answer the question.
    Malformed,
    /// Validation found a forged or broken chain of trust.
    Bogus(BogusReason),
    /// Validation could not fetch what it needs (D59).
    Indeterminate,
    /// The question was not sent, since whoever runs the machine had spent its own budget (D39).
    Budget,
}

/// What an oracle says of an identifier: the definition strings it holds, none when it knows nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OracleAnswer {
    /// Definition strings in the grammar of §4.3.
    pub definition_strings: Vec<Vec<u8>>,
    /// For how many seconds they are true. 0: for this use only.
    pub ttl: u32,
}

/// Why an oracle gave no answer. All but the last two come to *temporary failure*; `Display` says why for a trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OracleFailure {
    /// Nothing came in time.
    Timeout,
    /// The network or the oracle refused.
    Unavailable,
    /// There is no encrypted channel to it.
    Tls,
    /// It wants to be asked less often.
    QuotaExceeded,
    /// What answers there does not speak as an oracle does.
    Malformed,
    /// It has nothing for this time: its clock or the one here may be wrong.
    WrongTime,
    /// It has other keys than the pinned one.
    OtherKeys,
    /// The oracle's proof or signature does not verify against its pinned key.
    Forged,
}

impl OracleFailure {
    /// Whether somebody says what the holder of the pinned key did not say.
    pub const fn is_forgery(self) -> bool {
        matches!(self, Self::OtherKeys | Self::Forged)
    }
}

impl fmt::Display for OracleFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Timeout => "no answer in time",
            Self::Unavailable => "the network or the oracle refused",
            Self::Tls => {
                "no encrypted channel: its certificate is not valid, or nobody speaks TLS there"
            }
            Self::QuotaExceeded => "asked too often",
            Self::Malformed => "what answers there does not speak as an oracle does",
            Self::WrongTime => "nothing for this time: its clock or the one here is wrong",
            Self::OtherKeys => "it has other keys than the pinned one",
            Self::Forged => "its proof or signature does not match the pinned key",
        })
    }
}
