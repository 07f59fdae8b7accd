//! RDATA as the zone commands handle it: MIMI and MIMIX typed, other types as octets or as the text that nobody here knows.

use mimi_mssi::{Severity, Verdict};
use mimi_rr::{Mimi, Mimix, TypeCodes};
use mimi_zonefile::{RdataError, Record};

use crate::zone::problem::Problem;

/// What a record holds.
pub(crate) enum Data {
    /// A MIMI record; its definition string may be anything.
    Mimi(Mimi),
    /// A MIMIX record.
    Mimix(Mimix),
    /// RDATA of another type, or what claims to be MIMI or MIMIX RDATA and is not.
    Octets(Vec<u8>),
    /// Text of a type whose form is not known here.
    Text,
}

impl Data {
    /// Reads the RDATA of a record.
    ///
    /// Text that stands for no octets is an error. Octets of our types always pass, as a server would pass them on.
    pub(crate) fn read(record: &Record<'_>, codes: TypeCodes) -> Result<Self, RdataError> {
        let Some(octets) = record.rdata_wire()? else {
            return Ok(Self::Text);
        };
        let typed = match codes.mnemonic(record.record_type) {
            Some("MIMI") => Mimi::from_rdata(&octets).ok().map(Self::Mimi),
            Some(_) => Mimix::from_rdata(&octets).ok().map(Self::Mimix),
            None => None,
        };
        Ok(typed.unwrap_or(Self::Octets(octets)))
    }

    /// The RDATA octets, where they are known.
    pub(crate) fn octets(&self) -> Option<&[u8]> {
        match self {
            Self::Mimi(mimi) => Some(mimi.as_rdata()),
            Self::Mimix(mimix) => Some(mimix.as_rdata()),
            Self::Octets(octets) => Some(octets),
            Self::Text => None,
        }
    }

    /// Why resolvers will not use the record, if it is a MIMI or MIMIX record and they will not.
    pub(crate) fn warning(&self, record: &Record<'_>, codes: TypeCodes) -> Option<Problem> {
        let warning =
            |code, message| Some(Problem::warning(code, message, record.rdata_text().span()));
        match (self, codes.mnemonic(record.record_type)) {
            (Self::Mimi(mimi), _) => not_usable(mimi, record),
            (Self::Octets(octets), Some("MIMI")) => {
                let error = Mimi::from_rdata(octets).err()?;
                warning(error.code(), error.to_string())
            }
            (Self::Octets(octets), Some(_)) => {
                let error = Mimix::from_rdata(octets).err()?;
                warning(error.code(), error.to_string())
            }
            _ => None,
        }
    }
}

fn not_usable(mimi: &Mimi, record: &Record<'_>) -> Option<Problem> {
    let definition = mimi.definition_string();
    let judgement = mimi_mssi::parse(&definition);
    let diagnostics = judgement.diagnostics();
    let reason = diagnostics
        .iter()
        .find(|diagnostic| diagnostic.severity() == Severity::Error)?;
    let message = match judgement.verdict() {
        Verdict::Rejected => format!("resolvers reject this record: {reason}"),
        Verdict::Ignored => format!("resolvers ignore this record: {reason}"),
        Verdict::Usable => return None,
    };
    let span = record.rdata_text().span();
    let problem = Problem::warning(reason.code().as_str(), message, span);
    Some(match reason.help() {
        Some(help) => problem.with_help(help),
        None => problem,
    })
}
