//! Percent-encoding (RFC 3986 §2.1) of the three URI forms.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Write;

use nom::bytes::complete::take_while_m_n;
use nom::character::complete::char;
use nom::combinator::map_opt;
use nom::sequence::preceded;
use nom::{IResult, Parser};

/// Why percent-encoded text cannot be decoded. Positions are octet offsets into the encoded text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PercentFault {
    /// `%` without two hexadecimal digits.
    Unfinished { position: usize },
    /// The decoded octets are not UTF-8.
    NotUtf8 { position: usize },
}

/// `"%" HEXDIG HEXDIG`
fn triplet(input: &str) -> IResult<&str, u8> {
    map_opt(
        preceded(
            char('%'),
            take_while_m_n(2, 2, |c: char| c.is_ascii_hexdigit()),
        ),
        |digits: &str| u8::from_str_radix(digits, 16).ok(),
    )
    .parse(input)
}

/// Decodes every triplet; `+` stays `+`.
pub(crate) fn decode(text: &str) -> Result<String, PercentFault> {
    let mut octets = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        let (plain, encoded) = rest.split_at(at);
        octets.extend_from_slice(plain.as_bytes());
        let Ok((after, octet)) = triplet(encoded) else {
            return Err(PercentFault::Unfinished {
                position: text.len() - encoded.len(),
            });
        };
        octets.push(octet);
        rest = after;
    }
    octets.extend_from_slice(rest.as_bytes());
    String::from_utf8(octets).map_err(|error| PercentFault::NotUtf8 {
        position: encoded_position(text, error.utf8_error().valid_up_to()),
    })
}

/// Where the octet at `decoded_position` of the decoded text stands in the encoded `text`.
pub(crate) fn encoded_position(text: &str, decoded_position: usize) -> usize {
    let octets = text.as_bytes();
    let mut position = 0;
    for _ in 0..decoded_position {
        position += if octets.get(position) == Some(&b'%') {
            3
        } else {
            1
        };
    }
    position.min(octets.len())
}

/// Appends `text`, encoding every octet that is neither unreserved (RFC 3986 §2.3) nor in `keep`.
pub(crate) fn encode(out: &mut String, text: &str, keep: &[u8]) {
    for &octet in text.as_bytes() {
        if octet.is_ascii_alphanumeric() || b"-._~".contains(&octet) || keep.contains(&octet) {
            out.push(char::from(octet));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(out, "%{octet:02X}");
        }
    }
}

/// The text after `scheme` and its colon; schemes have no case (RFC 3986 §3.1).
pub(crate) fn strip_scheme<'a>(text: &'a str, scheme: &str) -> Option<&'a str> {
    let (head, rest) = text.split_once(':')?;
    head.eq_ignore_ascii_case(scheme).then_some(rest)
}
