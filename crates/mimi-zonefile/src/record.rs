//! Records, and their RDATA as octets or as text.

use core::fmt;
use core::ops::Range;
use std::borrow::Cow;
use std::path::Path;

use mimi_name::DomainName;

use crate::entry_text::EntryText;
use crate::escape::{EscapeError, unescape};
use crate::lines::Lines;
use crate::place::Place;
use crate::rdata::{self, RdataError};
use crate::words::Word;

/// A resource record of a master file.
///
/// Spans are octets of the file. All spans of a record that `$GENERATE` made are that of the directive.
#[derive(Clone)]
#[non_exhaustive]
pub struct Record<'s> {
    /// The absolute owner name.
    pub owner: &'s DomainName,
    /// The TTL in seconds, at most 2^31 - 1, stated or inherited.
    pub ttl: u32,
    /// The class, stated or the file's.
    pub class: u16,
    /// The type.
    pub record_type: u16,
    /// The RDATA: octets, or text yet to be converted.
    pub rdata: Rdata<'s>,
    pub(crate) entry: EntryText<'s>,
}

impl<'s> Record<'s> {
    /// The whole entry, from its line's start to its last word or parenthesis.
    pub fn span(&self) -> Range<usize> {
        let record = self.entry.record();
        self.entry.span(record.start..record.content_end)
    }

    /// The owner as written; empty at the line's start when it was left blank.
    pub fn owner_span(&self) -> Range<usize> {
        let record = self.entry.record();
        self.entry.span(match record.owner {
            Some(word) => word.span(),
            None => record.start..record.start,
        })
    }

    /// The TTL as written, if it was.
    pub fn ttl_span(&self) -> Option<Range<usize>> {
        let (_, word) = self.entry.record().fields.ttl?;
        Some(self.entry.span(word.span()))
    }

    /// The class as written, if it was.
    pub fn class_span(&self) -> Option<Range<usize>> {
        let (_, word) = self.entry.record().fields.class?;
        Some(self.entry.span(word.span()))
    }

    /// The type as written.
    pub fn type_span(&self) -> Range<usize> {
        self.entry.span(self.entry.record().fields.type_word.span())
    }

    /// The origin in force, for names in the RDATA. `None` when there is none, or when an `$ORIGIN` could not be read.
    pub fn origin(&self) -> Option<&'s DomainName> {
        self.entry.context().origin()
    }

    /// The RDATA octets, with names uncompressed.
    ///
    /// Generic form has to be RDATA of the type as far as that is known. `None` when the type's text form is not known here; see the table in
    /// the crate documentation.
    ///
    /// # Errors
    /// [`RdataError`] when the text is not RDATA of the type.
    pub fn rdata_wire(&self) -> Result<Option<Vec<u8>>, RdataError> {
        let mut octets = Vec::new();
        let known = self.append_rdata(&mut octets)?;
        Ok(known.then_some(octets))
    }

    /// Like [`rdata_wire`](Self::rdata_wire), but appends the octets to `octets`. Whether they were known.
    ///
    /// # Errors
    /// As `rdata_wire`; `octets` may hold a part of them then.
    pub fn append_rdata(&self, octets: &mut Vec<u8>) -> Result<bool, RdataError> {
        match &self.rdata {
            Rdata::Generic(generic) => {
                let text = self.rdata_text();
                rdata::check_wire(text, self.record_type, self.class, generic.octets)?;
                octets.extend_from_slice(generic.octets);
                Ok(true)
            }
            Rdata::Text(text) => rdata::append_wire(*text, self.record_type, self.class, octets),
        }
    }

    /// The RDATA as written, `\#` included.
    pub fn rdata_text(&self) -> RdataText<'s> {
        RdataText { entry: self.entry }
    }

    /// The lines it stands on, with what else is on them; of a record that `$GENERATE` made, those of the directive.
    pub fn lines(&self) -> Lines<'s> {
        self.entry.lines(self.span())
    }

    /// The path of the file it stands in, as [`Entries::file_name`](crate::Entries::file_name) gives it.
    pub fn file_name(&self) -> Option<&'s Path> {
        self.entry.file_name()
    }

    /// The line and column of an offset, such as the start of one of the record's spans.
    ///
    /// Counting takes as long as the distance to the last offset asked for.
    pub fn place(&self, offset: usize) -> Place {
        self.entry.place_in_file(offset)
    }
}

