//! The form that the writer emits (D13), read in one pass: for whoever reads millions of strings and wants to look only at the others.
//!
//! It takes fewer strings than [`plain`](crate::plain) does, which takes fewer than [`judge`](crate::judge): `v=MIMI1` first, one space
//! behind each semicolon and nowhere else, known tags once each and with a value, a priority of at most 65535 without needless zeros,
//! printable ASCII without what may be a quote or an escape of some kind: none of `!` to `'`, no `=` in a value, no `\`. Nothing can be
//! said about such a string.

use crate::judge::Tags;
use crate::tag::Known;
use crate::{MAX_OCTETS, Mssi, VERSION};

/// Reads a string in the form that [`Builder`](crate::Builder) writes, apart from the order of its tags, with nothing in its values
/// that may be a quote or an escape; `None` for every other string, usable or not.
///
/// What it reads is what [`parse_strict`](crate::parse_strict) reads, and [`parse`](crate::parse) has no diagnostic for it.
///
/// ```
/// let plain = b"v=MIMI1; p=1; a=myname99; e=im.telegram.org; s=telegram";
/// assert_eq!(mimi_mssi::parse_canonical(plain), mimi_mssi::parse_strict(plain).ok());
/// assert!(mimi_mssi::parse_canonical(b"v=MIMI1;a=myname99;e=im.telegram.org").is_none());
/// ```
pub fn parse_canonical(input: &[u8]) -> Option<Mssi<'_>> {
    if input.len() > MAX_OCTETS {
        return None;
    }
    let text = core::str::from_utf8(input).ok()?;
    let rest = text.strip_prefix("v=")?.strip_prefix(VERSION)?;
    let mut tags = Tags {
        version: Some(VERSION),
        ..Tags::default()
    };
    let mut at = input.len() - rest.len();
    while at < input.len() {
        // The two octets before a tag, and its name with the equals sign, at the least.
        let [b';', b' ', name, rest @ ..] = input.get(at..)? else {
            return None;
        };
        let (known, start) = match (name, rest) {
            (b'a', [b'=', ..]) => (Known::Account, at + 4),
            (b'e', [b'=', ..]) => (Known::Endpoint, at + 4),
            (b'p', [b'=', ..]) => (Known::Priority, at + 4),
            (b's', [b'=', ..]) => (Known::Service, at + 4),
            (b'p', [b'v', b'=', ..]) => (Known::ProtocolVersion, at + 5),
            _ => return None,
        };
        let end = end_of_value(input, start)?;
        let value = text.get(start..end).filter(|value| !value.is_empty())?;
        at = end;
        let place = match known {
            Known::Account => &mut tags.account,
            Known::Endpoint => &mut tags.endpoint,
            Known::Service => &mut tags.service,
            Known::ProtocolVersion => &mut tags.protocol_version,
            Known::Priority | Known::Version => {
                if tags.priority.is_some() {
                    return None;
                }
                tags.priority = Some(number(value)?);
                continue;
            }
        };
        if place.replace(value).is_some() {
            return None;
        }
    }
    Mssi::new(input, &tags)
}

/// Where the semicolon behind a value stands, or the end; `None` if anything that is not plain comes first.
fn end_of_value(input: &[u8], start: usize) -> Option<usize> {
    let rest = input.get(start..)?;
    let (words, tail) = rest.as_chunks::<8>();
    for (index, word) in words.iter().enumerate() {
        let stops = stops(u64::from_le_bytes(*word));
        if stops != 0 {
            let at = start + index * 8 + (stops.trailing_zeros() / 8) as usize;
            return (input.get(at) == Some(&b';')).then_some(at);
        }
    }
    let stop = tail.iter().position(|octet| !is_plain(*octet));
    match stop {
        None => Some(input.len()),
        Some(stop) => {
            let at = input.len() - tail.len() + stop;
            (input.get(at) == Some(&b';')).then_some(at)
        }
    }
}

/// Whether a value may hold an octet without anybody taking it for something else.
const fn is_plain(octet: u8) -> bool {
    matches!(octet, b'('..=b':' | b'<' | b'>'..=b'[' | b']'..=b'~')
}

