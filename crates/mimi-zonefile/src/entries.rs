//! The entries of a file, one after the other, and how reading goes on after errors.

use core::ops::Range;
use std::sync::Arc;

use crate::comment::Comment;
use crate::directive::{Directive, DirectiveKind, DirectiveName};
use crate::error::{Excerpt, Problem, SyntaxError, SyntaxErrorKind};
use crate::fields::{Context, Fields, Known, read_fields};
use crate::generic::GenericRdata;
use crate::lexer::{Damage, Lexer, Token, comment_span};
use crate::record::{Rdata, RdataText, Record};
use crate::state::State;
use crate::time_to_live::{TimeError, parse_ttl};

/// How many times the length of the input may be read again after damage.
const RESCANS: usize = 8;

/// One thing in a file.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Entry<'a> {
    /// A record.
    Record(Record<'a>),
    /// A directive that took effect.
    Directive(Directive),
    /// A comment. Those inside an entry come after it, in their order.
    Comment(Comment<'a>),
}

/// Why an entry was not read.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Its end is unknown.
    Damage(Damage),
    /// Its end is known.
    Problem(Problem),
}

impl From<Damage> for Failure {
    fn from(damage: Damage) -> Self {
        Self::Damage(damage)
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

/// The entries of a file in order. Made by [`ZoneFile::entries`](crate::ZoneFile::entries).
///
/// Iteration ends at the end of the input and goes on after every error.
///
/// # Recovery
///
/// An error inside an entry whose end is known costs that entry alone. When the end is unknown (quotes, parentheses, length) reading
/// goes on at the next line behind the entry's start that could begin one: not with white space, not with `)`, not empty. What
/// was passed over is the error's [`entry`](SyntaxError::entry).
///
/// What an unreadable entry would have set is *lost*, and entries that need it are errors of their own until it is set again:
///
/// | could not be read | lost |
/// |---|---|
/// | an owner; anything in a line without a type; the end of an entry | the owner, for blank owners |
/// | a TTL; an entry's end before its type | the last TTL, where no `$TTL` is in force |
/// | the minimum of an SOA that should have set the TTL | the default TTL |
/// | `$TTL` | the default TTL |
/// | `$ORIGIN` | the origin, for relative names |
/// | an unknown directive, `$GENERATE` | the owner: other readers take these lines as setting it |
///
/// Reading back after a missing quote or parenthesis is limited to eight times the input in all, so time is linear in the
/// input. Only made-up files exhaust that; they are then read on behind the place where the damage was noticed.
#[derive(Clone)]
pub struct Entries<'a> {
    input: &'a [u8],
    /// The start of the next line to read, unless comments wait.
    position: usize,
    state: State<'a>,
    class: u16,
    /// The comments of the last entry; the buffer is reused.
    comments: Vec<Range<usize>>,
    next_comment: usize,
    rescans_left: usize,
}

impl<'a> Entries<'a> {
    pub(crate) fn new(
        input: &'a [u8],
        context: Context,
        default_ttl: Known<u32>,
        class: u16,
    ) -> Self {
        // A byte order mark is an editor's doing; read as text it would become part of the first owner.
        let position = if input.starts_with(b"\xEF\xBB\xBF") {
            3
        } else {
            0
        };
        Self {
            input,
            position,
            state: State::new(context, default_ttl),
            class,
            comments: Vec::new(),
            next_comment: 0,
            rescans_left: input.len().saturating_mul(RESCANS),
        }
    }

    fn comment(&self, span: Range<usize>) -> Entry<'a> {
        Entry::Comment(Comment {
            text: &self.input[span.clone()],
            span,
        })
    }

