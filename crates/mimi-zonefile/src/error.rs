//! What can be wrong with the syntax of an entry, and where.

use core::error::Error;
use core::fmt;
use core::ops::Range;

use mimi_name::{TextError, TextErrorKind};

use crate::lexer::{MAX_ENTRY_LENGTH, StructureError};
use crate::time_to_live::MAX_TTL;

/// An entry that could not be read. All offsets are octets of the input.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SyntaxError {
    /// What is wrong.
    pub kind: SyntaxErrorKind,
    /// Where: the offending token, or an empty span where something is missing.
    pub span: Range<usize>,
    /// The part of the input that was given up: nothing else was read from it, apart from comments.
    pub entry: Range<usize>,
    /// The octets of `span`.
    pub found: Excerpt,
}

/// What is wrong with an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SyntaxErrorKind {
    /// The first record leaves its owner blank.
    NoOwner,
    /// The owner is blank, and the entry that should have named it could not be read.
    OwnerLost {
        /// Where that entry starts.
        since: usize,
    },
    /// The text is not a domain name.
    BadName(TextError),
    /// A relative name or `@`, and no origin is known.
    NoOrigin,
    /// A relative name or `@` behind an `$ORIGIN` that could not be read.
    OriginLost {
        /// Where that directive starts.
        since: usize,
    },
    /// A token that starts with a digit and is not a TTL.
    BadTtl,
    /// A TTL over 2^31 - 1 seconds (RFC 2181 §8).
    TtlTooLarge,
    /// No TTL on the record, and none to inherit.
    NoTtl,
    /// No TTL on the record, and the entry it would be inherited from could not be read.
    TtlLost {
        /// Where that entry starts.
        since: usize,
    },
    /// The entry ends before a record type.
    MissingType,
    /// A token that names no record type, TTL or class.
    UnknownType,
    /// A type that exists only in messages, such as ANY or OPT.
    MetaType {
        /// Its number.
        record_type: u16,
    },
    /// A class that exists only in messages, such as ANY.
    MetaClass {
        /// Its number.
        class: u16,
    },
    /// `\#` is not followed by a length of 0 to 65535.
    GenericLength,
    /// A word behind `\# length` has other octets than hexadecimal digits.
    GenericDigit,
    /// `\# length` is followed by more or fewer digits than two an octet.
    GenericMismatch {
        /// The octets announced.
        stated: u16,
        /// The hexadecimal digits found.
        digits: usize,
    },
    /// A `"` without its pair, within [`MAX_ENTRY_LENGTH`].
    UnterminatedQuote,
    /// A `(` without its pair, within [`MAX_ENTRY_LENGTH`].
    UnterminatedParenthesis,
    /// A `(` inside parentheses: often the sign of an earlier one that was not closed.
    NestedParenthesis {
        /// Where the outer one stands.
        opened: usize,
    },
    /// A `)` outside parentheses.
    UnexpectedParenthesis,
    /// An entry over [`MAX_ENTRY_LENGTH`].
    EntryTooLong,
    /// A `$` directive nobody knows.
    UnknownDirective,
    /// A directive behind white space: it would be read as a record.
    IndentedDirective,
    /// A directive without its argument.
    MissingArgument,
    /// A directive with one argument too many.
    TrailingToken,
    /// `$INCLUDE`, which is not followed.
    IncludeNotFollowed,
    /// `$GENERATE`, which is not supported.
    GenerateNotSupported,
}

impl SyntaxErrorKind {
    /// The stable code, in kebab case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoOwner => "no-owner",
            Self::OwnerLost { .. } => "owner-lost",
            Self::BadName(_) => "bad-name",
            Self::NoOrigin => "no-origin",
            Self::OriginLost { .. } => "origin-lost",
            Self::BadTtl => "bad-ttl",
            Self::TtlTooLarge => "ttl-too-large",
            Self::NoTtl => "no-ttl",
            Self::TtlLost { .. } => "ttl-lost",
            Self::MissingType => "missing-type",
            Self::UnknownType => "unknown-type",
            Self::MetaType { .. } => "meta-type",
            Self::MetaClass { .. } => "meta-class",
            Self::GenericLength => "generic-length",
            Self::GenericDigit => "generic-digit",
            Self::GenericMismatch { .. } => "generic-mismatch",
            Self::UnterminatedQuote => "unterminated-quote",
            Self::UnterminatedParenthesis => "unterminated-parenthesis",
            Self::NestedParenthesis { .. } => "nested-parenthesis",
            Self::UnexpectedParenthesis => "unexpected-parenthesis",
            Self::EntryTooLong => "entry-too-long",
            Self::UnknownDirective => "unknown-directive",
            Self::IndentedDirective => "indented-directive",
            Self::MissingArgument => "missing-argument",
            Self::TrailingToken => "trailing-token",
            Self::IncludeNotFollowed => "include-not-followed",
            Self::GenerateNotSupported => "generate-not-supported",
        }
    }
}

