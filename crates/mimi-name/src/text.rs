//! Names from text: RFC 1035 §5.1 with **decimal** escapes `\DDD` and `\X`, relative names, `@`.

use alloc::vec::Vec;
use core::str::FromStr;

use crate::error::{LabelError, TextError, TextErrorKind};
use crate::name::DomainName;

impl DomainName {
    /// Reads a name as a master file writes it.
    ///
    /// `@` alone is the origin, a final unescaped dot makes the name absolute, and without one the origin is appended.
    ///
    /// # Errors
    /// [`TextError`] with the octet position; a relative name without an origin is [`TextErrorKind::RelativeWithoutOrigin`].
    pub fn from_text(text: &[u8], origin: Option<&Self>) -> Result<Self, TextError> {
        let relative = |position| TextError::new(position, TextErrorKind::RelativeWithoutOrigin);
        match text {
            b"" => return Err(TextError::new(0, TextErrorKind::Empty)),
            b"." => return Ok(Self::root()),
            b"@" => return origin.cloned().ok_or_else(|| relative(0)),
            _ => {}
        }
        let written = read_labels(text)?;
        let suffix = match (written.absolute, origin) {
            (true, _) => None,
            (false, Some(origin)) => Some(origin),
            (false, None) => return Err(relative(text.len())),
        };
        let labels = written.labels.iter().map(|(_, label)| label.as_slice());
        let suffix_labels = suffix.into_iter().flat_map(Self::labels);
        Self::from_labels(labels.chain(suffix_labels)).map_err(|error| {
            let index = match error {
                LabelError::Empty { index }
                | LabelError::LabelTooLong { index, .. }
                | LabelError::NameTooLong { index } => index,
            };
            let position = written.labels.get(index).map_or(text.len(), |(at, _)| *at);
            TextError::new(position, TextErrorKind::Label(error))
        })
    }

    /// Reads a name that is absolute with or without its final dot: `example.com` and `example.com.` are the same.
    ///
    /// # Errors
    /// [`TextError`] with the octet position.
    pub fn parse_absolute(text: &str) -> Result<Self, TextError> {
        Self::from_text(text.as_bytes(), Some(&Self::root()))
    }
}

impl FromStr for DomainName {
    type Err = TextError;

    fn from_str(text: &str) -> Result<Self, TextError> {
        Self::parse_absolute(text)
    }
}

/// The labels of a written name, each with the position where it starts.
struct WrittenName {
    labels: Vec<(usize, Vec<u8>)>,
    absolute: bool,
}

fn read_labels(text: &[u8]) -> Result<WrittenName, TextError> {
    let mut labels = Vec::new();
    let mut label = Vec::new();
    let mut start = 0;
    let mut position = 0;
    while let Some(&octet) = text.get(position) {
        let consumed = match octet {
            b'.' if label.is_empty() => {
                return Err(TextError::new(position, TextErrorKind::EmptyLabel));
            }
            b'.' => {
                labels.push((start, core::mem::take(&mut label)));
                start = position + 1;
                1
            }
            b'\\' => {
                let (value, consumed) = read_escape(text, position)?;
                label.push(value);
                consumed
            }
            other => {
                label.push(other);
                1
            }
        };
        // An over-long label is an error anyway; stopping here bounds the work on hostile text.
        if labels.len() > DomainName::MAX_LENGTH / 2 || label.len() > DomainName::MAX_LENGTH {
            let error = if label.len() > DomainName::MAX_LENGTH {
                LabelError::LabelTooLong {
                    index: labels.len(),
                    length: label.len(),
                }
            } else {
                LabelError::NameTooLong {
                    index: labels.len(),
                }
            };
            return Err(TextError::new(start, TextErrorKind::Label(error)));
        }
        position += consumed;
    }
    let absolute = label.is_empty();
    if !absolute {
        labels.push((start, label));
    }
    Ok(WrittenName { labels, absolute })
}

/// Reads `\DDD` or `\X` at `position`: the octet it stands for, and how many octets of text it takes.
fn read_escape(text: &[u8], position: usize) -> Result<(u8, usize), TextError> {
    let after = text.get(position + 1..).unwrap_or_default();
    match after {
        [] => Err(TextError::new(position, TextErrorKind::UnfinishedEscape)),
        [a @ b'0'..=b'9', b @ b'0'..=b'9', c @ b'0'..=b'9', ..] => {
            let value = [a, b, c]
                .into_iter()
                .fold(0u16, |sum, digit| sum * 10 + u16::from(digit - b'0'));
            u8::try_from(value)
                .map(|octet| (octet, 4))
                .map_err(|_| TextError::new(position, TextErrorKind::EscapeOver255 { value }))
        }
        [b'0'..=b'9', ..] => Err(TextError::new(position, TextErrorKind::UnfinishedEscape)),
        [octet, ..] => Ok((*octet, 2)),
    }
}