impl fmt::Debug for Record<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The owner and the RDATA may identify a person.
        f.debug_struct("Record")
            .field("ttl", &self.ttl)
            .field("class", &self.class)
            .field("record_type", &self.record_type)
            .field("span", &self.span())
            .finish_non_exhaustive()
    }
}

/// RDATA as the file gives it.
#[derive(Clone, Debug)]
pub enum Rdata<'s> {
    /// The generic form `\# length hex…` (RFC 3597 §5).
    Generic(GenericRdata<'s>),
    /// The presentation form of the type.
    Text(RdataText<'s>),
}

/// RDATA in generic form.
#[derive(Clone)]
pub struct GenericRdata<'s> {
    pub(crate) octets: &'s [u8],
}

impl<'s> GenericRdata<'s> {
    /// The RDATA octets.
    pub fn octets(&self) -> &'s [u8] {
        self.octets
    }
}

impl fmt::Debug for GenericRdata<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GenericRdata")
            .field("length", &self.octets.len())
            .finish_non_exhaustive()
    }
}

/// RDATA in presentation form.
#[derive(Clone, Copy)]
pub struct RdataText<'s> {
    pub(crate) entry: EntryText<'s>,
}

impl<'s> RdataText<'s> {
    /// The tokens.
    pub fn tokens(&self) -> Tokens<'s> {
        Tokens {
            entry: self.entry,
            words: self.words().iter(),
        }
    }

    /// Where it stands: from the first token to the entry's last token or parenthesis. Empty when there is no token.
    pub fn span(&self) -> Range<usize> {
        self.entry.span(self.range())
    }

    /// The text as written, with comments and line ends inside parentheses.
    pub fn as_bytes(&self) -> &'s [u8] {
        self.entry.octets().get(self.range()).unwrap_or_default()
    }

    pub(crate) fn words(&self) -> &'s [Word] {
        self.entry.rdata_words()
    }

    /// Where it stands in the entry's text.
    pub(crate) fn range(&self) -> Range<usize> {
        let end = self.entry.record().content_end;
        let start = self.words().first().map_or(end, |word| word.span().start);
        start..end
    }
}

impl fmt::Debug for RdataText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RdataText")
            .field("span", &self.span())
            .finish_non_exhaustive()
    }
}

/// One word of an entry.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Token<'s> {
    /// The text as written, without the quotes and with its escapes.
    pub raw: &'s [u8],
    /// Whether it was written between quotes.
    pub quoted: bool,
    /// Where it stands, quotes included, in octets of the file.
    pub span: Range<usize>,
}

impl<'s> Token<'s> {
    /// The octets the token stands for, its escapes decoded; borrowed when there are none.
    ///
    /// # Errors
    /// [`EscapeError`], whose position counts from the start of `raw`.
    pub fn unescape(&self) -> Result<Cow<'s, [u8]>, EscapeError> {
        unescape(self.raw)
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

/// The tokens of RDATA in presentation form. Made by [`RdataText::tokens`].
#[derive(Clone)]
pub struct Tokens<'s> {
    entry: EntryText<'s>,
    words: core::slice::Iter<'s, Word>,
}

impl<'s> Iterator for Tokens<'s> {
    type Item = Token<'s>;

    fn next(&mut self) -> Option<Token<'s>> {
        let word = self.words.next()?;
        Some(Token {
            raw: word.of(self.entry.octets()),
            quoted: word.is_quoted(),
            span: self.entry.span(word.span()),
        })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.words.size_hint()
    }
}

impl ExactSizeIterator for Tokens<'_> {}

impl fmt::Debug for Tokens<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens")
            .field("left", &self.words.len())
            .finish_non_exhaustive()
    }
}