impl SyntaxError {
    /// The stable code, in kebab case.
    pub fn code(&self) -> &'static str {
        self.kind.as_str()
    }
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let found = &self.found;
        match self.kind {
            SyntaxErrorKind::NoOwner => {
                f.write_str("expected an owner name on the first record, found white space")
            }
            SyntaxErrorKind::OwnerLost { since } => write!(
                f,
                "expected an owner name, found white space, and the entry at octet {since} that should have named it could not be read"
            ),
            SyntaxErrorKind::BadName(error) => write!(f, "{error}, in {found}"),
            SyntaxErrorKind::NoOrigin => write!(
                f,
                "expected an absolute name (with a final dot), found {found}, and no origin is known"
            ),
            SyntaxErrorKind::OriginLost { since } => write!(
                f,
                "expected an absolute name (with a final dot), found {found}, and the $ORIGIN at octet {since} could not be read"
            ),
            SyntaxErrorKind::BadTtl => {
                write!(
                    f,
                    "expected a TTL such as 3600 or 1h30m, or a record type, found {found}"
                )
            }
            SyntaxErrorKind::TtlTooLarge => {
                write!(f, "expected a TTL of at most {MAX_TTL}, found {found}")
            }
            SyntaxErrorKind::NoTtl => {
                write!(f, "expected a TTL or an earlier $TTL, found {found}")
            }
            SyntaxErrorKind::TtlLost { since } => write!(
                f,
                "expected a TTL, found {found}, and the entry at octet {since} that would have set it could not be read"
            ),
            SyntaxErrorKind::MissingType => {
                f.write_str("expected a record type, found the end of the entry")
            }
            SyntaxErrorKind::UnknownType => write!(f, "expected a record type, found {found}"),
            SyntaxErrorKind::MetaType { record_type } => write!(
                f,
                "expected a type that zones hold, found {found} (type {record_type}), which exists only in messages"
            ),
            SyntaxErrorKind::MetaClass { class } => write!(
                f,
                "expected a class that zones hold, found {found} (class {class}), which exists only in messages"
            ),
            SyntaxErrorKind::GenericLength => {
                write!(
                    f,
                    "expected an RDATA length of 0 to 65535 after \\#, found {found}"
                )
            }
            SyntaxErrorKind::GenericDigit => {
                write!(f, "expected hexadecimal digits, found {found}")
            }
            SyntaxErrorKind::GenericMismatch { stated, digits } => write!(
                f,
                "expected {} hexadecimal digits for a length of {stated}, found {digits}",
                2 * usize::from(stated)
            ),
            SyntaxErrorKind::UnterminatedQuote => {
                f.write_str("expected a closing quotation mark, found none")
            }
            SyntaxErrorKind::UnterminatedParenthesis => {
                f.write_str("expected a closing parenthesis, found none")
            }
            SyntaxErrorKind::NestedParenthesis { opened } => write!(
                f,
                "expected the parenthesis at octet {opened} to be closed, found another opening one (they do not nest)"
            ),
            SyntaxErrorKind::UnexpectedParenthesis => f.write_str(
                "expected more of the entry or its end, found a closing parenthesis that none opened",
            ),
            SyntaxErrorKind::EntryTooLong => write!(
                f,
                "expected an entry of at most {MAX_ENTRY_LENGTH} octets, found a longer one"
            ),
            SyntaxErrorKind::UnknownDirective => write!(
                f,
                "expected $ORIGIN, $TTL, $INCLUDE or $GENERATE, found {found}"
            ),
            SyntaxErrorKind::IndentedDirective => write!(
                f,
                "expected a directive at the start of its line, found {found} behind white space"
            ),
            SyntaxErrorKind::MissingArgument => {
                f.write_str("expected an argument, found the end of the directive")
            }
            SyntaxErrorKind::TrailingToken => {
                write!(f, "expected the end of the directive, found {found}")
            }
            SyntaxErrorKind::IncludeNotFollowed => {
                f.write_str("expected entries of this file, found $INCLUDE, which is not followed")
            }
            SyntaxErrorKind::GenerateNotSupported => {
                f.write_str("expected records, found $GENERATE, which is not supported")
            }
        }
    }
}

impl Error for SyntaxError {}

impl From<StructureError> for SyntaxErrorKind {
    fn from(error: StructureError) -> Self {
        match error {
            StructureError::UnterminatedQuote => Self::UnterminatedQuote,
            StructureError::UnterminatedParenthesis => Self::UnterminatedParenthesis,
            StructureError::NestedParenthesis { opened } => Self::NestedParenthesis { opened },
            StructureError::UnexpectedParenthesis => Self::UnexpectedParenthesis,
            StructureError::EntryTooLong => Self::EntryTooLong,
        }
    }
}

/// An error inside an entry whose end is known.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    pub(crate) kind: SyntaxErrorKind,
    pub(crate) span: Range<usize>,
}

/// Where in `token_span` (whose text starts at `text_start`) the error stands.
pub(crate) fn name_error_span(
    error: &TextError,
    text_start: usize,
    token_span: Range<usize>,
) -> Range<usize> {
    match error.kind() {
        TextErrorKind::UnfinishedEscape | TextErrorKind::EscapeOver255 { .. } => {
            let at = (text_start + error.position()).min(token_span.end);
            at..token_span.end
        }
        _ => token_span,
    }
}

/// A few octets of the input, kept for a message. Displayed in quotes, every octet but printable ASCII as `\DDD`.
#[derive(Clone, PartialEq, Eq)]
pub struct Excerpt {
    octets: Box<[u8]>,
    cut: bool,
}

impl Excerpt {
    /// How many octets are kept.
    const LENGTH: usize = 48;

    pub(crate) fn new(input: &[u8], span: Range<usize>) -> Self {
        let octets = input.get(span).unwrap_or_default();
        let cut = octets.len() > Self::LENGTH;
        let kept = &octets[..octets.len().min(Self::LENGTH)];
        Self {
            octets: kept.into(),
            cut,
        }
    }
}

impl fmt::Display for Excerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.octets.is_empty() {
            return f.write_str("nothing");
        }
        f.write_str("`")?;
        for &octet in &self.octets {
            if octet.is_ascii_graphic() || octet == b' ' {
                write!(f, "{}", char::from(octet))?;
            } else {
                write!(f, "\\{octet:03}")?;
            }
        }
        f.write_str(if self.cut { "...`" } else { "`" })
    }
}

impl fmt::Debug for Excerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Excerpt({} octets)", self.octets.len())
    }
}
