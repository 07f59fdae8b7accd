//! The generic form of RDATA, `\# length hex…` (RFC 3597 §5), on any type, known or not.
//!
//! The hexadecimal digits may be split into words anywhere, as in BIND; quoted words are refused, as there.

use core::fmt;

use crate::error::{Problem, SyntaxErrorKind};
use crate::record::RdataText;
use crate::types::decimal;

/// RDATA in generic form. It was checked when the record was read; the octets are decoded when asked for.
#[derive(Clone)]
pub struct GenericRdata<'a> {
    text: RdataText<'a>,
    length: u16,
}

impl<'a> GenericRdata<'a> {
    /// Checks the text behind a record type. `None` when it does not start with `\#`.
    pub(crate) fn read(text: &RdataText<'a>) -> Result<Option<Self>, Problem> {
        let mut tokens = text.tokens();
        let Some(marker) = tokens.next() else {
            return Ok(None);
        };
        if marker.quoted || marker.raw != br"\#" {
            return Ok(None);
        }
        let length_token = tokens.next();
        let length_span = match &length_token {
            Some(token) => token.span.clone(),
            None => text.span().end..text.span().end,
        };
        let Some(length) = length_token
            .filter(|token| !token.quoted)
            .and_then(|token| decimal(token.raw))
        else {
            return Err(Problem {
                kind: SyntaxErrorKind::GenericLength,
                span: length_span,
            });
        };
        let mut digits = 0;
        let mut words = length_span.end..length_span.end;
        for word in tokens {
            if word.quoted || !word.raw.iter().all(u8::is_ascii_hexdigit) {
                return Err(Problem {
                    kind: SyntaxErrorKind::GenericDigit,
                    span: word.span,
                });
            }
            if digits == 0 {
                words.start = word.span.start;
            }
            words.end = word.span.end;
            digits += word.raw.len();
        }
        if digits != 2 * usize::from(length) {
            return Err(Problem {
                kind: SyntaxErrorKind::GenericMismatch {
                    stated: length,
                    digits,
                },
                span: words,
            });
        }
        Ok(Some(Self {
            text: text.clone(),
            length,
        }))
    }

    /// RDLENGTH.
    #[expect(
        clippy::len_without_is_empty,
        reason = "a length field, not a collection"
    )]
    pub fn len(&self) -> u16 {
        self.length
    }

    /// The text as written, `\#` included.
    pub fn text(&self) -> &RdataText<'a> {
        &self.text
    }

    /// The RDATA octets.
    pub fn to_vec(&self) -> Vec<u8> {
        let mut octets = Vec::with_capacity(usize::from(self.length));
        let mut high = None;
        for word in self.text.tokens().skip(2) {
            for &digit in word.raw {
                let value = hex_value(digit);
                match high.take() {
                    None => high = Some(value),
                    Some(high) => octets.push(high << 4 | value),
                }
            }
        }
        octets
    }
}

impl fmt::Debug for GenericRdata<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GenericRdata")
            .field("length", &self.length)
            .field("span", &self.text.span())
            .finish_non_exhaustive()
    }
}

/// The value of a digit that is known to be hexadecimal.
fn hex_value(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        _ => (digit | 0x20).wrapping_sub(b'a').wrapping_add(10) & 0x0F,
    }
}
