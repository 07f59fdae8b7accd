//! RDATA as the zone commands handle it: MIMI and MIMIX typed, other types as octets or as the text that nobody here knows.

use core::ops::Range;

use mimi_mssi::{Severity, Verdict};
use mimi_name::TextErrorKind;
use mimi_rr::{Mimi, MimiRdataError, Mimix, MimixTextError, TypeCodes};
use mimi_zonefile::{Rdata, RdataText, Record};

use crate::zone::problem::Problem;

/// What a record holds.
pub(crate) enum Data<'a> {
    /// A MIMI record; its definition string may be anything.
    Mimi(Mimi),
    /// A MIMIX record.
    Mimix(Mimix),
    /// RDATA of another type, or what claims to be MIMI or MIMIX RDATA and is not.
    Octets(Vec<u8>),
    /// Text of a type whose form is not known here.
    Text(RdataText<'a>),
}

impl<'a> Data<'a> {
    /// Reads the RDATA of a record.
    ///
    /// Text that stands for no octets is an error. Octets always pass, as a server would pass them on.
    pub(crate) fn read(record: &Record<'a>, codes: TypeCodes) -> Result<Self, Problem> {
        match (&record.rdata, codes.mnemonic(record.record_type)) {
            (Rdata::Text(text), Some("MIMI")) => mimi(record, text).map(Self::Mimi),
            (Rdata::Text(text), Some(_)) => mimix(record, text).map(Self::Mimix),
            (Rdata::Generic(generic), Some(mnemonic)) => {
                let octets = generic.to_vec();
                let data = match mnemonic {
                    "MIMI" => Mimi::from_rdata(&octets).ok().map(Self::Mimi),
                    _ => Mimix::from_rdata(&octets).ok().map(Self::Mimix),
                };
                Ok(data.unwrap_or(Self::Octets(octets)))
            }
            (Rdata::Generic(generic), None) => Ok(Self::Octets(generic.to_vec())),
            (Rdata::Text(text), None) => match record.rdata_wire()? {
                Some(octets) => Ok(Self::Octets(octets)),
                None => Ok(Self::Text(text.clone())),
            },
        }
    }

    /// The RDATA octets, where they are known.
    pub(crate) fn octets(&self) -> Option<&[u8]> {
        match self {
            Self::Mimi(mimi) => Some(mimi.as_rdata()),
            Self::Mimix(mimix) => Some(mimix.as_rdata()),
            Self::Octets(octets) => Some(octets),
            Self::Text(_) => None,
        }
    }

    /// Why resolvers will not use the record, if it is a MIMI or MIMIX record and they will not.
    pub(crate) fn warning(&self, record: &Record<'_>, codes: TypeCodes) -> Option<Problem> {
        let span = rdata_span(record);
        match (self, codes.mnemonic(record.record_type)) {
            (Self::Mimi(mimi), _) => not_usable(mimi, span),
            (Self::Octets(octets), Some("MIMI")) => {
                let error = Mimi::from_rdata(octets).err()?;
                Some(Problem::warning(error.code(), error.to_string(), span))
            }
            (Self::Octets(octets), Some(_)) => {
                let error = Mimix::from_rdata(octets).err()?;
                Some(Problem::warning(error.code(), error.to_string(), span))
            }
            _ => None,
        }
    }
}

/// Where the RDATA stands.
pub(crate) fn rdata_span(record: &Record<'_>) -> Range<usize> {
    match &record.rdata {
        Rdata::Generic(generic) => generic.text().span(),
        Rdata::Text(text) => text.span(),
    }
}

fn not_usable(mimi: &Mimi, span: Range<usize>) -> Option<Problem> {
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
    let problem = Problem::warning(reason.code().as_str(), message, span);
    Some(match reason.help() {
        Some(help) => problem.with_help(help),
        None => problem,
    })
}

fn mimi(record: &Record<'_>, text: &RdataText<'_>) -> Result<Mimi, Problem> {
    let mut strings = Vec::new();
    for token in text.tokens() {
        let string = token
            .unescape()
            .map_err(|error| Problem::error(error.code(), error.to_string(), token.span.clone()))?;
        strings.push(string);
    }
    Mimi::from_strings(&strings).map_err(|error| {
        let span = match error {
            MimiRdataError::StringTooLong { index, .. } => {
                text.tokens().nth(index).map(|token| token.span)
            }
            MimiRdataError::Empty => Some(record.type_span.clone()),
            _ => None,
        };
        let span = span.unwrap_or_else(|| text.span());
        Problem::error(error.code(), error.to_string(), span)
    })
}

fn mimix(record: &Record<'_>, text: &RdataText<'_>) -> Result<Mimix, Problem> {
    let mut tokens = text.tokens();
    let Some(target) = tokens.next() else {
        let message = "expected a domain name, found the end of the entry".to_owned();
        let span = record.type_span.clone();
        return Err(Problem::error("rdata-missing-field", message, span));
    };
    if let Some(token) = tokens.next() {
        let message = "expected nothing after the target, found more".to_owned();
        return Err(Problem::error("text-after-name", message, token.span));
    }
    Mimix::from_text(target.raw, record.origin()).map_err(|error| {
        let problem = Problem::error(error.code(), error.to_string(), target.span.clone());
        match error {
            MimixTextError::Name { error, .. }
                if error.kind() == TextErrorKind::RelativeWithoutOrigin =>
            {
                problem.about_origin()
            }
            _ => problem,
        }
    })
}
