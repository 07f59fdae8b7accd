//! From a window of a file to entries: where they start and end, and how reading goes on after errors.
//!
//! The scanner keeps no reference to the window. [`Scanner::advance`] finds the next entry, or says that it needs more of the
//! file; [`Scanner::found`] shows what was found. Whoever owns the window may move it in between.

use std::path::Path;
use std::sync::Arc;

use crate::error::{Excerpt, SyntaxError, SyntaxErrorKind};
use crate::generate::Generation;
use crate::interpret::{Found, FoundRecord};
use crate::lexer::{
    Damage, Lexemes, MAX_ENTRY_LENGTH, Stop, StructureError, without_carriage_return,
};
use crate::lines::KeptLines;
use crate::place::{FileId, Lines};
use crate::state::State;
use crate::types::PrivateTypes;
use crate::words::Word;

/// How many times the length of a damaged part may be read again.
const RESCANS: usize = 8;

/// What [`Scanner::advance`] came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Advance {
    /// Something was found.
    Found,
    /// The window ends inside an entry, and the file goes on behind it.
    NeedMore,
    /// The end of the file.
    End,
}

/// What holds for all of a file.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) types: PrivateTypes,
    pub(crate) class: u16,
}

/// Reads entries from a window that moves over a file. Offsets are those of the window.
#[derive(Clone, Debug)]
pub(crate) struct Scanner {
    pub(crate) settings: Arc<Settings>,
    /// The path of the file, if it has one.
    pub(crate) name: Option<Arc<Path>>,
    pub(crate) state: State,
    pub(crate) lines: Lines,
    pub(crate) lexemes: Lexemes,
    /// The RDATA of the last record, if it was in generic form.
    pub(crate) generic: Vec<u8>,
    pub(crate) found: Found,
    pub(crate) record: FoundRecord,
    /// The `$GENERATE` that is being expanded, and the text of its last record.
    pub(crate) generation: Option<Box<Generation>>,
    pub(crate) generated: Vec<u8>,
    /// Where in the window the directive stands that made what was found, if one did.
    pub(crate) made_at: Option<(usize, usize)>,
    /// The start of what was not read yet.
    pub(crate) position: usize,
    next_comment: usize,
    /// Whether `position` lies inside a comment.
    in_comment: bool,
    /// The error of a damaged entry, while the search is on for the line to go on at.
    given_up: Option<Box<SyntaxError>>,
    damaged: DamagedPart,
}

/// The part of the file that was read at least once while damage was looked into. Offsets are those of the file.
#[derive(Clone, Debug, Default)]
struct DamagedPart {
    start: usize,
    end: usize,
    /// How many of its octets were read again.
    read_again: usize,
}

impl Scanner {
    /// A scanner for a part of a file that starts at `offset`, in `line`.
    pub(crate) fn new(
        settings: Arc<Settings>,
        state: State,
        file: FileId,
        (offset, line): (usize, usize),
    ) -> Self {
        Self {
            settings,
            name: None,
            state,
            lines: Lines::new(file, offset, line),
            lexemes: Lexemes::default(),
            generic: Vec::new(),
            found: Found::Nothing,
            record: FoundRecord::default(),
            generation: None,
            generated: Vec::new(),
            made_at: None,
            position: 0,
            next_comment: 0,
            in_comment: false,
            given_up: None,
            damaged: DamagedPart::default(),
        }
    }

    /// A scanner for another part of the same file, which starts at `offset`, in `line`.
    pub(crate) fn at(&self, state: State, place: (usize, usize)) -> Self {
        let settings = Arc::clone(&self.settings);
        Self::new(settings, state, self.lines.file(), place)
    }

    /// Lets a line take effect on the state if it is a directive, forgetting everything else it may say.
    pub(crate) fn guess_directive(&mut self, line: &[u8]) {
        self.lines = Lines::new(self.lines.file(), 0, 1);
        self.position = 0;
        self.advance(line, true);
        self.given_up = None;
        self.generation = None;
        self.lexemes.comments.clear();
        self.in_comment = false;
        self.state.forget_entries();
    }

    /// Whether nothing is left of what was read: no entry, comment or damage goes on.
    pub(crate) fn is_between_entries(&self) -> bool {
        self.given_up.is_none() && self.generation.is_none() && !self.in_comment
    }

