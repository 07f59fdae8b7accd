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
        let suffix = origin.map_or(0, |origin| origin.as_wire().len());
        let mut wire = Vec::with_capacity((text.len() + 1 + suffix).min(Self::MAX_LENGTH));
        Self::append_text(text, origin, &mut wire)?;
        Ok(Self::from_valid_wire(wire))
    }

    /// Like [`from_text`](Self::from_text), but appends the octets of the wire form to `octets`.
    ///
    /// # Errors
    /// As `from_text`; `octets` is as it was then.
    pub fn append_text(
        text: &[u8],
        origin: Option<&Self>,
        octets: &mut Vec<u8>,
    ) -> Result<(), TextError> {
        let start = octets.len();
        let result = append_text(text, origin, octets);
        if result.is_err() {
            octets.truncate(start);
        }
        result
    }

    /// Like [`from_text`](Self::from_text), in place of the name that was here: the memory is used again.
    ///
    /// # Errors
    /// As `from_text`; the name is the root then.
    pub fn set_text(&mut self, text: &[u8], origin: Option<&Self>) -> Result<(), TextError> {
        self.replace_wire(|wire| append_text(text, origin, wire))
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

/// Appends the wire form of a written name. After an error more or less of it is there.
fn append_text(
    text: &[u8],
    origin: Option<&DomainName>,
    wire: &mut Vec<u8>,
) -> Result<(), TextError> {
    let relative = |position| TextError::new(position, TextErrorKind::RelativeWithoutOrigin);
    match text {
        b"" => return Err(TextError::new(0, TextErrorKind::Empty)),
        b"." => {
            wire.push(0);
            return Ok(());
        }
        b"@" => {
            let origin = origin.ok_or_else(|| relative(0))?;
            wire.extend_from_slice(origin.as_wire());
            return Ok(());
        }
        _ => {}
    }
    let base = wire.len();
    if append_plain(text, wire) {
        return finish(text, origin, wire, base);
    }
    wire.truncate(base);
    append_labels(text, wire).map_err(|error| match error.kind() {
        // A name without a place is the first thing to mend: its length is not known yet.
        TextErrorKind::Label(_) if origin.is_none() && !ends_with_dot(text) => relative(text.len()),
        _ => error,
    })?;
    finish(text, origin, wire, base)
}

/// Appends the labels of text without escapes whose name may be long enough; whether that was so.
///
/// The wire form is the text, one octet later, with the length of each label in place of the dot before it.
fn append_plain(text: &[u8], wire: &mut Vec<u8>) -> bool {
    if text.len() > DomainName::MAX_LENGTH - 2 {
        return false;
    }
    let base = wire.len();
    wire.push(0);
    wire.extend_from_slice(text);
    let wire = &mut wire[base..];
    let mut start = 0;
    for (position, &octet) in text.iter().enumerate() {
        if octet == b'\\' {
            return false;
        }
        if octet == b'.' {
            let length = position - start;
            if length == 0 || length > DomainName::MAX_LABEL_LENGTH {
                return false;
            }
            wire[start] = length as u8;
            start = position + 1;
        }
    }
    let length = text.len() - start;
    if length > DomainName::MAX_LABEL_LENGTH {
        return false;
    }
    wire[start] = length as u8;
    true
}

/// Appends the labels of any text, and the root's octet when it is absolute.
fn append_labels(text: &[u8], wire: &mut Vec<u8>) -> Result<(), TextError> {
    let base = wire.len();
    let mut position = 0;
    for index in 0.. {
        // Each label costs two octets at least, so there is an end long before `index` has one.
        let start = position;
        let length_at = wire.len();
        wire.push(0);
        let mut length = 0;
        let dot = loop {
            let Some(&octet) = text.get(position) else {
                break false;
            };
            let (value, consumed) = match octet {
                b'.' => break true,
                b'\\' => read_escape(text, position)?,
                other => (other, 1),
            };
            position += consumed;
            length += 1;
            if length <= DomainName::MAX_LABEL_LENGTH {
                wire.push(value);
            }
        };
        if length == 0 && dot {
            return Err(TextError::new(position, TextErrorKind::EmptyLabel));
        }
        let label_error = if length > DomainName::MAX_LABEL_LENGTH {
            Some(LabelError::LabelTooLong { index, length })
        } else if wire.len() - base + usize::from(length > 0) > DomainName::MAX_LENGTH {
            Some(LabelError::NameTooLong { index })
        } else {
            None
        };
        if let Some(error) = label_error {
            return Err(TextError::new(start, TextErrorKind::Label(error)));
        }
        wire[length_at] = length as u8;
        if !dot || length == 0 {
            break;
        }
        position += 1;
    }
    Ok(())
}

/// Closes the labels from `base` on with the origin, unless the text is absolute: then they end with the root's octet.
fn finish(
    text: &[u8],
    origin: Option<&DomainName>,
    wire: &mut Vec<u8>,
    base: usize,
) -> Result<(), TextError> {
    if wire.last() == Some(&0) && ends_with_dot(text) {
        return Ok(());
    }
    let error = |kind| Err(TextError::new(text.len(), kind));
    let Some(origin) = origin else {
        return error(TextErrorKind::RelativeWithoutOrigin);
    };
    let mut suffix = origin.labels();
    let mut length = wire.len() - base;
    if length + origin.as_wire().len() > DomainName::MAX_LENGTH {
        let written = count_labels(&wire[base..]);
        let fitting = suffix.position(|label| {
            length += 1 + label.len();
            length + 1 > DomainName::MAX_LENGTH
        });
        let index = written + fitting.unwrap_or_default();
        return error(TextErrorKind::Label(LabelError::NameTooLong { index }));
    }
    wire.extend_from_slice(origin.as_wire());
    Ok(())
}

/// Whether the last octet of text is a dot that no backslash stands before.
fn ends_with_dot(text: &[u8]) -> bool {
    let Some(before) = text.strip_suffix(b".") else {
        return false;
    };
    let backslashes = before.iter().rev().take_while(|&&octet| octet == b'\\');
    backslashes.count() % 2 == 0
}

/// How many labels stand in a wire form that no root closes.
fn count_labels(mut wire: &[u8]) -> usize {
    let mut count = 0;
    while let Some((&length, rest)) = wire.split_first() {
        wire = rest.get(usize::from(length)..).unwrap_or_default();
        count += 1;
    }
    count
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