/// Marks octets that are not plain with their highest bit. The lowest mark is always right; those above it
/// may be false: a subtraction borrows from the next octet only where it leaves a mark.
fn stops(word: u64) -> u64 {
    /// The octet in all eight places.
    const fn all(octet: u8) -> u64 {
        u64::from_le_bytes([octet; 8])
    }
    let zeros = |word: u64| word.wrapping_sub(all(1)) & !word;
    let below = word.wrapping_sub(all(b'(')) & !word;
    let marks = zeros(word ^ all(b';')) | zeros(word ^ all(b'=')) | zeros(word ^ all(b'\\'));
    (below | marks | zeros(word ^ all(0x7F)) | word) & all(0x80)
}

/// A priority in the form that raises no remark.
fn number(value: &str) -> Option<u32> {
    let octets = value.as_bytes();
    if octets.len() > 5 || (octets.len() > 1 && octets.first() == Some(&b'0')) {
        return None;
    }
    let number = octets.iter().try_fold(0, |sum, octet| {
        let digit = octet.wrapping_sub(b'0');
        (digit < 10).then(|| sum * 10 + u32::from(digit))
    })?;
    (number <= 65_535).then_some(number)
}

#[cfg(test)]
mod tests {
    use alloc::string::{String, ToString};
    use alloc::vec::Vec;

    use proptest::prelude::*;

    use super::parse_canonical;
    use crate::{OwnedMssi, parse, parse_strict};

    fn assert_agreement(input: &[u8]) -> Result<bool, TestCaseError> {
        let Some(read) = parse_canonical(input) else {
            return Ok(false);
        };
        prop_assert_eq!(Some(read), parse_strict(input).ok());
        prop_assert!(parse(input).diagnostics().is_empty());
        Ok(true)
    }

    fn shaped() -> impl Strategy<Value = Vec<u8>> {
        let name = prop::sample::select(&["v", "a", "e", "p", "p", "pv", "s", "x", "A", ""][..]);
        let value = prop_oneof![
            6 => "[!-~]{1,20}",
            2 => "[ -~]{0,12}",
            2 => prop::sample::select(&["MIMI1", "1", "0", "65535", "65536", "007", "", "é", "a\tb", "\u{7f}"][..])
                .prop_map(String::from),
        ];
        let join = prop::sample::select(&["; ", "; ", "; ", "; ", ";", " ; ", ";  "][..]);
        prop::collection::vec((join, name, value), 0..7).prop_map(|tags| {
            let mut text = String::from("v=MIMI1");
            for (join, name, value) in tags {
                text.extend([join, name, "=", &value]);
            }
            text.into_bytes()
        })
    }

    proptest! {
        #[test]
        fn it_never_differs_from_the_judge(input in shaped()) {
            assert_agreement(&input)?;
        }

        #[test]
        fn it_takes_what_the_writer_writes(a in "[(-:>-Z_a-z]{1,30}", e in "[a-z.]{1,40}", p in proptest::option::of(0_u32..=65_535)) {
            let priority = p.map_or(String::new(), |p| alloc::format!("; p={p}"));
            let text = alloc::format!("v=MIMI1; a={a}; e={e}{priority}");
            let written = parse_strict(text.as_bytes()).map(OwnedMssi::from).unwrap().to_string();
            prop_assert!(assert_agreement(written.as_bytes())?, "{}", written);
        }

        #[test]
        fn the_lowest_mark_is_at_the_first_stop(octets in prop::array::uniform8(prop_oneof![any::<u8>(), prop::sample::select(&b";:<=>\\'( \x1f!~\x7f\x80\xbb"[..])])) {
            let marks = super::stops(u64::from_le_bytes(octets));
            let lowest = (marks != 0).then(|| (marks.trailing_zeros() / 8) as usize);
            let first = octets.iter().position(|octet| !super::is_plain(*octet));
            prop_assert_eq!(lowest, first);
        }
    }
}