    /// Finds the next entry of `window`. `at_end` says that the file ends with it.
    ///
    /// After [`Advance::NeedMore`] the window has to hold more, with the same octets up to there.
    pub(crate) fn advance(&mut self, window: &[u8], at_end: bool) -> Advance {
        self.made_at = None;
        loop {
            if let Some(comment) = self.lexemes.comments.get(self.next_comment) {
                self.next_comment += 1;
                self.found = Found::Comment(comment.range());
                return Advance::Found;
            }
            if self.generation.is_some() && self.next_generated(window) {
                return Advance::Found;
            }
            if self.given_up.is_some() {
                return self.go_on_after_damage(window, at_end);
            }
            if self.in_comment {
                match self.comment(window, self.position, at_end) {
                    // What was left of it is the carriage return of its line's end.
                    Advance::Found if self.found.is_empty_comment() => continue,
                    advance => return advance,
                }
            }
            let start = self.position;
            let content = start + count_blanks(&window[start..], at_end);
            if content - start >= MAX_ENTRY_LENGTH {
                let at = start + MAX_ENTRY_LENGTH;
                self.lexemes = Lexemes::default();
                self.give_up(
                    window,
                    start,
                    Damage {
                        error: StructureError::EntryTooLong,
                        span: at - 1..at,
                        noticed: at,
                    },
                );
                continue;
            }
            match window.get(content) {
                None if at_end => {
                    self.position = content;
                    return Advance::End;
                }
                None => return Advance::NeedMore,
                Some(b'\n') => self.position = content + 1,
                Some(b';') => return self.comment(window, content, at_end),
                Some(_) => match self.entry(window, start, at_end) {
                    Some(advance) => return advance,
                    None => continue,
                },
            }
        }
    }

    /// Reads the entry at `start`, which is not blank. `None` when it holds no word, as `( )` does, or was given up.
    fn entry(&mut self, window: &[u8], start: usize, at_end: bool) -> Option<Advance> {
        if self.lines.base() + start == 0 {
            if is_mark_cut(window, at_end) {
                return Some(Advance::NeedMore);
            }
            if window.starts_with(BYTE_ORDER_MARK) {
                self.position = BYTE_ORDER_MARK.len();
                self.refuse_mark(window);
                return Some(Advance::Found);
            }
        }
        self.next_comment = 0;
        match self.lexemes.read(window, start, at_end) {
            Ok(end) => {
                self.position = end.next;
                self.interpret(window, start, end.content)
                    .then_some(Advance::Found)
            }
            Err(Stop::NeedMore) => {
                self.lexemes.comments.clear();
                Some(Advance::NeedMore)
            }
            Err(Stop::Damage(damage)) => {
                self.give_up(window, start, damage);
                None
            }
        }
    }

    /// Finds the comment at `start`. One over [`MAX_ENTRY_LENGTH`] comes in parts.
    fn comment(&mut self, window: &[u8], start: usize, at_end: bool) -> Advance {
        let rest = &window[start..];
        let part = &rest[..rest.len().min(MAX_ENTRY_LENGTH)];
        let end = memchr::memchr(b'\n', part);
        if end.is_none() && part.len() < MAX_ENTRY_LENGTH && !at_end {
            return Advance::NeedMore;
        }
        let is_last = end.is_some() || part.len() < MAX_ENTRY_LENGTH;
        let text = match end {
            Some(end) => &part[..end],
            None if is_last => part,
            // What is to come tells whether a last carriage return is part of the comment.
            None => without_carriage_return(part),
        };
        self.position = start + text.len();
        self.in_comment = !is_last;
        let shown = if is_last {
            without_carriage_return(text)
        } else {
            text
        };
        self.found = Found::Comment(start..start + shown.len());
        Advance::Found
    }

