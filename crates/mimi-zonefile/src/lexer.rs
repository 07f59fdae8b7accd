//! The lexical layer of RFC 1035 §5.1: words, quoted strings, parentheses, comments, entry ends.
//!
//! - White space is space and tab; a line ends at a line feed, with or without a carriage return before it. A carriage return
//!   elsewhere is an error: BIND and NSD take it for the end of a line, Knot refuses it.
//! - A quoted string holds any octet but an unescaped `"`. Quoted and bare words may touch: `"a""b"` is two words and
//!   `a"b"` too, as in BIND.
//! - A quoted string may hold line feeds. Then it must not touch another word, and have at most 1,020 octets (a
//!   character-string of 255 with every octet written as `\DDD`). A forgotten quote pairs with the opening one of a later
//!   record, and this tells the two apart where it can be told; else the file would be read inside out from there on.
//! - A backslash takes the next octet with it, but never a line's end outside quotes.
//! - `(` hides line ends up to `)`. They do not nest: NSD and Knot refuse that too, and it lets a forgotten `)` be
//!   noticed at the next `(`.
//! - An entry ends with its line, or before a comment outside parentheses.

use core::ops::Range;

use crate::stops::{is_bare, next_stop};
use crate::words::Word;

/// The longest entry, in octets from its first one to its end: 1 MiB.
///
/// The largest RDATA (65,535 octets) takes a quarter of that with every octet written as `\DDD`. The bound keeps a forgotten
/// quote or parenthesis from swallowing a large file, and the memory for a file of any size small.
pub const MAX_ENTRY_LENGTH: usize = 1 << 20;

/// The most octets of text between quotes that do not stand on one line.
const MAX_QUOTED_LINES: usize = 1020;

/// Damage that leaves the end of an entry unknown. Offsets are those of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StructureError {
    UnterminatedQuote,
    UnterminatedParenthesis,
    NestedParenthesis { opened: usize },
    UnexpectedParenthesis,
    LoneCarriageReturn,
    EntryTooLong,
}

/// A [`StructureError`] at its place.
#[derive(Clone, Debug)]
pub(crate) struct Damage {
    pub(crate) error: StructureError,
    pub(crate) span: Range<usize>,
    /// How far reading came to notice it.
    pub(crate) noticed: usize,
}

/// Why an entry was not read to its end.
#[derive(Clone, Debug)]
pub(crate) enum Stop {
    /// The text ends before the entry, and is not the last there is.
    NeedMore,
    Damage(Damage),
}

/// The end of an entry.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EntryEnd {
    /// Behind its line feed, or at the comment that ends it.
    pub(crate) next: usize,
    /// Behind its last word or parenthesis.
    pub(crate) content: usize,
}

/// What the lexer finds; the memory is used again for each entry.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lexemes {
    pub(crate) words: Vec<Word>,
    /// The comments inside parentheses.
    pub(crate) comments: Vec<Word>,
}

impl Lexemes {
    /// Reads the entry of `text` that starts at `start`. `at_end` says that nothing follows `text`.
    ///
    /// The words before damage are there.
    pub(crate) fn read(
        &mut self,
        text: &[u8],
        start: usize,
        at_end: bool,
    ) -> Result<EntryEnd, Stop> {
        self.words.clear();
        self.comments.clear();
        let limit = start.saturating_add(MAX_ENTRY_LENGTH);
        let mut lexer = Lexer {
            text: &text[..text.len().min(limit)],
            position: start,
            open: None,
            content: start,
            is_whole: at_end || text.len() > limit,
            beyond: text.get(limit).copied(),
        };
        lexer.entry(self)
    }
}

/// Reads one entry.
struct Lexer<'t> {
    /// The text up to where the entry has to end at the latest.
    text: &'t [u8],
    /// The next octet to read.
    position: usize,
    /// Where the open parenthesis stands.
    open: Option<usize>,
    /// Behind the last octet that was neither white space nor comment.
    content: usize,
    /// Whether the end of `text` is the end of the input or of the allowed length.
    is_whole: bool,
    /// The octet behind the longest entry, if the input goes on there.
    beyond: Option<u8>,
}

