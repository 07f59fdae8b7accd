//! What is wrong with the files that a server loads: data, for a caller to print or to count.

use core::error::Error;
use core::fmt;
use core::ops::Range;
use std::sync::Arc;

use mimi_name::DomainName;
use mimi_rr::{MimiRdataError, MimixRdataError};
use mimi_zonefile::{RdataError, SyntaxError};

/// Something found while loading. Nothing of it keeps the rest from being served.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LoadProblem {
    /// Where it was found; `None` for what concerns all files together.
    pub place: Option<Place>,
    /// What it is.
    pub kind: LoadProblemKind,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Place {
    /// The label that the caller gave to the file.
    pub source: Arc<str>,
    /// The octets concerned.
    pub span: Range<usize>,
    /// The line at which they start, from 1.
    pub line: usize,
    /// The column at which they start, in octets from 1.
    pub column: usize,
}

/// How much a problem costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProblemSeverity {
    /// Everything is served, perhaps not as intended.
    Warning,
    /// Something that the file holds is not served.
    Error,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LoadProblemKind {
    /// An entry could not be read.
    Syntax(SyntaxError),
    /// The RDATA is none of its type.
    Rdata(RdataError),
    /// The generic RDATA of a MIMI record is not well formed.
    Mimi(MimiRdataError),
    /// The generic RDATA of a MIMIX record is not well formed.
    Mimix(MimixRdataError),
    /// The text form of the type is not known; `\#` would do.
    UnknownText {
        /// The RR TYPE code.
        record_type: u16,
    },
    /// A class other than IN.
    Class {
        /// Its number.
        class: u16,
    },
    /// A second SOA, CNAME or DNAME record at a name; the first in octet order is served.
    NotAlone {
        /// The RR TYPE code.
        record_type: u16,
    },
    /// Data beside a CNAME record, which hides it (RFC 1034 §3.6.2).
    BesideAlias {
        /// The RR TYPE code of the data.
        record_type: u16,
    },
    /// NS or DNAME at a wildcard, which has no defined meaning (RFC 4592 §4.2, RFC 6672 §3.3).
    AtWildcard {
        /// The RR TYPE code.
        record_type: u16,
    },
    /// Below a zone cut or a DNAME record, or data at a zone cut that belongs to the child.
    Occluded {
        /// The name of the cut or of the DNAME record.
        by: DomainName,
    },
    /// Records of one RRset have different TTLs; the lowest is served (RFC 2181 §5.2).
    TtlMismatch {
        /// The TTL served, in seconds.
        served: u32,
    },
    /// An RRset that fits no message; questions for it fail.
    RrsetTooLarge {
        /// The octets of its records in a message.
        octets: usize,
    },
    /// A file without SOA record has relative names and no origin: they are read as absolute.
    RootAssumed,
    /// Records outside of every zone are served from a zone that was made up at the root.
    ImpliedZone {
        /// How many records.
        records: usize,
    },
}

impl LoadProblem {
    /// A stable code in kebab case.
    pub fn code(&self) -> &'static str {
        match &self.kind {
            LoadProblemKind::Syntax(error) => error.code(),
            LoadProblemKind::Rdata(error) => error.code(),
            LoadProblemKind::Mimi(error) => error.code(),
            LoadProblemKind::Mimix(error) => error.code(),
            LoadProblemKind::UnknownText { .. } => "unknown-text-form",
            LoadProblemKind::Class { .. } => "class-not-served",
            LoadProblemKind::NotAlone { .. } => "record-not-alone",
            LoadProblemKind::BesideAlias { .. } => "data-beside-cname",
            LoadProblemKind::AtWildcard { .. } => "cut-at-wildcard",
            LoadProblemKind::Occluded { .. } => "occluded",
            LoadProblemKind::TtlMismatch { .. } => "ttl-mismatch",
            LoadProblemKind::RrsetTooLarge { .. } => "rrset-too-large",
            LoadProblemKind::RootAssumed => "root-assumed",
            LoadProblemKind::ImpliedZone { .. } => "implied-zone",
        }
    }

    /// Whether something is not served because of it.
    pub fn severity(&self) -> ProblemSeverity {
        match self.kind {
            LoadProblemKind::TtlMismatch { .. }
            | LoadProblemKind::RootAssumed
            | LoadProblemKind::ImpliedZone { .. } => ProblemSeverity::Warning,
            _ => ProblemSeverity::Error,
        }
    }
}

/// `file:line:column: error[code]: message`, with the label escaped for a terminal.
impl fmt::Display for LoadProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            for octet in place.source.bytes() {
                match octet {
                    b' '..=b'~' => write!(f, "{}", char::from(octet))?,
                    _ => write!(f, "\\{octet:03}")?,
                }
            }
            write!(f, ":{}:{}: ", place.line, place.column)?;
        }
        let severity = match self.severity() {
            ProblemSeverity::Warning => "warning",
            ProblemSeverity::Error => "error",
        };
        write!(f, "{severity}[{}]: {}", self.code(), self.kind)
    }
}

impl fmt::Display for LoadProblemKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax(error) => error.fmt(f),
            Self::Rdata(error) => error.fmt(f),
            Self::Mimi(error) => error.fmt(f),
            Self::Mimix(error) => error.fmt(f),
            Self::UnknownText { record_type } => write!(
                f,
                "expected \\# length hex, found a text form of TYPE{record_type}, which is not known"
            ),
            Self::Class { class } => write!(f, "expected class IN, found CLASS{class}"),
            Self::NotAlone { record_type } => write!(
                f,
                "expected one {} record at the name, found another; the first in octet order is served",
                TypeName(*record_type)
            ),
            Self::BesideAlias { record_type } => write!(
                f,
                "expected nothing beside the CNAME record, found {}, which is not served",
                TypeName(*record_type)
            ),
            Self::AtWildcard { record_type } => write!(
                f,
                "expected no {} record at a wildcard, found one; it is not served",
                TypeName(*record_type)
            ),
            Self::Occluded { by } => write!(
                f,
                "expected data of this zone, found a record hidden by the delegation or DNAME at {by}"
            ),
            Self::TtlMismatch { served } => write!(
                f,
                "expected one TTL in the record set, found several; {served} is served"
            ),
            Self::RrsetTooLarge { octets } => write!(
                f,
                "expected a record set that fits a message, found {octets} octets; questions for it fail"
            ),
            Self::RootAssumed => f.write_str(
                "expected an $ORIGIN or absolute names, found relative ones; they are read as absolute",
            ),
            Self::ImpliedZone { records } => write!(
                f,
                "expected every record in a zone with an SOA record, found {records} outside; a zone is made up for them at the root"
            ),
        }
    }
}

impl Error for LoadProblem {}

/// The mnemonic of the types that problems are about, else `TYPEnnn`.
struct TypeName(u16);

impl fmt::Display for TypeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use crate::record::types;
        match self.0 {
            types::NS => f.write_str("NS"),
            types::CNAME => f.write_str("CNAME"),
            types::SOA => f.write_str("SOA"),
            types::DNAME => f.write_str("DNAME"),
            code => write!(f, "TYPE{code}"),
        }
    }
}
