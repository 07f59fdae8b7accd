//! The lexical layer of RFC 1035 §5.1: tokens, quoted strings, parentheses, comments, entry ends.
//!
//! - White space is space, tab and carriage return; a line ends at a line feed. CRLF needs nothing more.
//! - A quoted string holds any octet but an unescaped `"`. Quoted and bare tokens may touch: `"a""b"` is two tokens and
//!   `a"b"` too, as in BIND.
//! - A quoted string may hold line feeds. Then it must not touch another token, and have at most 1,020 octets (a
//!   character-string of 255 with every octet written as `\DDD`). A forgotten quote pairs with the opening one of a later
//!   record, and this tells the two apart where it can be told; else the file would be read inside out from there on.
//! - A backslash takes the next octet with it, but never a line's end outside quotes.
//! - `(` hides line ends up to `)`. They do not nest: NSD and Knot refuse that too, and it lets a forgotten `)` be
//!   noticed at the next `(`.

use core::fmt;
use core::ops::Range;
use std::borrow::Cow;

use crate::escape::{EscapeError, unescape};

/// The longest entry, in octets from its first one to its end: 1 MiB.
///
/// The largest RDATA (65,535 octets) takes a quarter of that with every octet written as `\DDD`. The bound keeps a forgotten
/// quote or parenthesis from swallowing a large file.
pub const MAX_ENTRY_LENGTH: usize = 1 << 20;

/// The most octets of text between quotes that do not stand on one line.
const MAX_QUOTED_LINES: usize = 1020;

/// One word of an entry.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Token<'a> {
    /// The text as written, without the quotes and with its escapes.
    pub raw: &'a [u8],
    /// Whether it was written between quotes.
    pub quoted: bool,
    /// Where it stands, quotes included, in octets.
    pub span: Range<usize>,
}

impl<'a> Token<'a> {
    /// The octets the token stands for, its escapes decoded; borrowed when there are none.
    ///
    /// # Errors
    /// [`EscapeError`], whose position counts from the start of `raw`.
    pub fn unescape(&self) -> Result<Cow<'a, [u8]>, EscapeError> {
        unescape(self.raw)
    }

    /// The offset of `raw` in the input.
    pub(crate) fn text_start(&self) -> usize {
        self.span.start + usize::from(self.quoted)
    }
}

impl fmt::Debug for Token<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token")
            .field("quoted", &self.quoted)
            .field("span", &self.span)
            .finish_non_exhaustive()
    }
}

/// Damage that leaves the end of an entry unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StructureError {
    UnterminatedQuote,
    UnterminatedParenthesis,
    NestedParenthesis { opened: usize },
    UnexpectedParenthesis,
    EntryTooLong,
}

/// A [`StructureError`] at its place.
#[derive(Clone, Debug)]
pub(crate) struct Damage {
    pub(crate) error: StructureError,
    pub(crate) span: Range<usize>,
}

/// Reads the tokens of one entry.
#[derive(Clone, Debug)]
pub(crate) struct Lexer<'a> {
    input: &'a [u8],
    /// The next octet to read.
    position: usize,
    /// Where the open parenthesis stands.
    open: Option<usize>,
    /// Where the entry's content has to end at the latest.
    end: usize,
    /// Behind the last octet that was neither white space nor comment.
    content_end: usize,
    /// Whether the end of the entry was read.
    finished: bool,
}

impl<'a> Lexer<'a> {
    /// A lexer for the entry that starts at `start`.
    pub(crate) fn new(input: &'a [u8], start: usize) -> Self {
        Self {
            input,
            position: start,
            open: None,
            end: input.len().min(start.saturating_add(MAX_ENTRY_LENGTH)),
            content_end: start,
            finished: false,
        }
    }

    /// A lexer that goes on inside an entry, within parentheses if one is open.
    pub(crate) fn resume(input: &'a [u8], start: usize, open: Option<usize>) -> Self {
        Self {
            open,
            ..Self::new(input, start)
        }
    }

    /// Where the parenthesis stands that is open.
    pub(crate) fn open(&self) -> Option<usize> {
        self.open
    }

    pub(crate) fn position(&self) -> usize {
        self.position
    }

    pub(crate) fn content_end(&self) -> usize {
        self.content_end
    }

