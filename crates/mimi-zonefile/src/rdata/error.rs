//! What can be wrong with RDATA in presentation form, and where.

use core::error::Error;
use core::fmt;
use core::ops::Range;

use domain::base::scan::{BadSymbol, ScannerError};
use mimi_name::TextError;

use crate::error::Excerpt;
use crate::escape::EscapeError;
use crate::place::Place;
use crate::state::NameError;

/// RDATA whose text does not fit its type. Offsets are octets of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RdataError {
    /// What is wrong.
    pub kind: RdataErrorKind,
    /// Where: the offending token, or an empty span at the end of the RDATA.
    pub span: Range<usize>,
    /// The line and column of `span`.
    pub place: Place,
    /// The octets of `span`.
    pub found: Excerpt,
}

/// What is wrong with RDATA.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RdataErrorKind {
    /// A field is missing.
    MissingField,
    /// A token after the last field.
    TrailingToken,
    /// The text is not a domain name.
    BadName(TextError),
    /// A relative name or `@`, and no origin is known.
    NoOrigin,
    /// A relative name or `@` behind an `$ORIGIN` that could not be read.
    OriginLost {
        /// The line that directive stands in.
        line: usize,
    },
    /// A `\` that starts no escape.
    BadEscape(EscapeError),
    /// A character-string over 255 octets.
    StringTooLong {
        /// Its length in octets.
        length: usize,
    },
    /// Quotes around something that is no character-string.
    Quoted,
    /// Text of a type that has no text form, or that is named by number: only `\# length hex` can be meant (RFC 3597 §5).
    NoTextForm,
    /// `\# length hex` whose octets are not RDATA of the type.
    NotOfType {
        /// The type.
        record_type: u16,
    },
    /// A time of an SOA that is not one, or over 32 bits.
    BadTime,
    /// RDATA over 65,535 octets.
    TooLong,
    /// Not what the type's form asks for.
    Malformed {
        /// In the words of the type's parser.
        reason: &'static str,
    },
}

impl RdataErrorKind {
    /// The stable code, in kebab case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::MissingField => "rdata-missing-field",
            Self::TrailingToken => "rdata-trailing-token",
            Self::BadName(_) => "rdata-bad-name",
            Self::NoOrigin => "rdata-no-origin",
            Self::OriginLost { .. } => "rdata-origin-lost",
            Self::BadEscape(_) => "rdata-bad-escape",
            Self::StringTooLong { .. } => "rdata-string-too-long",
            Self::Quoted => "rdata-quoted",
            Self::NoTextForm => "rdata-no-text-form",
            Self::NotOfType { .. } => "rdata-not-of-type",
            Self::BadTime => "rdata-bad-time",
            Self::TooLong => "rdata-too-long",
            Self::Malformed { .. } => "rdata-malformed",
        }
    }
}

impl RdataError {
    /// The stable code, in kebab case.
    pub fn code(&self) -> &'static str {
        self.kind.as_str()
    }
}

impl fmt::Display for RdataError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let found = &self.found;
        match self.kind {
            RdataErrorKind::MissingField => {
                f.write_str("expected RDATA, or more of it, found the end of the entry")
            }
            RdataErrorKind::TrailingToken => {
                write!(f, "expected the end of the RDATA, found {found}")
            }
            RdataErrorKind::BadName(error) => write!(f, "{error}, in {found}"),
            RdataErrorKind::NoOrigin => write!(
                f,
                "expected an absolute name (with a final dot), found {found}, and no origin is known"
            ),
            RdataErrorKind::OriginLost { line } => write!(
                f,
                "expected an absolute name (with a final dot), found {found}, and the $ORIGIN in line {line} could not be read"
            ),
            RdataErrorKind::BadEscape(error) => write!(f, "{error}, in {found}"),
            RdataErrorKind::StringTooLong { length } => {
                write!(f, "expected a string of at most 255 octets, found {length}")
            }
            RdataErrorKind::Quoted => write!(f, "expected a word without quotes, found {found}"),
            RdataErrorKind::NoTextForm => write!(
                f,
                "expected \\# with a length and hexadecimal digits, as no server reads text here, found {found}"
            ),
            RdataErrorKind::NotOfType { record_type } => write!(
                f,
                "expected octets that are RDATA of type {record_type}, found {found}"
            ),
            RdataErrorKind::BadTime => write!(
                f,
                "expected a time such as 3600 or 1h30m of at most {}, found {found}",
                u32::MAX
            ),
            RdataErrorKind::TooLong => {
                f.write_str("expected RDATA of at most 65535 octets, found more")
            }
            RdataErrorKind::Malformed { reason } if reason.starts_with("expected") => {
                write!(f, "{reason}, found {found}")
            }
            RdataErrorKind::Malformed { reason } => {
                write!(f, "expected RDATA of the type, found {found} ({reason})")
            }
        }
    }
}

impl Error for RdataError {}

/// An error on the way through the parsers of `domain`, which know no places.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FieldError(pub(crate) RdataErrorKind);

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str())
    }
}

impl Error for FieldError {}

impl ScannerError for FieldError {
    fn custom(reason: &'static str) -> Self {
        Self(RdataErrorKind::Malformed { reason })
    }

    fn end_of_entry() -> Self {
        Self(RdataErrorKind::MissingField)
    }

    fn short_buf() -> Self {
        Self(RdataErrorKind::TooLong)
    }

    fn trailing_tokens() -> Self {
        Self(RdataErrorKind::TrailingToken)
    }
}

impl From<BadSymbol> for FieldError {
    fn from(error: BadSymbol) -> Self {
        Self::custom(error.as_str())
    }
}

impl From<EscapeError> for FieldError {
    fn from(error: EscapeError) -> Self {
        Self(RdataErrorKind::BadEscape(error))
    }
}

impl From<NameError> for FieldError {
    fn from(error: NameError) -> Self {
        Self(match error {
            NameError::Text(error) => RdataErrorKind::BadName(error),
            NameError::NoOrigin => RdataErrorKind::NoOrigin,
            NameError::OriginLost { line } => RdataErrorKind::OriginLost { line },
        })
    }
}
