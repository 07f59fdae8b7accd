//! `<character-string>` (RFC 1035 §3.3): a length octet and up to 255 octets; in text quoted or bare, with decimal escapes (§5.1, D4).
//!
//! ```text
//! strings = [blank] string *(blank string) [blank]    ; blank = 1*(SP / HTAB)
//! string  = DQUOTE *(escape / any octet but DQUOTE, backslash, CR, LF) DQUOTE
//!         / 1*(escape / any octet but blank, DQUOTE, backslash, CR, LF, "(", ")", ";")
//! escape  = "\" 3DIGIT / "\" any octet but a digit
//! ```

use alloc::vec::Vec;
use core::error::Error;
use core::fmt::{self, Write};

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while, take_while1};
use nom::error::{ErrorKind, ParseError};
use nom::multi::{fold_many0, fold_many1, separated_list1};
use nom::sequence::delimited;
use nom::{Err, IResult, Parser};

/// The most octets that one character-string holds.
pub(crate) const MAX_STRING_LENGTH: usize = 255;

/// The character-strings of RDATA in their order. Made by [`Mimi::strings`](crate::Mimi::strings).
#[derive(Clone)]
pub struct CharacterStrings<'a> {
    rest: &'a [u8],
}

impl fmt::Debug for CharacterStrings<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The strings name a person's account.
        f.debug_struct("CharacterStrings")
            .field("octets", &self.rest.len())
            .finish_non_exhaustive()
    }
}

impl<'a> CharacterStrings<'a> {
    pub(crate) fn new(rdata: &'a [u8]) -> Self {
        Self { rest: rdata }
    }
}

impl<'a> Iterator for CharacterStrings<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let (&length, after) = self.rest.split_first()?;
        let (string, rest) = after.split_at_checked(usize::from(length))?;
        self.rest = rest;
        Some(string)
    }
}

/// A length octet that promises more octets than follow it.
pub(crate) struct Overrun {
    pub(crate) position: usize,
    pub(crate) length: u8,
    pub(crate) available: usize,
}

/// Whether `rdata` is nothing but whole character-strings.
pub(crate) fn check(rdata: &[u8]) -> Result<(), Overrun> {
    let mut strings = CharacterStrings::new(rdata);
    while strings.next().is_some() {}
    match strings.rest.split_first() {
        None => Ok(()),
        Some((&length, after)) => Err(Overrun {
            position: rdata.len() - strings.rest.len(),
            length,
            available: after.len(),
        }),
    }
}

/// Appends one character-string, which the caller knows to fit, in wire form.
pub(crate) fn push(rdata: &mut Vec<u8>, string: &[u8]) {
    debug_assert!(string.len() <= MAX_STRING_LENGTH);
    rdata.push(string.len() as u8);
    rdata.extend_from_slice(string);
}

/// Writes one character-string quoted: `"`, `\` and everything that is not printable ASCII are escaped.
pub(crate) fn write_quoted(text: &mut impl Write, string: &[u8]) -> fmt::Result {
    text.write_char('"')?;
    for &octet in string {
        match octet {
            b'"' | b'\\' => write!(text, "\\{}", char::from(octet))?,
            b' '..=b'~' => text.write_char(char::from(octet))?,
            _ => write!(text, "\\{octet:03}")?,
        }
    }
    text.write_char('"')
}

/// Why text is not one or more character-strings. Positions are octet offsets into the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StringTextError {
    /// Nothing but blanks.
    Missing,
    /// A quoted string that is not closed on its line.
    Unterminated {
        /// Where the opening quote stands.
        position: usize,
    },
    /// A backslash that no octet, or fewer than three digits, follow.
    UnfinishedEscape {
        /// Where the backslash stands.
        position: usize,
    },
    /// `\DDD` above 255.
    EscapeOver255 {
        /// Where the backslash stands.
        position: usize,
        /// The number written.
        value: u16,
    },
    /// More than 255 octets in one string.
    TooLong {
        /// Where the string starts.
        position: usize,
        /// Its length in octets, escapes decoded.
        length: usize,
    },
    /// An octet that cannot stand here: a line end, or a bare `(`, `)`, `;` or quote.
    UnexpectedOctet {
        /// Where it stands.
        position: usize,
        /// The octet.
        octet: u8,
    },
}