    /// The next token; `None` at the end of the entry, with [`position`](Self::position) behind its line feed.
    ///
    /// Comments on the way go to `comment` as spans.
    pub(crate) fn next(
        &mut self,
        mut comment: impl FnMut(Range<usize>),
    ) -> Result<Option<Token<'a>>, Damage> {
        while !self.finished {
            let Some(&octet) = self.input.get(self.position) else {
                return self.end_of_input();
            };
            if self.position >= self.end && octet != b'\n' {
                return Err(self.too_long());
            }
            match octet {
                b' ' | b'\t' | b'\r' => self.position += 1,
                b'\n' => {
                    self.position += 1;
                    self.finished = self.open.is_none();
                }
                b';' => {
                    let span = comment_span(self.input, self.position);
                    self.position = span.end;
                    comment(span);
                }
                b'(' => {
                    if let Some(opened) = self.open {
                        let error = StructureError::NestedParenthesis { opened };
                        return Err(self.damage_here(error));
                    }
                    self.open = Some(self.position);
                    self.position += 1;
                    self.content_end = self.position;
                }
                b')' => {
                    if self.open.take().is_none() {
                        return Err(self.damage_here(StructureError::UnexpectedParenthesis));
                    }
                    self.position += 1;
                    self.content_end = self.position;
                }
                b'"' => return self.quoted().map(Some),
                _ => return Ok(Some(self.bare())),
            }
        }
        Ok(None)
    }

    fn end_of_input(&self) -> Result<Option<Token<'a>>, Damage> {
        match self.open {
            Some(open) => Err(unterminated(open)),
            None => Ok(None),
        }
    }

    fn too_long(&self) -> Damage {
        match self.open {
            Some(open) => unterminated(open),
            None => self.damage_here(StructureError::EntryTooLong),
        }
    }

    fn damage_here(&self, error: StructureError) -> Damage {
        Damage {
            error,
            span: self.position..self.position + 1,
        }
    }

    /// The quoted string that opens at the current position.
    fn quoted(&mut self) -> Result<Token<'a>, Damage> {
        let start = self.position;
        match self.closing_quote(start) {
            Some(close) => {
                self.position = close + 1;
                self.content_end = self.position;
                Ok(Token {
                    raw: &self.input[start + 1..close],
                    quoted: true,
                    span: start..close + 1,
                })
            }
            None => Err(Damage {
                error: StructureError::UnterminatedQuote,
                span: start..start + 1,
            }),
        }
    }

    /// Where the quoted string ends that opens at `start`; `None` if its end is missing, as far as can be known.
    fn closing_quote(&self, start: usize) -> Option<usize> {
        let window_end = self.end.min(start + 1 + MAX_QUOTED_LINES + 1);
        let mut position = start + 1;
        while let Some(window) = self.input.get(position..window_end) {
            let Some(found) = memchr::memchr2(b'"', b'\\', window) else {
                break;
            };
            position += found;
            if self.input[position] == b'"' {
                let is_one_line = !self.input[start..position].contains(&b'\n');
                return (is_one_line || self.stands_apart(start, position)).then_some(position);
            }
            position += 2;
        }
        // Longer strings have to end on their line.
        position = position.max(window_end);
        if self.input.get(start..position)?.contains(&b'\n') {
            return None;
        }
        loop {
            let rest = self.input.get(position..self.end)?;
            position += memchr::memchr3(b'"', b'\\', b'\n', rest)?;
            match self.input[position] {
                b'"' => return Some(position),
                b'\\' if self.input.get(position + 1) != Some(&b'\n') => position += 2,
                _ => return None,
            }
        }
    }

    /// Whether no other token touches the string between two quotes.
    fn stands_apart(&self, open: usize, close: usize) -> bool {
        let before = open.checked_sub(1).map(|before| self.input[before]);
        let after = self.input.get(close + 1);
        before.is_none_or(|octet| matches!(octet, b' ' | b'\t' | b'\r' | b'\n' | b'(' | b')'))
            && after.is_none_or(|octet| matches!(octet, b' ' | b'\t' | b'\r' | b'\n' | b')'))
    }

    /// The bare token that starts at the current position.
    fn bare(&mut self) -> Token<'a> {
        let start = self.position;
        let mut position = start;
        while position < self.end {
            let octet = self.input[position];
            if !ENDS_BARE[usize::from(octet)] {
                position += 1;
            } else if octet == b'\\' {
                position += 1;
                // The escaped octet belongs to the token, unless the line ends here.
                if position < self.end && !matches!(self.input[position], b'\n' | b'\r') {
                    position += 1;
                }
            } else {
                break;
            }
        }
        self.position = position;
        self.content_end = position;
        Token {
            raw: &self.input[start..position],
            quoted: false,
            span: start..position,
        }
    }
}

fn unterminated(open: usize) -> Damage {
    Damage {
        error: StructureError::UnterminatedParenthesis,
        span: open..open + 1,
    }
}

/// The octets at which reading a bare token has to stop and look.
const ENDS_BARE: [bool; 256] = {
    let mut table = [false; 256];
    let stops = b" \t\r\n;()\"\\";
    let mut index = 0;
    while index < stops.len() {
        table[stops[index] as usize] = true;
        index += 1;
    }
    table
};

/// The comment whose semicolon stands at `start`, without the line's end.
pub(crate) fn comment_span(input: &[u8], start: usize) -> Range<usize> {
    let end = memchr::memchr(b'\n', &input[start..]).map_or(input.len(), |length| start + length);
    let end = if input[..end].ends_with(b"\r") {
        end - 1
    } else {
        end
    };
    start..end
}
