//! What can be wrong with a `$GENERATE`, and where.

use core::error::Error;
use core::{fmt, ops};

use super::range::MAX_NUMBER;
use super::template::MAX_WIDTH;
use super::{MAX_GENERATED, MAX_GENERATED_IN_FILE, MAX_GENERATED_OCTETS};
use crate::error::Excerpt;

/// A range or template that cannot be expanded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GenerateError {
    /// What is wrong.
    pub(crate) kind: GenerateErrorKind,
    /// Where, in octets of the text that was parsed.
    pub(crate) span: ops::Range<usize>,
    /// The octets of `span`.
    pub(crate) found: Excerpt,
}

/// What is wrong with a `$GENERATE`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum GenerateErrorKind {
    /// Not `start-stop` or `start-stop/step` in decimal digits.
    BadRange,
    /// A number of the range over 2^31 - 1.
    NumberTooLarge,
    /// A range that ends below its start.
    RangeReversed {
        /// The number written first.
        start: u32,
        /// The number written second.
        stop: u32,
    },
    /// A step of 0.
    ZeroStep,
    /// A range of more than [`MAX_GENERATED`] records.
    TooManyRecords {
        /// How many it would make.
        records: u32,
    },
    /// More than [`MAX_GENERATED_IN_FILE`] records of all directives of a file, or more than [`MAX_GENERATED_OCTETS`] of text.
    TooManyInFile,
    /// Other than a range, an owner, what stands between owner and RDATA, and one word of RDATA.
    Incomplete,
    /// RDATA of several words that are not in quotes together: BIND refuses them.
    SeveralWords,
    /// Quotation marks around anything but RDATA.
    Quoted,
    /// `${` without its `}`.
    UnclosedModifier,
    /// `${…}` whose offset is not a number of 32 bits, with a sign or without.
    BadOffset,
    /// `${…}` whose width is not a number of 0 to 127.
    BadWidth,
    /// `${…}` whose base is none of `d`, `o`, `x`, `X`, `n`, `N`.
    BadBase,
    /// `${…}` with more than offset, width and base.
    TrailingModifier,
    /// The last number of the range and an offset come to more than 2^31 - 1.
    ValueTooLarge {
        /// What they come to.
        value: i64,
    },
    /// A bare `$` behind a `${…}` with an offset: BIND adds that offset to it, other readers do not.
    OffsetKept {
        /// The offset.
        offset: i32,
    },
    /// A comment in what RDATA between quotes expands to: BIND leaves out what follows without a word.
    Comment,
    /// A line feed, which would end the record.
    LineFeed,
    /// An owner or RDATA whose expanded text is too long.
    TooLong {
        /// How many octets it may have.
        most: usize,
    },
}

impl GenerateErrorKind {
    /// The stable code, in kebab case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BadRange => "generate-bad-range",
            Self::NumberTooLarge => "generate-number-too-large",
            Self::RangeReversed { .. } => "generate-range-reversed",
            Self::ZeroStep => "generate-zero-step",
            Self::TooManyRecords { .. } => "generate-too-many-records",
            Self::TooManyInFile => "generate-too-many-in-file",
            Self::Incomplete => "generate-incomplete",
            Self::SeveralWords => "generate-several-words",
            Self::Quoted => "generate-quoted",
            Self::UnclosedModifier => "generate-unclosed-modifier",
            Self::BadOffset => "generate-bad-offset",
            Self::BadWidth => "generate-bad-width",
            Self::BadBase => "generate-bad-base",
            Self::TrailingModifier => "generate-trailing-modifier",
            Self::ValueTooLarge { .. } => "generate-value-too-large",
            Self::OffsetKept { .. } => "generate-offset-kept",
            Self::Comment => "generate-comment",
            Self::LineFeed => "generate-line-feed",
            Self::TooLong { .. } => "generate-too-long",
        }
    }

    /// Writes the message, with the octets the error stands at.
    pub(crate) fn describe(self, found: &Excerpt, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadRange => {
                write!(f, "expected a range such as 1-20 or 1-20/2, found {found}")
            }
            Self::NumberTooLarge => {
                write!(
                    f,
                    "expected a number of at most {MAX_NUMBER}, found {found}"
                )
            }
            Self::RangeReversed { start, stop } => {
                write!(
                    f,
                    "expected a range that ends at {start} or above, found {stop}"
                )
            }
            Self::ZeroStep => write!(f, "expected a step of at least 1, found {found}"),
            Self::TooManyRecords { records } => write!(
                f,
                "expected a range of at most {MAX_GENERATED} records, found {records}"
            ),
            Self::TooManyInFile => write!(
                f,
                "expected at most {MAX_GENERATED_IN_FILE} generated records in a file, of at most {MAX_GENERATED_OCTETS} octets, found more"
            ),
            Self::Incomplete => f.write_str(
                "expected a range, an owner, a type and one word of RDATA, found fewer words",
            ),
            Self::SeveralWords => {
                f.write_str("expected RDATA of one word, found several: put quotation marks around them all")
            }
            Self::Quoted => write!(f, "expected text without quotation marks, found {found}"),
            Self::UnclosedModifier => {
                write!(f, "expected a closing brace behind ${{, found {found}")
            }
            Self::BadOffset => write!(
                f,
                "expected an offset of {} to {} behind ${{, found {found}",
                i32::MIN,
                i32::MAX
            ),
            Self::BadWidth => write!(f, "expected a width of 0 to {MAX_WIDTH}, found {found}"),
            Self::BadBase => write!(f, "expected the base d, o, x, X, n or N, found {found}"),
            Self::TrailingModifier => {
                write!(f, "expected a closing brace behind the base, found {found}")
            }
            Self::ValueTooLarge { value } => write!(
                f,
                "expected at most {MAX_NUMBER} as the sum of range and offset, found {value}"
            ),
            Self::OffsetKept { offset } => write!(
                f,
                "expected ${{0}} or ${{{offset}}}, found $ behind an offset, which BIND adds here, too, and others do not"
            ),
            Self::Comment => f.write_str(
                "expected RDATA to its end, found a semicolon that starts a comment: write strings as \"\\\"text; text\\\"\"",
            ),
            Self::LineFeed => f.write_str("expected text of one line, found a line feed"),
            Self::TooLong { most } => {
                write!(
                    f,
                    "expected at most {most} octets when expanded, found more"
                )
            }
        }
    }
}

impl GenerateError {
    pub(super) fn new(kind: GenerateErrorKind, text: &[u8], span: ops::Range<usize>) -> Self {
        Self {
            kind,
            found: Excerpt::new(text, span.clone()),
            span,
        }
    }
}

impl fmt::Display for GenerateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.describe(&self.found, f)
    }
}

impl Error for GenerateError {}