    /// Reads the entry at `start`, which is not blank. `None` when it holds no token, as `( )` does.
    fn read_entry(&mut self, start: usize) -> Option<Result<Entry<'a>, SyntaxError>> {
        let mut comments = core::mem::take(&mut self.comments);
        comments.clear();
        self.next_comment = 0;
        let mut lexer = Lexer::new(self.input, start);
        let mut outcome = self.read_tokens(&mut lexer, start, &mut |span| comments.push(span));
        if let Err(Failure::Problem(_)) = &outcome
            && let Err(damage) = skip_entry(&mut lexer, |span| comments.push(span))
        {
            outcome = Err(damage.into());
        }
        let result = match outcome {
            Ok(entry) => {
                self.position = lexer.position();
                entry.map(Ok)
            }
            Err(Failure::Problem(Problem { kind, span })) => {
                self.position = lexer.position();
                Some(Err(self.error(kind, span, start..lexer.content_end())))
            }
            Err(Failure::Damage(damage)) => {
                let resume = self.resume_after(start, lexer.position());
                comments.retain(|comment| comment.start < resume);
                self.state.lose_owner(start);
                self.position = resume;
                Some(Err(self.error(
                    damage.error.into(),
                    damage.span,
                    start..resume,
                )))
            }
        };
        self.comments = comments;
        result
    }

    fn read_tokens(
        &mut self,
        lexer: &mut Lexer<'a>,
        start: usize,
        comment: &mut dyn FnMut(Range<usize>),
    ) -> Result<Option<Entry<'a>>, Failure> {
        let blank_owner = is_blank(self.input[start]);
        let first = match lexer.next(&mut *comment) {
            Ok(Some(first)) => first,
            Ok(None) => return Ok(None),
            Err(damage) => {
                self.state.last_ttl = Known::Lost { since: start };
                return Err(damage.into());
            }
        };
        if !first.quoted && first.raw.starts_with(b"$") {
            let name = DirectiveName::from_token(first.raw);
            if !blank_owner {
                return self
                    .read_directive(lexer, name, &first, start, comment)
                    .map(Some);
            }
            if let Some(name) = name {
                self.state.lose_directive(name, start);
                return Err(Failure::Problem(Problem {
                    kind: SyntaxErrorKind::IndentedDirective,
                    span: first.span,
                }));
            }
        }
        self.read_record(lexer, first, blank_owner, start, comment)
            .map(|record| Some(Entry::Record(record)))
    }

    fn read_directive(
        &mut self,
        lexer: &mut Lexer<'a>,
        name: Option<DirectiveName>,
        token: &Token<'a>,
        start: usize,
        comment: &mut dyn FnMut(Range<usize>),
    ) -> Result<Entry<'a>, Failure> {
        let refuse = |kind| {
            Err(Failure::Problem(Problem {
                kind,
                span: token.span.clone(),
            }))
        };
        match name {
            None => {
                self.state.lose_owner(start);
                return refuse(SyntaxErrorKind::UnknownDirective);
            }
            Some(DirectiveName::Include) => return refuse(SyntaxErrorKind::IncludeNotFollowed),
            Some(DirectiveName::Generate) => {
                self.state.lose_directive(DirectiveName::Generate, start);
                return refuse(SyntaxErrorKind::GenerateNotSupported);
            }
            Some(DirectiveName::Origin | DirectiveName::Ttl) => {}
        }
        let is_origin = name == Some(DirectiveName::Origin);
        let outcome = argument(lexer, comment).and_then(|argument| {
            let kind = if is_origin {
                DirectiveKind::Origin(self.state.context.name(&argument).map_err(Problem::from)?)
            } else {
                DirectiveKind::Ttl(ttl_argument(&argument)?)
            };
            Ok((kind, argument.span))
        });
        let (kind, argument_span) = match outcome {
            Ok(read) => read,
            Err(failure) => {
                let lost = if is_origin {
                    DirectiveName::Origin
                } else {
                    DirectiveName::Ttl
                };
                self.state.lose_directive(lost, start);
                return Err(failure);
            }
        };
        match &kind {
            DirectiveKind::Origin(origin) => self.state.set_origin(Known::Is(origin.clone())),
            DirectiveKind::Ttl(seconds) => self.state.default_ttl = Known::Is(*seconds),
        }
        Ok(Entry::Directive(Directive {
            kind,
            span: start..lexer.content_end(),
            argument_span,
        }))
    }

    fn read_record(
        &mut self,
        lexer: &mut Lexer<'a>,
        first: Token<'a>,
        blank_owner: bool,
        start: usize,
        comment: &mut dyn FnMut(Range<usize>),
    ) -> Result<Record<'a>, Failure> {
        let (owner, owner_span, first_field) = if blank_owner {
            let owner = self.state.inherited_owner(start..first.span.start);
            (owner, start..start, Some(first))
        } else {
            (self.state.stated_owner(&first, start), first.span, None)
        };
        let fields = read_fields(
            lexer,
            first_field,
            &self.state.context.mnemonics,
            (&mut self.state.last_ttl, start),
            &mut *comment,
        );
        if let Err(Failure::Problem(problem)) = &fields
            && problem.kind == SyntaxErrorKind::MissingType
        {
            // A lone word may be the debris of another entry.
            self.state.lose_owner(start);
        }
        // The first error in the line is told, unless a later one hides the entry's end.
        let (owner, fields) = match (owner, fields) {
            (_, Err(Failure::Damage(damage))) => return Err(damage.into()),
            (Err(problem), _) => return Err(problem.into()),
            (Ok(_), Err(failure)) => return Err(failure),
            (Ok(owner), Ok(fields)) => (owner, fields),
        };
        let text = RdataText::read(self.input, lexer, &mut *comment)?;
        let rdata = match GenericRdata::read(&text)? {
            Some(generic) => Rdata::Generic(generic),
            None => Rdata::Text(text),
        };
        let Fields {
            ttl,
            class,
            record_type,
            type_span,
        } = fields;
        let (class, class_span) = match class {
            Some((class, span)) => (class, Some(span)),
            None => (self.class, None),
        };
        let (ttl, ttl_span) = match ttl {
            Some((seconds, span)) => (Some(seconds), Some(span)),
            None => (self.state.inherited_ttl(&type_span)?, None),
        };
        let mut record = Record {
            owner,
            ttl: ttl.unwrap_or(0),
            class,
            record_type,
            rdata,
            span: start..lexer.content_end(),
            owner_span,
            ttl_span,
            class_span,
            type_span,
            context: Arc::clone(&self.state.context),
        };
        if ttl.is_none() {
            record.ttl = self.state.ttl_from_soa(&record)?;
        }
        Ok(record)
    }

    /// Where reading goes on after an entry from `start` whose damage was noticed at `noticed`.
    fn resume_after(&mut self, start: usize, noticed: usize) -> usize {
        let resume = next_entry_line(self.input, start);
        let back = noticed.saturating_sub(resume);
        match self.rescans_left.checked_sub(back) {
            Some(left) => {
                self.rescans_left = left;
                resume
            }
            None => next_entry_line(self.input, noticed),
        }
    }

    fn error(&self, kind: SyntaxErrorKind, span: Range<usize>, entry: Range<usize>) -> SyntaxError {
        SyntaxError {
            kind,
            found: Excerpt::new(self.input, span.clone()),
            span,
            entry,
        }
    }
}

