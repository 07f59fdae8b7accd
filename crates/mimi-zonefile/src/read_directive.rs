//! Directives: reading their arguments, and what they do to the state.

use core::ops::Range;
use std::sync::Arc;

use mimi_name::DomainName;

use crate::directive::{Directive, DirectiveKind, DirectiveName};
use crate::error::{Problem, SyntaxErrorKind, name_error_span};
use crate::generate::{GenerateError, GenerateErrorKind, Generation};
use crate::include::IncludeError;
use crate::interpret::Found;
use crate::lexer::Stop;
use crate::place::FileId;
use crate::scanner::Scanner;
use crate::state::Known;
use crate::time_to_live::parse_ttl;
use crate::words::Word;

/// An `$INCLUDE` that was found.
pub(crate) struct Include {
    pub(crate) path: Box<[u8]>,
    pub(crate) origin: Option<DomainName>,
}

impl Scanner {
    /// Lets the directive at `start` take effect.
    pub(crate) fn read_directive(
        &mut self,
        name: DirectiveName,
        window: &[u8],
        start: usize,
        content_end: usize,
    ) -> Result<Directive, Problem> {
        let word = self.lexemes.words[0];
        let refuse = |kind| {
            Err(Problem {
                kind,
                span: word.span(),
            })
        };
        let (kind, argument) = match name {
            DirectiveName::Unknown => {
                self.lose_directive(name, window, start);
                return refuse(SyntaxErrorKind::UnknownDirective);
            }
            DirectiveName::Include => {
                // Servers disagree who owns a line without an owner behind the directive.
                self.state.lose_owner(self.lines.line_of(window, start));
                self.read_include(window, content_end)?
            }
            DirectiveName::Generate => {
                self.lose_directive(name, window, start);
                let records = self.generate(window, (start, content_end))?;
                let argument = self.lexemes.words.get(1).copied().unwrap_or(word);
                (DirectiveKind::Generate { records }, argument)
            }
            DirectiveName::Origin | DirectiveName::Ttl => {
                let read = self.set_directive(name, window, content_end);
                if read.is_err() {
                    self.lose_directive(name, window, start);
                }
                read?
            }
        };
        let text = self.text(window);
        Ok(Directive {
            kind,
            text: window[start..content_end].into(),
            place: text.place(start),
            span: text.span(start..content_end),
            argument_span: text.span(argument.span()),
        })
    }

    /// Reads the arguments of `$INCLUDE`.
    fn read_include(
        &self,
        window: &[u8],
        content_end: usize,
    ) -> Result<(DirectiveKind, Word), Problem> {
        let (path, origin) = match self.lexemes.words.as_slice() {
            [_, path] => (*path, None),
            [_, path, origin] => (*path, Some(*origin)),
            [_, _, _, extra, ..] => {
                return Err(Problem {
                    kind: SyntaxErrorKind::TrailingToken,
                    span: extra.span(),
                });
            }
            _ => {
                return Err(Problem {
                    kind: SyntaxErrorKind::MissingArgument,
                    span: content_end..content_end,
                });
            }
        };
        let origin = origin
            .map(|word| self.read_name(word, window))
            .transpose()?;
        let path_text = path.of(window).into();
        let kind = DirectiveKind::Include {
            path: path_text,
            origin,
        };
        Ok((kind, path))
    }

    /// Reads the name that is the argument of a directive.
    fn read_name(&self, word: Word, window: &[u8]) -> Result<DomainName, Problem> {
        if word.is_quoted() {
            return Err(Problem {
                kind: SyntaxErrorKind::QuotedArgument,
                span: word.span(),
            });
        }
        let context = self.state.context(&self.settings.types);
        context
            .read_name(word.of(window))
            .map_err(|(error, text_error)| Problem {
                kind: error.into(),
                span: name_error_span(&text_error, word),
            })
    }

    /// The `$INCLUDE` that was found, if it was one.
    pub(crate) fn found_include(&self) -> Option<Include> {
        let Found::Directive(directive) = &self.found else {
            return None;
        };
        match &directive.kind {
            DirectiveKind::Include { path, origin } => Some(Include {
                path: path.clone(),
                origin: origin.clone(),
            }),
            _ => None,
        }
    }

    /// Turns the `$INCLUDE` that was found into an error.
    pub(crate) fn refuse_include(&mut self, window: &[u8], error: IncludeError) {
        let Found::Directive(directive) = &self.found else {
            return;
        };
        let base = self.lines.base();
        let in_window = |span: &Range<usize>| span.start - base..span.end - base;
        let problem = Problem {
            kind: SyntaxErrorKind::Include(error),
            span: in_window(&directive.argument_span),
        };
        let entry = in_window(&directive.span);
        self.found = Found::Error(Box::new(self.text(window).error(problem, entry)));
    }

    /// Goes back to the start of the directive that was found, so that it is found again.
    pub(crate) fn step_back(&mut self) {
        if let Found::Directive(directive) = &self.found {
            self.position = directive.span.start - self.lines.base();
            self.found = Found::Nothing;
        }
    }

