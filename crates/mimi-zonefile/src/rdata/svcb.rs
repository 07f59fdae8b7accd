//! What the SVCB parser of `domain` 0.12 refuses although RFC 9460 allows it.
//!
//! - Keys that hold the digit 9 or the letter z (its key alphabet stops one short at both ends), such as `key65329`.
//! - Escaped commas and backslashes in `alpn` (RFC 9460 Appendix A.1).
//!
//! Such text counts as not known here rather than as wrong.

use crate::record::RdataText;

/// Whether `domain` would refuse this text for one of the reasons above.
pub(crate) fn is_beyond_domain(text: &RdataText<'_>) -> bool {
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
        let is_alpn = key == b"alpn" || key == b"key1";
        if is_alpn && value.contains(&b'\\') {
            return true;
        }
        after_alpn = is_alpn.then_some(token.span.end);
    }
    false
}