impl StringTextError {
    /// A stable code in kebab case.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing => "missing-string",
            Self::Unterminated { .. } => "unterminated-string",
            Self::UnfinishedEscape { .. } => "unfinished-escape",
            Self::EscapeOver255 { .. } => "escape-over-255",
            Self::TooLong { .. } => "string-too-long",
            Self::UnexpectedOctet { .. } => "unexpected-octet",
        }
    }

    /// The octet offset into the text at which reading failed.
    pub fn position(&self) -> usize {
        match *self {
            Self::Missing => 0,
            Self::Unterminated { position }
            | Self::UnfinishedEscape { position }
            | Self::EscapeOver255 { position, .. }
            | Self::TooLong { position, .. }
            | Self::UnexpectedOctet { position, .. } => position,
        }
    }
}

impl fmt::Display for StringTextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("expected a character-string, found nothing"),
            Self::Unterminated { position } => write!(
                f,
                "expected a closing quote for the string that opens at octet {position}, found the end of the line"
            ),
            Self::UnfinishedEscape { position } => write!(
                f,
                "expected three decimal digits or one other character after the backslash at octet {position}"
            ),
            Self::EscapeOver255 { position, value } => write!(
                f,
                "expected an escape of \\000 to \\255, found \\{value} at octet {position}"
            ),
            Self::TooLong { position, length } => write!(
                f,
                "expected a character-string of at most {MAX_STRING_LENGTH} octets, found {length} at octet {position}"
            ),
            Self::UnexpectedOctet { position, octet } => write!(
                f,
                "expected a blank or the end of the record data, found {} at octet {position}",
                Octet(*octet)
            ),
        }
    }
}

impl Error for StringTextError {}

/// One octet for a message: itself between quotes if it is printable, else as `\DDD`.
pub(crate) struct Octet(pub(crate) u8);

impl fmt::Display for Octet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            b'!'..=b'~' => write!(f, "\"{}\"", char::from(self.0)),
            octet => write!(f, "\\{octet:03}"),
        }
    }
}

/// Reads the strings of a record, escapes decoded, segmentation kept.
pub(crate) fn parse_all(text: &[u8]) -> Result<Vec<Vec<u8>>, StringTextError> {
    let strings = separated_list1(blanks1, string);
    match delimited(blanks0, strings, blanks0).parse(text) {
        Ok(([], strings)) => Ok(strings),
        Ok((rest @ [octet, ..], _)) => Err(StringTextError::UnexpectedOctet {
            position: text.len() - rest.len(),
            octet: *octet,
        }),
        Err(Err::Error(failure) | Err::Failure(failure)) => Err(failure.in_text(text)),
        // The parsers above work on complete input and never ask for more.
        Err(Err::Incomplete(_)) => Err(StringTextError::Missing),
    }
}

type Parsed<'a, T> = IResult<&'a [u8], T, Failure<'a>>;

/// What nom stopped at, before its position is known.
struct Failure<'a> {
    rest: &'a [u8],
    problem: Problem,
}

enum Problem {
    NotHere,
    Unterminated,
    UnfinishedEscape,
    EscapeOver255 { value: u16 },
    TooLong { length: usize },
}

impl<'a> ParseError<&'a [u8]> for Failure<'a> {
    fn from_error_kind(rest: &'a [u8], _: ErrorKind) -> Self {
        let problem = Problem::NotHere;
        Self { rest, problem }
    }

    fn append(_: &'a [u8], _: ErrorKind, first: Self) -> Self {
        first
    }
}

impl<'a> Failure<'a> {
    /// An error that no alternative can mend.
    fn fatal(rest: &'a [u8], problem: Problem) -> Err<Self> {
        Err::Failure(Self { rest, problem })
    }

