//! What can be wrong with the syntax of an entry, and where.

use core::error::Error;
use core::fmt;
use core::ops::Range;
use std::io;

use mimi_name::{TextError, TextErrorKind};

use crate::generate::GenerateErrorKind;
use crate::include::IncludeError;
use crate::lexer::MAX_ENTRY_LENGTH;
use crate::lines::{KeptLines, Lines};
use crate::place::Place;
use crate::time_to_live::MAX_TTL;
use crate::words::Word;

/// An entry that could not be read. All offsets are octets of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SyntaxError {
    /// What is wrong.
    pub kind: SyntaxErrorKind,
    /// Where: the offending token, or an empty span where something is missing.
    pub span: Range<usize>,
    /// The line and column of `span`.
    pub place: Place,
    /// The part of the file that was given up: nothing else was read from it, apart from comments.
    pub entry: Range<usize>,
    /// The octets of `span`.
    pub found: Excerpt,
    pub(crate) lines: Box<KeptLines>,
}

/// What is wrong with an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SyntaxErrorKind {
    /// The first record leaves its owner blank.
    NoOwner,
    /// The owner is blank, and the entry that should have named it could not be read, or servers disagree what it names.
    OwnerLost {
        /// The line that entry starts in.
        line: usize,
    },
    /// The text is not a domain name.
    BadName(TextError),
    /// A relative name or `@`, and no origin is known.
    NoOrigin,
    /// A relative name or `@` behind an `$ORIGIN` that could not be read.
    OriginLost {
        /// The line that directive starts in.
        line: usize,
    },
    /// A token that starts with a digit and is not a TTL.
    BadTtl,
    /// A TTL over 2^31 - 1 seconds (RFC 2181 §8).
    TtlTooLarge,
    /// No TTL on the record, and none to inherit.
    NoTtl,
    /// No TTL on the record, and the entry it would be inherited from could not be read.
    TtlLost {
        /// The line that entry starts in.
        line: usize,
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
        /// The line the outer one stands in.
        line: usize,
    },
    /// A `)` outside parentheses.
    UnexpectedParenthesis,
    /// A carriage return that no line feed follows: other readers end the line there.
    LoneCarriageReturn,
    /// An entry over [`MAX_ENTRY_LENGTH`].
    EntryTooLong,
    /// A byte order mark at the start: other readers take it for part of the first owner. It is passed over.
    ByteOrderMark,
    /// A `$` directive nobody knows.
    UnknownDirective,
    /// A directive behind white space: it would be read as a record.
    IndentedDirective,
    /// A directive without its argument.
    MissingArgument,
    /// A directive with one argument too many.
    TrailingToken,
    /// Quotes around a directive's argument, which BIND and Knot refuse.
    QuotedArgument,
    /// An `$INCLUDE` that was not followed.
    Include(IncludeError),
    /// A `$GENERATE` that cannot be expanded.
    Generate(GenerateErrorKind),
    /// The file could not be read on. Nothing comes after this.
    ReadFailed {
        /// What the system said.
        kind: io::ErrorKind,
    },
}

impl SyntaxErrorKind {
    /// The stable code, in kebab case.
    pub fn as_str(&self) -> &'static str {
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
            Self::LoneCarriageReturn => "lone-carriage-return",
            Self::EntryTooLong => "entry-too-long",
            Self::ByteOrderMark => "byte-order-mark",
            Self::UnknownDirective => "unknown-directive",
            Self::IndentedDirective => "indented-directive",
            Self::MissingArgument => "missing-argument",
            Self::TrailingToken => "trailing-token",
            Self::QuotedArgument => "quoted-argument",
            Self::Include(error) => error.code(),
            Self::Generate(kind) => kind.as_str(),
            Self::ReadFailed { .. } => "read-failed",
        }
    }
}

impl SyntaxError {
    /// The stable code, in kebab case.
    pub fn code(&self) -> &'static str {
        self.kind.as_str()
    }

    /// The lines that `span` stands on, as far as they were in memory when the error was noticed.
    pub fn lines(&self) -> Lines<'_> {
        self.lines.lines()
    }
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let found = &self.found;
        match &self.kind {
            SyntaxErrorKind::NoOwner => {
                f.write_str("expected an owner name on the first record, found white space")
            }
            SyntaxErrorKind::OwnerLost { line } => write!(
                f,
                "expected an owner name, found white space, and line {line} leaves open which owner is meant"
            ),
            SyntaxErrorKind::BadName(error) => write!(f, "{error}, in {found}"),
            SyntaxErrorKind::NoOrigin => write!(
                f,
                "expected an absolute name (with a final dot), found {found}, and no origin is known"
            ),
            SyntaxErrorKind::OriginLost { line } => write!(
                f,
                "expected an absolute name (with a final dot), found {found}, and the $ORIGIN in line {line} could not be read"
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
            SyntaxErrorKind::TtlLost { line } => write!(
                f,
                "expected a TTL, found {found}, and the entry in line {line} that would have set it could not be read"
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
                2 * usize::from(*stated)
            ),
            SyntaxErrorKind::UnterminatedQuote => {
                f.write_str("expected a closing quotation mark, found none")
            }
            SyntaxErrorKind::UnterminatedParenthesis => {
                f.write_str("expected a closing parenthesis, found none")
            }
            SyntaxErrorKind::NestedParenthesis { line } => write!(
                f,
                "expected the parenthesis of line {line} to be closed, found another opening one (they do not nest)"
            ),
            SyntaxErrorKind::UnexpectedParenthesis => f.write_str(
                "expected more of the entry or its end, found a closing parenthesis that none opened",
            ),
            SyntaxErrorKind::LoneCarriageReturn => f.write_str(
                "expected a line feed behind the carriage return, found none: name servers disagree whether a line ends here",
            ),
            SyntaxErrorKind::ByteOrderMark => f.write_str(
                "expected a record or a directive, found a byte order mark, which name servers take for part of an owner",
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
            SyntaxErrorKind::QuotedArgument => {
                write!(f, "expected an argument without quotes, found {found}")
            }
            SyntaxErrorKind::TrailingToken => {
                write!(f, "expected the end of the directive, found {found}")
            }
            SyntaxErrorKind::Include(error) => error.fmt(f),
            SyntaxErrorKind::Generate(kind) => kind.describe(found, f),
            SyntaxErrorKind::ReadFailed { kind } => {
                write!(f, "expected more of the file or its end, found an error: {kind}")
            }
        }
    }
}

impl Error for SyntaxError {}

/// An error inside an entry whose end is known. The span is that of the entry's text.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    pub(crate) kind: SyntaxErrorKind,
    pub(crate) span: Range<usize>,
}

/// Where in the entry's text the error of a name stands.
pub(crate) fn name_error_span(error: &TextError, word: Word) -> Range<usize> {
    let span = word.span();
    match error.kind() {
        TextErrorKind::UnfinishedEscape | TextErrorKind::EscapeOver255 { .. } => {
            let at = word.range().start + error.position();
            at.min(span.end)..span.end
        }
        _ => span,
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
