//! What stands between the owner and the RDATA: `[TTL] [class] type`, TTL and class in either order (RFC 1035 §5.1).

use core::ops::Range;

use crate::error::{Problem, SyntaxErrorKind};
use crate::state::{Known, State};
use crate::time_to_live::{TimeError, parse_ttl};
use crate::types::{self, PrivateTypes};
use crate::words::Word;

/// The fields as stated. Spans are those of the entry's text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields {
    pub(crate) ttl: Option<(u32, Word)>,
    pub(crate) class: Option<(u16, Word)>,
    pub(crate) record_type: u16,
    pub(crate) type_word: Word,
    /// How many words they take.
    pub(crate) length: usize,
}

/// Where fields are read: the entry's text, its end, and what the words of earlier entries left behind.
pub(crate) struct Surroundings<'s> {
    pub(crate) text: &'s [u8],
    pub(crate) content_end: usize,
    /// The line the entry starts in, counted when something is lost.
    pub(crate) line: &'s dyn Fn() -> usize,
    pub(crate) types: &'s PrivateTypes,
}

/// Reads the fields at the front of `words`.
///
/// The state takes the TTL when one is stated, and loses it when one may have been but cannot be read.
pub(crate) fn read_fields(
    words: &[Word],
    around: &Surroundings<'_>,
    state: &mut State,
) -> Result<Fields, Problem> {
    let mut ttl = None;
    let mut class = None;
    for (index, &word) in words.iter().enumerate() {
        let raw = word.of(around.text);
        if word.is_quoted() {
            return Err(problem(SyntaxErrorKind::UnknownType, word.span()));
        }
        if ttl.is_none() && raw.first().is_some_and(u8::is_ascii_digit) {
            match parse_ttl(raw) {
                Ok(seconds) => {
                    state.set_last_ttl(Known::Is(seconds));
                    ttl = Some((seconds, word));
                    continue;
                }
                Err(error) => {
                    let line = (around.line)();
                    state.set_last_ttl(Known::Lost { line });
                    return Err(problem(error.into(), word.span()));
                }
            }
        }
        if class.is_none()
            && let Some(number) = types::class(raw)
        {
            if types::is_meta_class(number) {
                let kind = SyntaxErrorKind::MetaClass { class: number };
                return Err(problem(kind, word.span()));
            }
            class = Some((number, word));
            continue;
        }
        return match around.types.record_type(raw) {
            Some(record_type) if types::is_meta_type(record_type) => Err(problem(
                SyntaxErrorKind::MetaType { record_type },
                word.span(),
            )),
            Some(record_type) => Ok(Fields {
                ttl,
                class,
                record_type,
                type_word: word,
                length: index + 1,
            }),
            None => Err(problem(SyntaxErrorKind::UnknownType, word.span())),
        };
    }
    let end = around.content_end;
    Err(problem(SyntaxErrorKind::MissingType, end..end))
}

fn problem(kind: SyntaxErrorKind, span: Range<usize>) -> Problem {
    Problem { kind, span }
}

impl From<TimeError> for SyntaxErrorKind {
    fn from(error: TimeError) -> Self {
        match error {
            TimeError::Syntax => Self::BadTtl,
            TimeError::TooLarge => Self::TtlTooLarge,
        }
    }
}
