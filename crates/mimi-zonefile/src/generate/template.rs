//! The owner or RDATA of a `$GENERATE`: text with places for numbers.

use core::ops;
use std::io::Write;

use super::error::{GenerateError, GenerateErrorKind};
use super::range::{MAX_NUMBER, Range};

/// The largest width of a number, as in BIND.
pub(super) const MAX_WIDTH: usize = 127;

/// The longest expanded owner, in octets, as in BIND. A name takes 1,008 at most.
const MAX_OWNER: usize = 2047;

/// The longest expanded RDATA, in octets: owner and RDATA leave 2 KiB of 64 for what stands between them. BIND takes 65,532.
const MAX_RDATA: usize = 60 * 1024;

/// An owner or RDATA that was checked for every number of its range.
#[derive(Clone, Debug)]
pub(crate) struct Template {
    pieces: Vec<Piece>,
    longest: usize,
}

#[derive(Clone, Debug)]
enum Piece {
    /// Octets that stand for themselves.
    Text(Box<[u8]>),
    Number(Number),
}

/// A place for a number.
#[derive(Clone, Copy, Debug)]
struct Number {
    offset: i32,
    width: usize,
    base: Base,
}

#[derive(Clone, Copy, Debug)]
enum Base {
    Decimal,
    Octal,
    LowerHex,
    UpperHex,
    LowerNibbles,
    UpperNibbles,
}

impl Template {
    /// Reads the raw text of the owner token, which is not quoted.
    ///
    /// # Errors
    /// [`GenerateError`], whose span counts from the start of `text`.
    pub(crate) fn owner(text: &[u8], range: &Range) -> Result<Self, GenerateError> {
        Self::parse(text, false, MAX_OWNER, range)
    }

    /// Reads the raw text of the RDATA token. In a `quoted` one, `\"` is a quotation mark of the record.
    ///
    /// # Errors
    /// [`GenerateError`], whose span counts from the start of `text`.
    pub(crate) fn rdata(text: &[u8], quoted: bool, range: &Range) -> Result<Self, GenerateError> {
        Self::parse(text, quoted, MAX_RDATA, range)
    }

    fn parse(text: &[u8], quoted: bool, most: usize, range: &Range) -> Result<Self, GenerateError> {
        if let Some(at) = memchr::memchr(b'\n', text) {
            let kind = GenerateErrorKind::LineFeed;
            return Err(GenerateError::new(kind, text, at..at + 1));
        }
        let mut template = Self {
            pieces: Vec::new(),
            longest: 0,
        };
        // BIND keeps the offset of a `${…}` for every bare `$` behind it, PowerDNS does not.
        let mut offset = 0;
        // Up to here the text is in pieces; up to there it was looked at.
        let (mut taken, mut seen) = (0, 0);
        while let Some(found) = text
            .get(seen..)
            .and_then(|rest| memchr::memchr2(b'$', b'\\', rest))
        {
            let special = seen + found;
            match (text[special], text.get(special + 1)) {
                (b'\\', next) => {
                    seen = special + 2;
                    if quoted && next == Some(&b'"') {
                        template.push_text(&text[taken..special]);
                        taken = special + 1;
                    }
                }
                (_, Some(b'$')) => {
                    seen = special + 2;
                    template.push_text(&text[taken..special]);
                    taken = special + 1;
                }
                (_, next) => {
                    let (number, end) = match next {
                        Some(b'{') => modifier(text, special)?,
                        _ if offset != 0 => {
                            let kind = GenerateErrorKind::OffsetKept { offset };
                            return Err(GenerateError::new(kind, text, special..special + 1));
                        }
                        _ => (Number::bare(0), special + 1),
                    };
                    offset = number.offset;
                    number.check(range, text, special..end)?;
                    template.push_text(&text[taken..special]);
                    template.push_number(number, range);
                    (taken, seen) = (end, end);
                }
            }
            template.check_length(text, most)?;
        }
        template.push_text(&text[taken..]);
        template.check_length(text, most)?;
        Ok(template)
    }

    fn push_text(&mut self, text: &[u8]) {
        if !text.is_empty() {
            self.pieces.push(Piece::Text(text.into()));
            self.longest += text.len();
        }
    }

    fn push_number(&mut self, number: Number, range: &Range) {
        self.pieces.push(Piece::Number(number));
        self.longest += number
            .length(range.first())
            .max(number.length(range.last()));
    }

    fn check_length(&self, text: &[u8], most: usize) -> Result<(), GenerateError> {
        if self.longest <= most {
            return Ok(());
        }
        let kind = GenerateErrorKind::TooLong { most };
        Err(GenerateError::new(kind, text, 0..text.len()))
    }

