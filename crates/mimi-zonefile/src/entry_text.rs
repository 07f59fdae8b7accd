//! The entry that was found, beside the window it was found in.

use core::ops::Range;
use std::path::Path;

use crate::error::{Excerpt, Problem, SyntaxError};
use crate::interpret::FoundRecord;
use crate::lines::{KeptLines, Lines};
use crate::place::Place;
use crate::scanner::Scanner;
use crate::state::Context;
use crate::words::Word;

/// The text of the entry that a scanner found last.
#[derive(Clone, Copy)]
pub(crate) struct EntryText<'s> {
    scanner: &'s Scanner,
    window: &'s [u8],
}

impl<'s> EntryText<'s> {
    pub(crate) fn new(scanner: &'s Scanner, window: &'s [u8]) -> Self {
        Self { scanner, window }
    }

    /// What the entry's words are parts of.
    pub(crate) fn octets(&self) -> &'s [u8] {
        match self.scanner.made_at {
            Some(_) => &self.scanner.generated,
            None => self.window,
        }
    }

    pub(crate) fn file_name(&self) -> Option<&'s Path> {
        self.scanner.name.as_deref()
    }

    pub(crate) fn record(&self) -> &'s FoundRecord {
        &self.scanner.record
    }

    pub(crate) fn context(&self) -> Context<'s> {
        self.scanner.state.context(&self.scanner.settings.types)
    }

    /// Whether the type is written as `TYPEnnn`.
    pub(crate) fn has_numbered_type(&self) -> bool {
        let word = self.record().fields.type_word.of(self.octets());
        let prefix = word.get(..4).unwrap_or_default();
        prefix.eq_ignore_ascii_case(b"TYPE") && self.context().types.get(word).is_none()
    }

    pub(crate) fn rdata_words(&self) -> &'s [Word] {
        let words = &self.scanner.lexemes.words;
        words.get(self.record().rdata..).unwrap_or_default()
    }

    /// The span in the file of a part of the text; for generated text that of the directive.
    pub(crate) fn span(&self, part: Range<usize>) -> Range<usize> {
        let base = self.scanner.lines.base();
        let (start, end) = self.scanner.made_at.unwrap_or((part.start, part.end));
        base + start..base + end
    }

    /// The place of an offset in the text; for generated text that of the directive.
    pub(crate) fn place(&self, offset: usize) -> Place {
        let offset = self.scanner.made_at.map_or(offset, |(start, _)| start);
        self.scanner.lines.place(self.window, offset)
    }

    /// The place of an offset in the file.
    pub(crate) fn place_in_file(&self, offset: usize) -> Place {
        let offset = offset.saturating_sub(self.scanner.lines.base());
        self.scanner.lines.place(self.window, offset)
    }

    /// The whole lines that a span of the file touches.
    pub(crate) fn lines(&self, span: Range<usize>) -> Lines<'s> {
        let base = self.scanner.lines.base();
        let in_window = |offset: usize| offset.saturating_sub(base).min(self.window.len());
        let (start, end) = (in_window(span.start), in_window(span.end.max(span.start)));
        // An entry mostly starts where its line does.
        let line_start = match start.checked_sub(1).map(|before| self.window[before]) {
            None | Some(b'\n') => start,
            Some(_) => memchr::memrchr(b'\n', &self.window[..start]).map_or(0, |feed| feed + 1),
        };
        let line_end = memchr::memchr(b'\n', &self.window[end..]);
        let text = &self.window[line_start..line_end.map_or(self.window.len(), |feed| end + feed)];
        let lines = &self.scanner.lines;
        Lines {
            text,
            offset: base + line_start,
            line: lines.line_of(self.window, line_start),
            is_whole: line_end.is_some() && (line_start > 0 || lines.start_with_line()),
        }
    }

    pub(crate) fn excerpt(&self, part: Range<usize>) -> Excerpt {
        Excerpt::new(self.octets(), part)
    }

    /// A problem as an error, at its place.
    pub(crate) fn error(&self, problem: Problem, entry: Range<usize>) -> SyntaxError {
        let Problem { kind, span } = problem;
        let in_file = self.span(span.clone());
        SyntaxError {
            kind,
            place: self.place(span.start),
            found: self.excerpt(span),
            lines: Box::new(KeptLines::new(&self.lines(in_file.clone()), &in_file)),
            span: in_file,
            entry: self.span(entry),
        }
    }
}
