//! When an oracle may be asked: the table of D56 as one total function.
//!
//! The draft's condition is narrow (§5.1.2, *no valid MIMIX record is found*), and a failure is not an absence: else whoever
//! can drop packets sends the user to an oracle.

use core::fmt;

use mimi_id::Kind;

use crate::assurance::{Assurance, Dnssec};

/// What DNS said where it decides: at the MIMIX step for email, at the MIMI step for telephone numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DnsEvidence {
    /// The name does not exist, or has no record of the type (D58).
    Absent,
    /// MIMIX records, none of them valid; or `.` alone (D36).
    NoValidMimix,
    /// The local part cannot become a name below a valid MIMIX target.
    UnmappableBelowMimix,
    /// A valid MIMIX, and no usable MIMI record at the name.
    NoUsableMimiBelowMimix,
    /// MIMI records at the name of a telephone number, none usable.
    NoUsableMimi,
    /// The TXT bridge failed, or holds records of its form that cannot be used (D57).
    BridgeInconclusive,
    /// Any temporary failure.
    TemporaryFailure,
    /// Bogus, or not Secure where that is required.
    SecurityFailure,
    /// Usable accounts.
    Found,
}

/// Whether an oracle may be asked, and if not, why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OraclePermission {
    /// It may.
    Granted,
    /// Only a user who accepts an unproved absence over plain DNS may ask.
    OnlyOnInsecure,
    /// DNS has the answer.
    NotNeeded,
    /// A MUI is resolved by DNS alone (§4.4).
    NeverForMui,
    /// The provider takes part, and the person did not opt in.
    ProviderTakesPart,
    /// DNS could not say whether there is an answer.
    Undecided,
    /// DNS was tampered with, or may have been.
    NeverUntrusted,
}

impl fmt::Display for OraclePermission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Granted => "an oracle may be asked",
            Self::OnlyOnInsecure => {
                "no oracle: the absence is not proved, and came over plain DNS where one forged packet can say it"
            }
            Self::NotNeeded => "no oracle: DNS has the answer",
            Self::NeverForMui => "no oracle: a MUI is resolved by DNS alone",
            Self::ProviderTakesPart => {
                "no oracle: the provider takes part, and this person has not opted in"
            }
            Self::Undecided => "no oracle: DNS could not say whether there is an answer",
            Self::NeverUntrusted => "no oracle: the DNS answer cannot be trusted",
        })
    }
}

/// Whether an oracle may be asked (D56).
///
/// `assurance` is that of the evidence; without one nothing trustworthy was learnt. `on_insecure` is the user's word that an
/// unproved absence over plain DNS will do.
pub fn oracle_permission(
    kind: Kind,
    evidence: DnsEvidence,
    assurance: Option<Assurance>,
    on_insecure: bool,
) -> OraclePermission {
    match (kind, evidence) {
        (_, DnsEvidence::SecurityFailure) => OraclePermission::NeverUntrusted,
        (Kind::Mui, _) => OraclePermission::NeverForMui,
        (_, DnsEvidence::Found) => OraclePermission::NotNeeded,
        (_, DnsEvidence::TemporaryFailure | DnsEvidence::BridgeInconclusive) => {
            OraclePermission::Undecided
        }
        (
            _,
            DnsEvidence::UnmappableBelowMimix
            | DnsEvidence::NoUsableMimiBelowMimix
            | DnsEvidence::NoUsableMimi,
        ) => OraclePermission::ProviderTakesPart,
        (_, DnsEvidence::Absent | DnsEvidence::NoValidMimix) => match assurance {
            None => OraclePermission::Undecided,
            Some(link) if link.dnssec == Dnssec::Secure || link.channel.is_protected() => {
                OraclePermission::Granted
            }
            Some(_) if on_insecure => OraclePermission::Granted,
            Some(_) => OraclePermission::OnlyOnInsecure,
        },
    }
}