impl<'a> Iterator for Entries<'a> {
    type Item = Result<Entry<'a>, SyntaxError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(span) = self.comments.get(self.next_comment) {
                self.next_comment += 1;
                return Some(Ok(self.comment(span.clone())));
            }
            let start = self.position;
            let content = self.input[start..]
                .iter()
                .position(|&octet| !is_blank(octet))
                .map_or(self.input.len(), |blanks| start + blanks);
            match self.input.get(content) {
                None => {
                    self.position = content;
                    return None;
                }
                Some(b'\n') => self.position = content + 1,
                Some(b';') => {
                    let span = comment_span(self.input, content);
                    self.position = span.end;
                    return Some(Ok(self.comment(span)));
                }
                Some(_) => {
                    if let Some(result) = self.read_entry(start) {
                        return Some(result);
                    }
                }
            }
        }
    }
}

impl core::iter::FusedIterator for Entries<'_> {}

impl core::fmt::Debug for Entries<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Entries")
            .field("position", &self.position)
            .finish_non_exhaustive()
    }
}

/// The records of a file in order, and the errors. Made by [`ZoneFile::records`](crate::ZoneFile::records).
#[derive(Clone, Debug)]
pub struct Records<'a> {
    entries: Entries<'a>,
}

impl<'a> Records<'a> {
    pub(crate) fn new(entries: Entries<'a>) -> Self {
        Self { entries }
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Result<Record<'a>, SyntaxError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.entries.find_map(|entry| match entry {
            Ok(Entry::Record(record)) => Some(Ok(record)),
            Ok(Entry::Directive(_) | Entry::Comment(_)) => None,
            Err(error) => Some(Err(error)),
        })
    }
}

impl core::iter::FusedIterator for Records<'_> {}

/// White space at the start of a line, which makes the owner blank.
fn is_blank(octet: u8) -> bool {
    matches!(octet, b' ' | b'\t' | b'\r')
}

/// The start of the next line behind `from` that could begin an entry, or the end of the input.
fn next_entry_line(input: &[u8], from: usize) -> usize {
    let from = from.min(input.len());
    memchr::memchr_iter(b'\n', &input[from..])
        .map(|end| from + end + 1)
        .find(|&line| {
            input
                .get(line)
                .is_some_and(|&octet| !is_blank(octet) && !matches!(octet, b'\n' | b')'))
        })
        .unwrap_or(input.len())
}

/// Reads on to the end of the entry.
fn skip_entry(lexer: &mut Lexer<'_>, mut comment: impl FnMut(Range<usize>)) -> Result<(), Damage> {
    while lexer.next(&mut comment)?.is_some() {}
    Ok(())
}

/// The one argument of a directive.
fn argument<'a>(
    lexer: &mut Lexer<'a>,
    comment: &mut dyn FnMut(Range<usize>),
) -> Result<Token<'a>, Failure> {
    let Some(argument) = lexer.next(&mut *comment)? else {
        let end = lexer.content_end();
        return Err(Failure::Problem(Problem {
            kind: SyntaxErrorKind::MissingArgument,
            span: end..end,
        }));
    };
    match lexer.next(comment)? {
        None => Ok(argument),
        Some(token) => Err(Failure::Problem(Problem {
            kind: SyntaxErrorKind::TrailingToken,
            span: token.span,
        })),
    }
}

fn ttl_argument(argument: &Token<'_>) -> Result<u32, Problem> {
    parse_ttl(argument.raw).map_err(|error| Problem {
        kind: match error {
            TimeError::Syntax => SyntaxErrorKind::BadTtl,
            TimeError::TooLarge => SyntaxErrorKind::TtlTooLarge,
        },
        span: argument.span.clone(),
    })
}
