//! Records, and their RDATA as octets or as text.

use core::fmt;
use core::ops::Range;
use std::sync::Arc;

use mimi_name::DomainName;

use crate::error::Excerpt;
use crate::fields::{Context, Known};
use crate::generic::GenericRdata;
use crate::lexer::{Damage, Lexer, Token};
use crate::rdata::{self, RdataError};

/// A resource record of a master file. Spans are octets of the input.
#[derive(Clone)]
#[non_exhaustive]
pub struct Record<'a> {
    /// The absolute owner name, shared by records that follow each other.
    pub owner: Arc<DomainName>,
    /// The TTL in seconds, at most 2^31 - 1, stated or inherited.
    pub ttl: u32,
    /// The class, stated or the file's.
    pub class: u16,
    /// The type.
    pub record_type: u16,
    /// The RDATA: octets, or text yet to be converted.
    pub rdata: Rdata<'a>,
    /// The whole entry, from its line's start to its last token or parenthesis.
    pub span: Range<usize>,
    /// The owner as written; empty at the line's start when it was left blank.
    pub owner_span: Range<usize>,
    /// The TTL as written, if it was.
    pub ttl_span: Option<Range<usize>>,
    /// The class as written, if it was.
    pub class_span: Option<Range<usize>>,
    /// The type as written.
    pub type_span: Range<usize>,
    pub(crate) context: Arc<Context>,
}

impl Record<'_> {
    /// The origin in force, for names in the RDATA. `None` when there is none, or when an `$ORIGIN` could not be read.
    pub fn origin(&self) -> Option<&DomainName> {
        match &self.context.origin {
            Known::Is(origin) => Some(origin),
            Known::Missing | Known::Lost { .. } => None,
        }
    }

    /// The RDATA octets, with names uncompressed.
    ///
    /// Generic form passes as it is, whatever the type. `None` when the type's text form is not known here; see the table in
    /// the crate documentation.
    ///
    /// # Errors
    /// [`RdataError`] when the text is not RDATA of the type.
    pub fn rdata_wire(&self) -> Result<Option<Vec<u8>>, RdataError> {
        match &self.rdata {
            Rdata::Generic(generic) => Ok(Some(generic.to_vec())),
            Rdata::Text(text) => rdata::to_wire(text, self.record_type, self.class, &self.context),
        }
    }
}

impl fmt::Debug for Record<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The owner and the RDATA may identify a person.
        f.debug_struct("Record")
            .field("ttl", &self.ttl)
            .field("class", &self.class)
            .field("record_type", &self.record_type)
            .field("span", &self.span)
            .finish_non_exhaustive()
    }
}

/// RDATA as the file gives it.
#[derive(Clone, Debug)]
pub enum Rdata<'a> {
    /// The generic form `\# length hex…` (RFC 3597 §5).
    Generic(GenericRdata<'a>),
    /// The presentation form of the type.
    Text(RdataText<'a>),
}

/// RDATA in presentation form.
#[derive(Clone)]
pub struct RdataText<'a> {
    /// The input up to the end of the entry's content.
    input: &'a [u8],
    /// Behind the record type.
    start: usize,
    /// The parenthesis that was open there.
    open: Option<usize>,
    span: Range<usize>,
}

impl<'a> RdataText<'a> {
    /// Reads the rest of an entry, whose tokens the lexer goes through.
    pub(crate) fn read(
        input: &'a [u8],
        lexer: &mut Lexer<'a>,
        mut comment: impl FnMut(Range<usize>),
    ) -> Result<Self, Damage> {
        let start = lexer.position();
        let open = lexer.open();
        let mut first = None;
        while let Some(token) = lexer.next(&mut comment)? {
            first.get_or_insert(token.span.start);
        }
        let end = lexer.content_end();
        Ok(Self {
            input: &input[..end],
            start,
            open,
            span: first.unwrap_or(end)..end,
        })
    }

    /// The tokens, read anew at each call.
    pub fn tokens(&self) -> Tokens<'a> {
        Tokens {
            lexer: Lexer::resume(self.input, self.start, self.open),
        }
    }

    /// Where it stands: from the first token to the entry's last token or parenthesis. Empty when there is no token.
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// The octets of `span`, for a message.
    pub(crate) fn excerpt(&self, span: Range<usize>) -> Excerpt {
        Excerpt::new(self.input, span)
    }

    /// The text as written, with comments and line ends inside parentheses.
    pub fn as_bytes(&self) -> &'a [u8] {
        &self.input[self.span.clone()]
    }
}

impl fmt::Debug for RdataText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RdataText")
            .field("span", &self.span)
            .finish_non_exhaustive()
    }
}

/// The tokens of RDATA in presentation form. Made by [`RdataText::tokens`].
#[derive(Clone, Debug)]
pub struct Tokens<'a> {
    lexer: Lexer<'a>,
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        // The text was read once without damage, so there is none now.
        self.lexer.next(|_| ()).ok().flatten()
    }
}
