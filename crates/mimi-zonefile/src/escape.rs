//! Escapes of RFC 1035 §5.1: `\DDD` with three **decimal** digits up to 255, and `\X` for any octet X that is no digit.

use core::error::Error;
use core::fmt;
use std::borrow::Cow;

/// Why the text of a token does not stand for octets, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EscapeError {
    position: usize,
    kind: EscapeErrorKind,
}

/// What is wrong with an escape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EscapeErrorKind {
    /// A backslash at the end, or followed by one or two digits.
    Unfinished,
    /// `\DDD` above 255.
    Over255 {
        /// The number written.
        value: u16,
    },
}

impl EscapeError {
    /// Where the backslash stands, as an octet offset into the token's text.
    pub fn position(&self) -> usize {
        self.position
    }

    /// What is wrong.
    pub fn kind(&self) -> EscapeErrorKind {
        self.kind
    }

    /// A stable code in kebab case.
    pub fn code(&self) -> &'static str {
        match self.kind {
            EscapeErrorKind::Unfinished => "unfinished-escape",
            EscapeErrorKind::Over255 { .. } => "escape-over-255",
        }
    }
}

impl fmt::Display for EscapeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            EscapeErrorKind::Unfinished => {
                f.write_str("expected three decimal digits or one other octet after a backslash")
            }
            EscapeErrorKind::Over255 { value } => {
                write!(f, "expected an escape of \\000 to \\255, found \\{value}")
            }
        }
    }
}

impl Error for EscapeError {}

/// The octets that `text` stands for; borrowed when it holds no escape.
pub(crate) fn unescape(text: &[u8]) -> Result<Cow<'_, [u8]>, EscapeError> {
    let Some(first) = memchr::memchr(b'\\', text) else {
        return Ok(Cow::Borrowed(text));
    };
    let mut octets = Vec::with_capacity(text.len());
    let mut copied = 0;
    let mut backslash = Some(first);
    while let Some(position) = backslash {
        octets.extend_from_slice(&text[copied..position]);
        let (octet, length) = read_escape(text, position)?;
        octets.push(octet);
        copied = position + length;
        backslash = memchr::memchr(b'\\', &text[copied..]).map(|next| copied + next);
    }
    octets.extend_from_slice(&text[copied..]);
    Ok(Cow::Owned(octets))
}

/// Reads the escape at `position`, a backslash: the octet it stands for and how many octets of text it takes.
fn read_escape(text: &[u8], position: usize) -> Result<(u8, usize), EscapeError> {
    let error = |kind| EscapeError { position, kind };
    match &text[position + 1..] {
        [a @ b'0'..=b'9', b @ b'0'..=b'9', c @ b'0'..=b'9', ..] => {
            let value = [a, b, c]
                .into_iter()
                .fold(0, |sum, digit| sum * 10 + u16::from(digit - b'0'));
            match u8::try_from(value) {
                Ok(octet) => Ok((octet, 4)),
                Err(_) => Err(error(EscapeErrorKind::Over255 { value })),
            }
        }
        [] | [b'0'..=b'9', ..] => Err(error(EscapeErrorKind::Unfinished)),
        [octet, ..] => Ok((*octet, 2)),
    }
}