impl Lexer<'_> {
    fn entry(&mut self, found: &mut Lexemes) -> Result<EntryEnd, Stop> {
        loop {
            while let Some(b' ' | b'\t') = self.text.get(self.position) {
                self.position += 1;
            }
            let Some(&octet) = self.text.get(self.position) else {
                return self.end_of_text();
            };
            if is_bare(octet) {
                let start = self.position;
                let end = self.bare_end(start)?;
                found.words.push(Word::new(start..end, false));
                self.position = end;
                self.content = end;
                continue;
            }
            match octet {
                b'\r' => match self.text.get(self.position + 1).or(self.beyond.as_ref()) {
                    Some(b'\n') => self.position += 1,
                    None if !self.is_whole => return Err(Stop::NeedMore),
                    _ => return Err(self.damage_here(StructureError::LoneCarriageReturn)),
                },
                b'\n' => {
                    self.position += 1;
                    if self.open.is_none() {
                        return Ok(self.end());
                    }
                }
                b';' => {
                    if self.open.is_none() {
                        return Ok(self.end());
                    }
                    let comment = self.comment()?;
                    found.comments.push(Word::new(comment, false));
                }
                b'(' => {
                    if let Some(opened) = self.open {
                        let error = StructureError::NestedParenthesis { opened };
                        return Err(self.damage_here(error));
                    }
                    self.open = Some(self.position);
                    self.position += 1;
                    self.content = self.position;
                }
                b')' => {
                    if self.open.take().is_none() {
                        return Err(self.damage_here(StructureError::UnexpectedParenthesis));
                    }
                    self.position += 1;
                    self.content = self.position;
                }
                // No other octet is left but the opening quote.
                _ => {
                    let start = self.position + 1;
                    let end = self.closing_quote(start)?;
                    found.words.push(Word::new(start..end, true));
                    self.position = end + 1;
                    self.content = self.position;
                }
            }
        }
    }

    fn end(&self) -> EntryEnd {
        EntryEnd {
            next: self.position,
            content: self.content,
        }
    }

    fn end_of_text(&self) -> Result<EntryEnd, Stop> {
        let (error, at) = match (self.open, self.beyond) {
            _ if !self.is_whole => return Err(Stop::NeedMore),
            (Some(open), _) => (StructureError::UnterminatedParenthesis, open),
            (None, None | Some(b'\n' | b';')) => return Ok(self.end()),
            (None, Some(_)) => return Err(self.damage_here(StructureError::EntryTooLong)),
        };
        Err(self.damage(error, at))
    }

    fn damage_here(&self, error: StructureError) -> Stop {
        self.damage(error, self.position)
    }

    fn damage(&self, error: StructureError, at: usize) -> Stop {
        Stop::Damage(Damage {
            error,
            span: at..at + 1,
            noticed: self.position,
        })
    }

    /// The comment at the current position, without the line's end.
    fn comment(&mut self) -> Result<Range<usize>, Stop> {
        let start = self.position;
        let rest = &self.text[start..];
        let length = match memchr::memchr(b'\n', rest) {
            Some(length) => length,
            None if self.is_whole => rest.len(),
            None => return Err(Stop::NeedMore),
        };
        self.position = start + length;
        Ok(start..start + without_carriage_return(&rest[..length]).len())
    }

    /// Where the quoted text ends that starts at `start`.
    fn closing_quote(&self, start: usize) -> Result<usize, Stop> {
        let unterminated = || Err(self.damage(StructureError::UnterminatedQuote, start - 1));
        let mut position = start;
        let mut lines = false;
        while let Some(rest) = self.text.get(position..) {
            let Some(found) = memchr::memchr3(b'"', b'\\', b'\n', rest) else {
                break;
            };
            position += found;
            if lines && position - start > MAX_QUOTED_LINES {
                return unterminated();
            }
            match self.text[position] {
                b'"' if !lines => return Ok(position),
                b'"' if position + 1 == self.text.len() && !self.is_whole => {
                    return Err(Stop::NeedMore);
                }
                b'"' if self.stands_apart(start - 1, position) => return Ok(position),
                b'"' => return unterminated(),
                b'\\' => {
                    lines |= self.text.get(position + 1) == Some(&b'\n');
                    position += 2;
                }
                _ => {
                    lines = true;
                    position += 1;
                }
            }
        }
        let is_too_long = lines && self.text.len() - start > MAX_QUOTED_LINES;
        if self.is_whole || is_too_long {
            unterminated()
        } else {
            Err(Stop::NeedMore)
        }
    }

    /// Whether no other word touches the string between two quotes.
    fn stands_apart(&self, open: usize, close: usize) -> bool {
        let before = open.checked_sub(1).map(|before| self.text[before]);
        let after = self.text.get(close + 1);
        before.is_none_or(|octet| matches!(octet, b' ' | b'\t' | b'\r' | b'\n' | b'(' | b')'))
            && after.is_none_or(|octet| matches!(octet, b' ' | b'\t' | b'\r' | b'\n' | b')'))
    }

    /// Where the bare word ends that starts at `start`.
    fn bare_end(&self, start: usize) -> Result<usize, Stop> {
        let mut position = start;
        loop {
            position = next_stop(self.text, position);
            match self.text.get(position) {
                None if self.is_whole => return Ok(position),
                None => return Err(Stop::NeedMore),
                Some(b'\\') => {
                    position += 1;
                    // The escaped octet belongs to the word, unless the line ends here.
                    match self.text.get(position) {
                        None | Some(b'\n' | b'\r') => {}
                        Some(_) => position += 1,
                    }
                }
                Some(_) => return Ok(position),
            }
        }
    }
}

/// A line without the carriage return of a CRLF.
pub(crate) fn without_carriage_return(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\r").unwrap_or(line)
}
