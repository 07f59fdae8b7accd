//! What stands before the RDATA, and what entries inherit from earlier ones (RFC 1035 §5.1).

use core::ops::Range;
use std::sync::Arc;

use mimi_name::{DomainName, TextError, TextErrorKind};

use crate::entries::Failure;
use crate::error::{Problem, SyntaxErrorKind, name_error_span};
use crate::lexer::{Lexer, Token};
use crate::time_to_live::{TimeError, parse_ttl};
use crate::types::{self, Mnemonics};

/// Something that later entries inherit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Known<T> {
    /// Never set.
    Missing,
    /// To be set by the entry at `since`, which could not be read.
    Lost {
        since: usize,
    },
    Is(T),
}

/// What a record needs to convert its RDATA.
#[derive(Clone)]
pub(crate) struct Context {
    pub(crate) origin: Known<DomainName>,
    pub(crate) mnemonics: Arc<Mnemonics>,
}

/// Why a token is not a name.
#[derive(Clone, Copy, Debug)]
pub(crate) enum NameError {
    Text(TextError),
    NoOrigin,
    OriginLost { since: usize },
}

impl Context {
    /// Reads a name, relative to the origin, with the span of the error.
    pub(crate) fn name(&self, token: &Token<'_>) -> Result<DomainName, (NameError, Range<usize>)> {
        let origin = match &self.origin {
            Known::Is(origin) => Some(origin),
            Known::Missing | Known::Lost { .. } => None,
        };
        DomainName::from_text(token.raw, origin).map_err(|error| {
            let span = name_error_span(&error, token.text_start(), token.span.clone());
            let error = match (error.kind(), &self.origin) {
                (TextErrorKind::RelativeWithoutOrigin, &Known::Lost { since }) => {
                    NameError::OriginLost { since }
                }
                (TextErrorKind::RelativeWithoutOrigin, _) => NameError::NoOrigin,
                _ => NameError::Text(error),
            };
            (error, span)
        })
    }
}

impl From<(NameError, Range<usize>)> for Problem {
    fn from((error, span): (NameError, Range<usize>)) -> Self {
        let kind = match error {
            NameError::Text(error) => SyntaxErrorKind::BadName(error),
            NameError::NoOrigin => SyntaxErrorKind::NoOrigin,
            NameError::OriginLost { since } => SyntaxErrorKind::OriginLost { since },
        };
        Self { kind, span }
    }
}

/// The fields between owner and RDATA, as stated.
#[derive(Debug)]
pub(crate) struct Fields {
    pub(crate) ttl: Option<(u32, Range<usize>)>,
    pub(crate) class: Option<(u16, Range<usize>)>,
    pub(crate) record_type: u16,
    pub(crate) type_span: Range<usize>,
}

/// Reads `[TTL] [class] type`, TTL and class in either order.
///
/// `last_ttl` takes the TTL when one is stated, and is lost when one may have been but cannot be read.
pub(crate) fn read_fields<'a>(
    lexer: &mut Lexer<'a>,
    mut first: Option<Token<'a>>,
    mnemonics: &Mnemonics,
    (last_ttl, since): (&mut Known<u32>, usize),
    mut comment: impl FnMut(Range<usize>),
) -> Result<Fields, Failure> {
    let mut ttl: Option<(u32, Range<usize>)> = None;
    let mut class = None;
    loop {
        let next = match first.take() {
            Some(token) => Ok(Some(token)),
            None => lexer.next(&mut comment),
        };
        let token = match next {
            Ok(Some(token)) => token,
            Ok(None) => {
                let end = lexer.content_end();
                return Err(problem(SyntaxErrorKind::MissingType, end..end));
            }
            Err(damage) => {
                if ttl.is_none() {
                    *last_ttl = Known::Lost { since };
                }
                return Err(damage.into());
            }
        };
        if token.quoted {
            return Err(problem(SyntaxErrorKind::UnknownType, token.span));
        }
        if ttl.is_none() && token.raw.first().is_some_and(u8::is_ascii_digit) {
            match parse_ttl(token.raw) {
                Ok(seconds) => {
                    *last_ttl = Known::Is(seconds);
                    ttl = Some((seconds, token.span));
                    continue;
                }
                Err(error) => {
                    *last_ttl = Known::Lost { since };
                    let kind = match error {
                        TimeError::Syntax => SyntaxErrorKind::BadTtl,
                        TimeError::TooLarge => SyntaxErrorKind::TtlTooLarge,
                    };
                    return Err(problem(kind, token.span));
                }
            }
        }
        if class.is_none()
            && let Some(number) = types::class(token.raw)
        {
            if types::is_meta_class(number) {
                let kind = SyntaxErrorKind::MetaClass { class: number };
                return Err(problem(kind, token.span));
            }
            class = Some((number, token.span));
            continue;
        }
        return match mnemonics.record_type(token.raw) {
            Some(record_type) if types::is_meta_type(record_type) => Err(problem(
                SyntaxErrorKind::MetaType { record_type },
                token.span,
            )),
            Some(record_type) => Ok(Fields {
                ttl,
                class,
                record_type,
                type_span: token.span,
            }),
            None => Err(problem(SyntaxErrorKind::UnknownType, token.span)),
        };
    }
}

fn problem(kind: SyntaxErrorKind, span: Range<usize>) -> Failure {
    Failure::Problem(Problem { kind, span })
}
