//! The generic form of RDATA, `\# length hex…` (RFC 3597 §5), on any type, known or not.
//!
//! The hexadecimal digits may be split into words anywhere, as in BIND; quoted words are refused, as there.

use crate::error::{Problem, SyntaxErrorKind};
use crate::types::decimal;
use crate::words::Word;

/// Whether the words behind a record type are in generic form.
pub(crate) fn is_generic(words: &[Word], text: &[u8]) -> bool {
    words
        .first()
        .is_some_and(|marker| !marker.is_quoted() && marker.of(text) == br"\#")
}

/// Decodes the words behind `\#` in place of what `octets` held.
pub(crate) fn decode(
    words: &[Word],
    text: &[u8],
    content_end: usize,
    octets: &mut Vec<u8>,
) -> Result<(), Problem> {
    octets.clear();
    let problem = |kind, span| Err(Problem { kind, span });
    let Some((length_word, words)) = words.split_first() else {
        return problem(SyntaxErrorKind::GenericLength, content_end..content_end);
    };
    let stated = match decimal(length_word.of(text)) {
        Some(length) if !length_word.is_quoted() => length,
        _ => return problem(SyntaxErrorKind::GenericLength, length_word.span()),
    };
    let mut digits = 0;
    let mut high = None;
    for word in words {
        let raw = word.of(text);
        digits += raw.len();
        let is_decoded = !word.is_quoted() && append(raw, &mut high, octets);
        if !is_decoded {
            return problem(SyntaxErrorKind::GenericDigit, word.span());
        }
    }
    if digits != 2 * usize::from(stated) {
        let end = length_word.span().end;
        let first = words.first().map_or(end, |word| word.span().start);
        let last = words.last().map_or(end, |word| word.span().end);
        let kind = SyntaxErrorKind::GenericMismatch { stated, digits };
        return problem(kind, first..last);
    }
    Ok(())
}

/// Appends what digits stand for; an odd one waits in `high`. Whether all were hexadecimal.
fn append(mut digits: &[u8], high: &mut Option<u8>, octets: &mut Vec<u8>) -> bool {
    if let Some(waiting) = *high {
        let Some((&digit, rest)) = digits.split_first() else {
            return true;
        };
        let low = VALUES[usize::from(digit)];
        if low == NOT_HEX {
            return false;
        }
        octets.push(waiting << 4 | low);
        *high = None;
        digits = rest;
    }
    let (blocks, rest) = digits.as_chunks::<BLOCK>();
    for block in blocks {
        let (values, is_hex) = decode_block(block);
        if !is_hex {
            return false;
        }
        octets.extend_from_slice(&values);
    }
    let (pairs, odd) = rest.as_chunks::<2>();
    // Values are below 16 unless a digit is none: then all of them together have one of the upper bits.
    let mut seen = 0;
    for &[high, low] in pairs {
        let (high, low) = (VALUES[usize::from(high)], VALUES[usize::from(low)]);
        seen |= high | low;
        octets.push(high << 4 | low & 0x0F);
    }
    if let [digit] = odd {
        let value = VALUES[usize::from(*digit)];
        seen |= value;
        *high = Some(value);
    }
    seen & 0xF0 == 0
}

/// How many digits are decoded at once.
const BLOCK: usize = 32;

/// Decodes a block without branches and tables, so that the compiler can use vectors; whether all were digits.
fn decode_block(digits: &[u8; BLOCK]) -> ([u8; BLOCK / 2], bool) {
    let mut values = [0; BLOCK];
    let mut wrong = 0;
    for (value, &digit) in values.iter_mut().zip(digits) {
        let letter = (digit | 0x20).wrapping_sub(b'a');
        let number = digit.wrapping_sub(b'0');
        let is_letter = letter < 6;
        let is_number = number < 10;
        wrong |= u8::from(!(is_letter | is_number));
        *value = if is_letter { letter + 10 } else { number };
    }
    let mut octets = [0; BLOCK / 2];
    let (pairs, _) = values.as_chunks::<2>();
    for (octet, &[high, low]) in octets.iter_mut().zip(pairs) {
        *octet = high << 4 | low & 0x0F;
    }
    (octets, wrong == 0)
}

const NOT_HEX: u8 = 0xFF;

/// What each octet is worth as a hexadecimal digit.
const VALUES: [u8; 256] = {
    let mut table = [NOT_HEX; 256];
    let mut value = 0;
    while value < 16 {
        let digit = b"0123456789abcdef"[value];
        table[digit as usize] = value as u8;
        table[digit.to_ascii_uppercase() as usize] = value as u8;
        value += 1;
    }
    table
};
