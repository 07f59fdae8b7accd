//! Record data of any type as `\# length hex`: RFC 3597 §5, D4.
//!
//! ```text
//! data = "\#" blank length *(blank word)     ; word = 1*HEXDIG, twice as many in all words as the length says
//! ```
//!
//! The RFC wants an even number of digits in each word. Like BIND, the reader lets them be split anywhere.

use alloc::string::String;
use alloc::vec::Vec;
use core::error::Error;
use core::fmt::{self, Write};

use crate::character_string::{Octet, is_blank};

/// Writes record data as `\# length hex`, in lower case and one word; `\# 0` when there is none.
pub fn to_text(rdata: &[u8]) -> String {
    let mut text = String::with_capacity(8 + 2 * rdata.len());
    // Writing to a String cannot fail.
    let _ = write_text(&mut text, rdata);
    text
}

pub(crate) fn write_text(text: &mut impl Write, rdata: &[u8]) -> fmt::Result {
    write!(text, "\\# {}", rdata.len())?;
    if !rdata.is_empty() {
        text.write_char(' ')?;
    }
    rdata
        .iter()
        .try_for_each(|octet| write!(text, "{octet:02x}"))
}

/// Whether record data is written in this form, whatever its type: its first word is a bare `\#`.
pub fn is_generic(text: &[u8]) -> bool {
    matches!(Words::new(text).next(), Some((_, b"\\#")))
}

/// Reads `\# length hex`. The hexadecimal digits may be split into words anywhere.
///
/// # Errors
/// [`GenericTextError`], with the position of what is wrong.
pub fn from_text(text: &[u8]) -> Result<Vec<u8>, GenericTextError> {
    let mut words = Words::new(text);
    match words.next() {
        Some((_, b"\\#")) => {}
        other => {
            let position = other.map_or(text.len(), |(position, _)| position);
            return Err(GenericTextError::MissingMarker { position });
        }
    }
    let (position, word) = words.next().unwrap_or((text.len(), b""));
    let declared = read_length(word).ok_or(GenericTextError::BadLength { position })?;
    let mut octets = Octets::default();
    for (position, word) in words {
        octets.read(word, position)?;
    }
    match octets.high {
        Some((position, _)) => Err(GenericTextError::OddDigits { position }),
        None if octets.read.len() == usize::from(declared) => Ok(octets.read),
        None => Err(GenericTextError::LengthMismatch {
            position,
            declared,
            found: octets.read.len(),
        }),
    }
}

fn read_length(word: &[u8]) -> Option<u16> {
    // `u16::from_str` alone would take a plus sign.
    if !word.iter().all(u8::is_ascii_digit) {
        return None;
    }
    core::str::from_utf8(word).ok()?.parse().ok()
}

/// Hexadecimal digits on their way to octets.
#[derive(Default)]
struct Octets {
    read: Vec<u8>,
    /// The first digit of an octet whose second has not come, with its position.
    high: Option<(usize, u8)>,
}

impl Octets {
    fn read(&mut self, word: &[u8], start: usize) -> Result<(), GenericTextError> {
        for (position, &octet) in (start..).zip(word) {
            let digit = match octet {
                b'0'..=b'9' => octet - b'0',
                b'a'..=b'f' => octet - b'a' + 10,
                b'A'..=b'F' => octet - b'A' + 10,
                _ => return Err(GenericTextError::NotHex { position, octet }),
            };
            match self.high.take() {
                None => self.high = Some((position, digit)),
                Some((_, high)) => self.read.push(high << 4 | digit),
            }
        }
        Ok(())
    }
}

/// The words of a line, each with the position where it starts.
struct Words<'a> {
    text: &'a [u8],
    position: usize,
}

impl<'a> Words<'a> {
    fn new(text: &'a [u8]) -> Self {
        Self { text, position: 0 }
    }
}

impl<'a> Iterator for Words<'a> {
    type Item = (usize, &'a [u8]);

    fn next(&mut self) -> Option<(usize, &'a [u8])> {
        let rest = self.text.get(self.position..)?;
        let start = self.position + rest.iter().position(|octet| !is_blank(*octet))?;
        let from_start = self.text.get(start..)?;
        let length = from_start.iter().position(|octet| is_blank(*octet));
        let word = from_start.get(..length.unwrap_or(from_start.len()))?;
        self.position = start + word.len();
        Some((start, word))
    }
}

/// Why text is not record data in the form of RFC 3597. Positions are octet offsets into the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum GenericTextError {
    /// The text does not start with `\#`.
    MissingMarker {
        /// Where it was expected.
        position: usize,
    },
    /// The length is missing, not decimal, or above 65535.
    BadLength {
        /// Where it was expected.
        position: usize,
    },
    /// An octet that is not a hexadecimal digit.
    NotHex {
        /// Where it stands.
        position: usize,
        /// The octet.
        octet: u8,
    },
    /// An odd number of hexadecimal digits.
    OddDigits {
        /// Where the last one stands.
        position: usize,
    },
    /// The hexadecimal digits do not make as many octets as the length says.
    LengthMismatch {
        /// Where the length stands.
        position: usize,
        /// The length written.
        declared: u16,
        /// The octets found.
        found: usize,
    },
}

impl GenericTextError {
    /// A stable code in kebab case.
    pub fn code(&self) -> &'static str {
        match self {
            Self::MissingMarker { .. } => "missing-generic-marker",
            Self::BadLength { .. } => "bad-generic-length",
            Self::NotHex { .. } => "not-hexadecimal",
            Self::OddDigits { .. } => "odd-hexadecimal-digits",
            Self::LengthMismatch { .. } => "generic-length-mismatch",
        }
    }

    /// The octet offset into the text at which reading failed.
    pub fn position(&self) -> usize {
        match *self {
            Self::MissingMarker { position }
            | Self::BadLength { position }
            | Self::NotHex { position, .. }
            | Self::OddDigits { position }
            | Self::LengthMismatch { position, .. } => position,
        }
    }
}

impl fmt::Display for GenericTextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingMarker { position } => {
                write!(f, "expected \\# at octet {position}, found something else")
            }
            Self::BadLength { position } => write!(
                f,
                "expected a decimal length of 0 to 65535 at octet {position}, found something else"
            ),
            Self::NotHex { position, octet } => write!(
                f,
                "expected a hexadecimal digit, found {} at octet {position}",
                Octet(*octet)
            ),
            Self::OddDigits { position } => write!(
                f,
                "expected an even number of hexadecimal digits, found one too many at octet {position}"
            ),
            Self::LengthMismatch {
                declared, found, ..
            } => write!(
                f,
                "expected {declared} octets of record data as the length says, found {found}"
            ),
        }
    }
}

impl Error for GenericTextError {}