    /// A scanner for a file that this one includes.
    pub(crate) fn for_included(&self, file: FileId, origin: Option<&DomainName>) -> Self {
        let mut state = self.state.clone();
        if let Some(origin) = origin {
            state.origin = Known::Is(Arc::new(origin.clone()));
        }
        Self::new(Arc::clone(&self.settings), state, file, (0, 1))
    }

    /// Starts to expand a `$GENERATE`, and returns how many records it has.
    fn generate(&mut self, window: &[u8], span: (usize, usize)) -> Result<u32, Problem> {
        let problem = |error: GenerateError| Problem {
            kind: SyntaxErrorKind::Generate(error.kind),
            span: error.span,
        };
        let generation = Generation::read(&self.lexemes.words, window, span).map_err(problem)?;
        let Some(generated) = self.state.generated.plus(generation.size()) else {
            return Err(Problem {
                kind: SyntaxErrorKind::Generate(GenerateErrorKind::TooManyInFile),
                span: span.0..span.1,
            });
        };
        self.state.generated = generated;
        let records = generation.records();
        self.generation = Some(Box::new(generation));
        Ok(records)
    }

    /// Makes the next record of the `$GENERATE` that is being expanded. After an error no more of it are made.
    pub(crate) fn next_generated(&mut self, window: &[u8]) -> bool {
        let Some(mut generation) = self.generation.take() else {
            return false;
        };
        let mut text = core::mem::take(&mut self.generated);
        let is_one = generation.next(&mut text);
        let span = generation.span;
        if is_one {
            self.made_at = Some(span);
            let read = self.read_generated(&text, &generation, window);
            self.generated = text;
            self.lexemes.comments.clear();
            self.found = match read {
                Ok(()) => {
                    self.generation = Some(generation);
                    Found::Record
                }
                Err(problem) => {
                    let entry = span.0..span.1;
                    Found::Error(Box::new(self.text(window).error(problem, entry)))
                }
            };
        } else {
            self.generated = text;
        }
        if self.generation.is_none() {
            // Servers disagree who owns a line without an owner behind the directive.
            self.state.lose_owner(self.lines.line_of(window, span.0));
        }
        is_one
    }

    /// Reads the text of a generated record.
    fn read_generated(
        &mut self,
        text: &[u8],
        generation: &Generation,
        window: &[u8],
    ) -> Result<(), Problem> {
        let problem = |kind| Problem {
            kind,
            span: 0..text.len(),
        };
        let refuse = |kind| Err(problem(SyntaxErrorKind::Generate(kind)));
        let end = match self.lexemes.read(text, 0, true) {
            Ok(end) => end,
            Err(Stop::Damage(damage)) => {
                return Err(problem(self.structure_error(window, damage.error)));
            }
            // All of the text is there.
            Err(Stop::NeedMore) => return refuse(GenerateErrorKind::Incomplete),
        };
        if text.get(end.next) == Some(&b';') {
            return refuse(GenerateErrorKind::Comment);
        }
        self.read_record(text, (0, end.content), (window, generation.span.0))?;
        if self.record.rdata < generation.rdata_index() {
            return refuse(GenerateErrorKind::SeveralWords);
        }
        Ok(())
    }

    /// Reads the argument of `$ORIGIN` or `$TTL` and lets it take effect.
    fn set_directive(
        &mut self,
        name: DirectiveName,
        window: &[u8],
        content_end: usize,
    ) -> Result<(DirectiveKind, Word), Problem> {
        let argument = match self.lexemes.words.as_slice() {
            [_, argument] => *argument,
            [_, _, extra, ..] => {
                return Err(Problem {
                    kind: SyntaxErrorKind::TrailingToken,
                    span: extra.span(),
                });
            }
            _ => {
                return Err(Problem {
                    kind: SyntaxErrorKind::MissingArgument,
                    span: content_end..content_end,
                });
            }
        };
        let kind = if name == DirectiveName::Origin {
            let origin = self.read_name(argument, window)?;
            self.state.origin = Known::Is(Arc::new(origin.clone()));
            DirectiveKind::Origin(origin)
        } else {
            let problem = |kind| Problem {
                kind,
                span: argument.span(),
            };
            if argument.is_quoted() {
                return Err(problem(SyntaxErrorKind::QuotedArgument));
            }
            let seconds = parse_ttl(argument.of(window)).map_err(|error| problem(error.into()))?;
            self.state.default_ttl = Known::Is(seconds);
            DirectiveKind::Ttl(seconds)
        };
        Ok((kind, argument))
    }

    /// Notes that what a directive would have set is not known.
    pub(crate) fn lose_directive(&mut self, name: DirectiveName, window: &[u8], start: usize) {
        let line = self.lines.line_of(window, start);
        match name {
            DirectiveName::Origin => self.state.origin = Known::Lost { line },
            DirectiveName::Ttl => self.state.default_ttl = Known::Lost { line },
            // Other readers take these lines as setting the owner.
            DirectiveName::Generate | DirectiveName::Include | DirectiveName::Unknown => {
                self.state.lose_owner(line);
            }
        }
    }
}