    fn in_text(self, text: &[u8]) -> StringTextError {
        let position = text.len() - self.rest.len();
        match (self.problem, self.rest.first()) {
            (Problem::NotHere, None) => StringTextError::Missing,
            (Problem::NotHere, Some(&octet)) => {
                StringTextError::UnexpectedOctet { position, octet }
            }
            (Problem::Unterminated, _) => StringTextError::Unterminated { position },
            (Problem::UnfinishedEscape, _) => StringTextError::UnfinishedEscape { position },
            (Problem::EscapeOver255 { value }, _) => {
                StringTextError::EscapeOver255 { position, value }
            }
            (Problem::TooLong { length }, _) => StringTextError::TooLong { position, length },
        }
    }
}

pub(crate) fn is_blank(octet: u8) -> bool {
    matches!(octet, b' ' | b'\t')
}

fn is_quoted_plain(octet: u8) -> bool {
    !matches!(octet, b'"' | b'\\' | b'\r' | b'\n')
}

fn is_bare_plain(octet: u8) -> bool {
    is_quoted_plain(octet) && !is_blank(octet) && !matches!(octet, b'(' | b')' | b';')
}

fn blanks0(text: &[u8]) -> Parsed<'_, &[u8]> {
    take_while(is_blank).parse(text)
}

fn blanks1(text: &[u8]) -> Parsed<'_, &[u8]> {
    take_while1(is_blank).parse(text)
}

fn string(text: &[u8]) -> Parsed<'_, Vec<u8>> {
    let (rest, string) = alt((quoted, bare)).parse(text)?;
    if string.len() > MAX_STRING_LENGTH {
        let length = string.len();
        return Err(Failure::fatal(text, Problem::TooLong { length }));
    }
    Ok((rest, string))
}

fn quoted(text: &[u8]) -> Parsed<'_, Vec<u8>> {
    let (inside, _) = tag(&b"\""[..]).parse(text)?;
    let (rest, string) = fold_many0(chunk(is_quoted_plain), Vec::new, concatenate).parse(inside)?;
    match rest {
        [b'"', after @ ..] => Ok((after, string)),
        _ => Err(Failure::fatal(text, Problem::Unterminated)),
    }
}

fn bare(text: &[u8]) -> Parsed<'_, Vec<u8>> {
    fold_many1(chunk(is_bare_plain), Vec::new, concatenate).parse(text)
}

fn concatenate(mut string: Vec<u8>, chunk: Chunk<'_>) -> Vec<u8> {
    match chunk {
        Chunk::Plain(octets) => string.extend_from_slice(octets),
        Chunk::Escaped(octet) => string.push(octet),
    }
    string
}

enum Chunk<'a> {
    Plain(&'a [u8]),
    Escaped(u8),
}

/// A run of octets that stand for themselves, or one escape.
fn chunk<'a>(
    is_plain: fn(u8) -> bool,
) -> impl Parser<&'a [u8], Output = Chunk<'a>, Error = Failure<'a>> {
    alt((
        take_while1(is_plain).map(Chunk::Plain),
        escape.map(Chunk::Escaped),
    ))
}

fn escape(text: &[u8]) -> Parsed<'_, u8> {
    let (after, _) = tag(&b"\\"[..]).parse(text)?;
    match after {
        [a @ b'0'..=b'9', b @ b'0'..=b'9', c @ b'0'..=b'9', rest @ ..] => {
            let digits = [a, b, c].into_iter().map(|digit| u16::from(digit - b'0'));
            let value = digits.fold(0, |sum, digit| sum * 10 + digit);
            match u8::try_from(value) {
                Ok(octet) => Ok((rest, octet)),
                Err(_) => Err(Failure::fatal(text, Problem::EscapeOver255 { value })),
            }
        }
        [] | [b'0'..=b'9' | b'\r' | b'\n', ..] => {
            Err(Failure::fatal(text, Problem::UnfinishedEscape))
        }
        [octet, rest @ ..] => Ok((rest, *octet)),
    }
}
