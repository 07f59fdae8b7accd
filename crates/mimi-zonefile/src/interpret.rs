//! What the words of an entry mean: a record or a directive; and what was found, as callers see it.

use core::ops::Range;
use std::io;

use crate::comment::Comment;
use crate::directive::{Directive, DirectiveName};
use crate::entries::Entry;
use crate::entry_text::EntryText;
use crate::error::{Problem, SyntaxError, SyntaxErrorKind};
use crate::fields::Fields;
use crate::record::{GenericRdata, Rdata, RdataText, Record};
use crate::scanner::{Scanner, is_blank};
use crate::words::Word;

/// What the scanner found last. Spans are those of the window or the generated text; in errors and directives those of the file.
#[derive(Clone, Debug)]
pub(crate) enum Found {
    Nothing,
    /// In [`Scanner::record`].
    Record,
    Comment(Range<usize>),
    Directive(Box<Directive>),
    Error(Box<SyntaxError>),
}

impl Found {
    pub(crate) fn is_record_or_error(&self) -> bool {
        matches!(self, Self::Record | Self::Error(_))
    }

    pub(crate) fn is_empty_comment(&self) -> bool {
        matches!(self, Self::Comment(span) if span.is_empty())
    }
}

/// A record, as offsets into its text and the scanner's state.
#[derive(Clone, Debug, Default)]
pub(crate) struct FoundRecord {
    pub(crate) start: usize,
    pub(crate) content_end: usize,
    /// The owner, unless it was left blank.
    pub(crate) owner: Option<Word>,
    pub(crate) ttl: u32,
    pub(crate) fields: Fields,
    /// The first word behind the type.
    pub(crate) rdata: usize,
    pub(crate) is_generic: bool,
}

impl Scanner {
    /// Makes sense of the words of the entry at `start`. Whether there was anything to find.
    pub(crate) fn interpret(&mut self, window: &[u8], start: usize, content_end: usize) -> bool {
        let Some(&first) = self.lexemes.words.first() else {
            return false;
        };
        let outcome = match DirectiveName::from_word(first, window) {
            None => self
                .read_record(window, (start, content_end), (window, start))
                .map(|()| Found::Record),
            Some(name) if is_blank(window[start]) => match name {
                // Without a name it is as good as an unknown type.
                DirectiveName::Unknown => self
                    .read_record(window, (start, content_end), (window, start))
                    .map(|()| Found::Record),
                name => {
                    self.lose_directive(name, window, start);
                    Err(Problem {
                        kind: SyntaxErrorKind::IndentedDirective,
                        span: first.span(),
                    })
                }
            },
            Some(name) => self
                .read_directive(name, window, start, content_end)
                .map(|directive| Found::Directive(Box::new(directive))),
        };
        self.found = outcome.unwrap_or_else(|problem| {
            let entry = start..content_end;
            Found::Error(Box::new(self.text(window).error(problem, entry)))
        });
        true
    }

    pub(crate) fn text<'s>(&'s self, window: &'s [u8]) -> EntryText<'s> {
        EntryText::new(self, window)
    }

    /// Tells of the byte order mark at the start of the window. It is passed over.
    pub(crate) fn refuse_mark(&mut self, window: &[u8]) {
        let mark = 0..self.position;
        let problem = Problem {
            kind: SyntaxErrorKind::ByteOrderMark,
            span: mark.clone(),
        };
        self.found = Found::Error(Box::new(self.text(window).error(problem, mark)));
    }

    /// Tells at the end of the window that the file could not be read on.
    pub(crate) fn fail(&mut self, window: &[u8], failure: io::ErrorKind) {
        let end = window.len();
        let problem = Problem {
            kind: SyntaxErrorKind::ReadFailed { kind: failure },
            span: end..end,
        };
        self.found = Found::Error(Box::new(self.text(window).error(problem, end..end)));
    }

    /// What was found, with the window it was found in. Errors and directives are handed over.
    pub(crate) fn entry_in<'s>(
        &'s mut self,
        window: &'s [u8],
    ) -> Option<Result<Entry<'s>, SyntaxError>> {
        match core::mem::replace(&mut self.found, Found::Nothing) {
            Found::Nothing => None,
            Found::Record => Some(Ok(Entry::Record(self.view(window)))),
            Found::Directive(directive) => Some(Ok(Entry::Directive(*directive))),
            Found::Comment(span) => Some(Ok(Entry::Comment(Comment {
                text: &window[span.clone()],
                span: self.text(window).span(span),
                entry: self.text(window),
            }))),
            Found::Error(error) => Some(Err(*error)),
        }
    }

    pub(crate) fn view<'s>(&'s self, window: &'s [u8]) -> Record<'s> {
        let record = &self.record;
        let entry = self.text(window);
        let rdata = if record.is_generic {
            Rdata::Generic(GenericRdata {
                octets: &self.generic,
            })
        } else {
            Rdata::Text(RdataText { entry })
        };
        let class = record.fields.class;
        Record {
            owner: &self.state.owner,
            ttl: record.ttl,
            class: class.map_or(self.settings.class, |(class, _)| class),
            record_type: record.fields.record_type,
            rdata,
            entry,
        }
    }
}
