//! SVCB and HTTPS parameters (RFC 9460 §2.1) where the parser of `domain` 0.12 is stricter or laxer than the RFC.
//!
//! Too strict: such text counts as not known here rather than as wrong.
//!
//! - Keys that hold the digit 9 or the letter z (its key alphabet stops one short at both ends), such as `key65329`.
//! - Escaped commas and backslashes in `alpn` (RFC 9460 Appendix A.1).
//! - Keys by number that have a name: their value is octets then.
//!
//! Too lax: quotes around key and value, numbers with leading zeros, empty items in `alpn`.

use crate::record::RdataText;
use crate::types::decimal;
use crate::words::Word;

/// Whether `domain` would refuse this text for one of the reasons above.
pub(crate) fn is_beyond_domain(text: RdataText<'_>) -> bool {
    let mut after_alpn = None;
    // Priority and target come first.
    for token in text.tokens().skip(2) {
        if after_alpn == Some(token.span.start) && token.raw.contains(&b'\\') {
            return true;
        }
        let key_length = memchr::memchr(b'=', token.raw).unwrap_or(token.raw.len());
        let (key, value) = token.raw.split_at(key_length);
        if !token.quoted && key.iter().any(|octet| matches!(octet, b'9' | b'z')) {
            return true;
        }
        if numbered_key(key).is_some_and(|number| number < FIRST_UNNAMED) {
            return true;
        }
        let is_alpn = key == b"alpn";
        if is_alpn && value.contains(&b'\\') {
            return true;
        }
        after_alpn = is_alpn.then_some(token.span.end);
    }
    false
}

/// The first key without a name, as far as servers know names.
const FIRST_UNNAMED: u16 = 10;

fn numbered_key(key: &[u8]) -> Option<u16> {
    decimal(key.strip_prefix(b"key")?)
}

/// Finds a parameter that servers refuse, and why.
pub(crate) fn check(text: RdataText<'_>) -> Result<(), (Word, &'static str)> {
    let octets = text.entry.octets();
    let mut words = text.words().iter().copied().skip(2).peekable();
    while let Some(word) = words.next() {
        if word.is_quoted() {
            return Err((
                word,
                "expected a parameter whose key stands before the quotes",
            ));
        }
        let raw = word.of(octets);
        let (key, mut value) = match memchr::memchr(b'=', raw) {
            Some(end) => (&raw[..end], &raw[end + 1..]),
            None => (raw, &b""[..]),
        };
        if let Some(quoted) = words.next_if(|next| next.span().start == word.span().end) {
            value = quoted.of(octets);
        }
        if key.starts_with(b"key0") && key.len() > b"key0".len() {
            return Err((word, "expected a key number without leading zeros"));
        }
        if key == b"alpn" && value.split(|&octet| octet == b',').any(<[u8]>::is_empty) {
            return Err((word, "expected no empty item in alpn"));
        }
    }
    Ok(())
}