    /// A length in octets that no expanded text exceeds.
    pub(crate) fn longest(&self) -> usize {
        self.longest
    }

    /// Appends the text for one number of the range.
    pub(crate) fn expand(&self, value: u32, text: &mut Vec<u8>) {
        for piece in &self.pieces {
            match piece {
                Piece::Text(octets) => text.extend_from_slice(octets),
                Piece::Number(number) => number.expand(value, text),
            }
        }
    }
}

impl Number {
    fn bare(offset: i32) -> Self {
        Self {
            offset,
            width: 0,
            base: Base::Decimal,
        }
    }

    fn check(
        self,
        range: &Range,
        text: &[u8],
        span: ops::Range<usize>,
    ) -> Result<(), GenerateError> {
        let value = i64::from(range.last()) + i64::from(self.offset);
        if value <= i64::from(MAX_NUMBER) {
            return Ok(());
        }
        let kind = GenerateErrorKind::ValueTooLarge { value };
        Err(GenerateError::new(kind, text, span))
    }

    /// The length in octets. Between two values it exceeds neither of theirs.
    fn length(self, value: u32) -> usize {
        let mut text = Vec::new();
        self.expand(value, &mut text);
        text.len()
    }

    fn expand(self, value: u32, text: &mut Vec<u8>) {
        let Self {
            offset,
            width,
            base,
        } = self;
        let value = offset.saturating_add_unsigned(value);
        let octets = value.cast_unsigned();
        // Writing to a vector cannot fail.
        _ = match base {
            Base::Decimal => write!(text, "{value:0width$}"),
            Base::Octal => write!(text, "{octets:0width$o}"),
            Base::LowerHex => write!(text, "{octets:0width$x}"),
            Base::UpperHex => write!(text, "{octets:0width$X}"),
            Base::LowerNibbles => {
                push_nibbles(octets, width, b"0123456789abcdef", text);
                Ok(())
            }
            Base::UpperNibbles => {
                push_nibbles(octets, width, b"0123456789ABCDEF", text);
                Ok(())
            }
        };
    }
}

/// Appends hexadecimal digits, the lowest first, with a dot between two, until the number is written and the width reached.
fn push_nibbles(mut rest: u32, width: usize, digits: &[u8; 16], text: &mut Vec<u8>) {
    let start = text.len();
    loop {
        text.push(digits[(rest & 15) as usize]);
        rest >>= 4;
        if rest == 0 && text.len() - start >= width {
            return;
        }
        text.push(b'.');
        if rest == 0 && text.len() - start >= width {
            return;
        }
    }
}

/// Reads the `${offset,width,base}` at `dollar`: the number, and where the text behind it starts.
fn modifier(text: &[u8], dollar: usize) -> Result<(Number, usize), GenerateError> {
    let error = |kind, span| GenerateError::new(kind, text, span);
    let start = dollar + 2;
    let Some(length) = memchr::memchr(b'}', &text[start..]) else {
        let kind = GenerateErrorKind::UnclosedModifier;
        return Err(error(kind, dollar..text.len()));
    };
    let end = start + length;
    let mut number = Number::bare(0);
    let mut at = start;
    for (index, field) in text[start..end].split(|&octet| octet == b',').enumerate() {
        let span = at..at + field.len();
        at = span.end + 1;
        let (kind, read) = match index {
            0 => {
                let offset = parse_offset(field).map(|offset| number.offset = offset);
                (GenerateErrorKind::BadOffset, offset)
            }
            1 => {
                let width = parse_width(field).map(|width| number.width = width);
                (GenerateErrorKind::BadWidth, width)
            }
            2 => {
                let base = Base::parse(field).map(|base| number.base = base);
                (GenerateErrorKind::BadBase, base)
            }
            _ => (GenerateErrorKind::TrailingModifier, None),
        };
        read.ok_or_else(|| error(kind, span))?;
    }
    Ok((number, end + 1))
}

fn parse_offset(field: &[u8]) -> Option<i32> {
    // Takes an optional sign and digits, no more.
    str::from_utf8(field).ok()?.parse().ok()
}

fn parse_width(field: &[u8]) -> Option<usize> {
    let width = str::from_utf8(field).ok()?;
    let width = if width.starts_with('+') {
        None
    } else {
        width.parse().ok()
    };
    width.filter(|&width| width <= MAX_WIDTH)
}

impl Base {
    fn parse(field: &[u8]) -> Option<Self> {
        Some(match field {
            b"d" => Self::Decimal,
            b"o" => Self::Octal,
            b"x" => Self::LowerHex,
            b"X" => Self::UpperHex,
            b"n" => Self::LowerNibbles,
            b"N" => Self::UpperNibbles,
            _ => return None,
        })
    }
}