    /// Notes the error of a damaged entry. What it holds of comments is told before.
    fn give_up(&mut self, window: &[u8], start: usize, damage: Damage) {
        let base = self.lines.base();
        let span = base + damage.span.start..base + damage.span.end;
        let error = SyntaxError {
            kind: self.structure_error(window, damage.error),
            lines: Box::new(KeptLines::new(
                &self.text(window).lines(span.clone()),
                &span,
            )),
            span,
            place: self.lines.place(window, damage.span.start),
            entry: base + start..base + start,
            found: Excerpt::new(window, damage.span),
        };
        let noticed = damage.noticed;
        let resume = match next_entry_line(window, start) {
            Search::Found(line) => line,
            Search::NotYet(_) => noticed,
        };
        // What stands from there on is read again, on its own.
        let is_before = |word: &Word| word.range().start < resume;
        self.lexemes.words.retain(is_before);
        self.lexemes.comments.retain(is_before);
        self.lose_all(window, start);
        if base + start >= self.damaged.end {
            self.damaged = DamagedPart {
                start: base + start,
                ..DamagedPart::default()
            };
        }
        self.damaged.end = self.damaged.end.max(base + noticed);
        self.damaged.read_again += noticed.saturating_sub(resume);
        let allowed = RESCANS * (self.damaged.end - self.damaged.start);
        self.position = if self.damaged.read_again > allowed {
            noticed
        } else {
            start
        };
        self.given_up = Some(Box::new(error));
    }

    pub(crate) fn structure_error(&self, window: &[u8], error: StructureError) -> SyntaxErrorKind {
        match error {
            StructureError::UnterminatedQuote => SyntaxErrorKind::UnterminatedQuote,
            StructureError::UnterminatedParenthesis => SyntaxErrorKind::UnterminatedParenthesis,
            StructureError::NestedParenthesis { opened } => SyntaxErrorKind::NestedParenthesis {
                line: self.lines.line_of(window, opened),
            },
            StructureError::UnexpectedParenthesis => SyntaxErrorKind::UnexpectedParenthesis,
            StructureError::LoneCarriageReturn => SyntaxErrorKind::LoneCarriageReturn,
            StructureError::EntryTooLong => SyntaxErrorKind::EntryTooLong,
        }
    }

    /// Looks for the line to go on at, and then tells the error.
    fn go_on_after_damage(&mut self, window: &[u8], at_end: bool) -> Advance {
        let end = match next_entry_line(window, self.position) {
            Search::Found(line) => line,
            Search::NotYet(_) if at_end => window.len(),
            Search::NotYet(position) => {
                self.position = position;
                return Advance::NeedMore;
            }
        };
        self.position = end;
        self.found = match self.given_up.take() {
            Some(mut error) => {
                error.entry.end = self.lines.base() + end;
                Found::Error(error)
            }
            None => Found::Nothing,
        };
        Advance::Found
    }

    /// Forgets the window up to the position, and returns how much that is.
    pub(crate) fn discard(&mut self, window: &[u8]) -> usize {
        let length = self.position;
        self.lines.discard(window, length);
        self.position = 0;
        length
    }
}

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Whether a window at the start of a file is too short to tell whether it starts with a byte order mark.
fn is_mark_cut(window: &[u8], at_end: bool) -> bool {
    !at_end && window.len() < BYTE_ORDER_MARK.len() && BYTE_ORDER_MARK.starts_with(window)
}

/// White space at the start of a line, which makes the owner blank. A carriage return is either the end of an empty line or an error.
pub(crate) fn is_blank(octet: u8) -> bool {
    matches!(octet, b' ' | b'\t' | b'\r')
}

/// How many octets at the front are spaces, tabs, and carriage returns that end a line.
fn count_blanks(octets: &[u8], at_end: bool) -> usize {
    octets
        .iter()
        .enumerate()
        .position(|(index, &octet)| match octet {
            b' ' | b'\t' => false,
            b'\r' => match octets.get(index + 1) {
                Some(&next) => next != b'\n',
                None => at_end,
            },
            _ => true,
        })
        .unwrap_or(octets.len())
}

/// The outcome of [`next_entry_line`].
pub(crate) enum Search {
    /// The start of the line.
    Found(usize),
    /// There is none in the window; the search goes on here when there is more.
    NotYet(usize),
}

/// The start of the next line behind `from` that could begin an entry.
pub(crate) fn next_entry_line(window: &[u8], from: usize) -> Search {
    let from = from.min(window.len());
    for end in memchr::memchr_iter(b'\n', &window[from..]) {
        let line = from + end + 1;
        match window.get(line) {
            Some(&octet) if is_blank(octet) || matches!(octet, b'\n' | b')') => {}
            Some(_) => return Search::Found(line),
            None => return Search::NotYet(line - 1),
        }
    }
    Search::NotYet(window.len())
}
