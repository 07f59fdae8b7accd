//! Changes of tags: the version, names in upper case, `:` for `=`, and what stands in place of a semicolon.

use core::ops::Range;

use mimi_mssi::{Intention, VERSION, tag_spans};

use crate::definition::Change;

/// The tags of §4.3.
const KNOWN: [&[u8]; 6] = [b"v", b"a", b"e", b"pv", b"p", b"s"];

/// Whether a tag of exactly this name is one of the draft's (D10).
pub(crate) fn is_known(name: &[u8]) -> bool {
    KNOWN.contains(&name)
}

fn resembles_known(name: &[u8]) -> bool {
    KNOWN.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Makes a first segment that means the version say it.
pub(super) fn version(octets: &[u8]) -> Vec<Change> {
    let Some(first) = tag_spans(octets).find(|spans| !spans.is_blank()) else {
        return Vec::new();
    };
    let span = first.text();
    let text = octets.get(span.clone()).unwrap_or_default();
    let squeezed: Vec<u8> = text
        .iter()
        .filter(|octet| !octet.is_ascii_whitespace())
        .map(u8::to_ascii_lowercase)
        .collect();
    let rest = squeezed.strip_prefix(b"v").unwrap_or(&squeezed);
    let rest = match rest {
        [b'=' | b':', rest @ ..] => rest,
        _ => rest,
    };
    let meant = format!("v={VERSION}").into_bytes();
    match rest.eq_ignore_ascii_case(VERSION.as_bytes()) && text != meant {
        true => vec![(span, meant)],
        false => Vec::new(),
    }
}

/// Names that are known but for their case, in lower case; those from `start` on.
pub(super) fn lower_case(octets: &[u8], start: usize) -> Vec<Change> {
    let names = tag_spans(octets).filter(|spans| spans.value.is_some());
    names
        .filter_map(|spans| {
            let name = octets.get(spans.name.clone())?;
            let is_meant = spans.name.start >= start && resembles_known(name) && !is_known(name);
            is_meant.then(|| (spans.name, name.to_ascii_lowercase()))
        })
        .collect()
}

/// `=` for the `:` behind known names, from `start` on.
pub(super) fn colons(octets: &[u8], start: usize) -> Vec<Change> {
    tag_spans(octets)
        .filter_map(|spans| {
            let text = octets.get(spans.name.clone())?;
            let colon = text.iter().position(|octet| *octet == b':')?;
            let name = text.get(..colon)?.trim_ascii_end();
            let at = spans.name.start + colon;
            (at >= start && resembles_known(name)).then(|| (at..at + 1, b"=".to_vec()))
        })
        .collect()
}

/// `; ` for commas, white space and `other` before known tags that stand in a value.
pub(super) fn separators(octets: &[u8], other: &[u8]) -> Vec<Change> {
    let mut changes = Vec::new();
    for value in tag_spans(octets).filter_map(|spans| spans.value) {
        let mut at = value.start;
        while at < value.end {
            let rest = octets.get(at..value.end).unwrap_or_default();
            let length = separator(rest, other);
            let behind = rest.get(length..).unwrap_or_default();
            if length > 0 && begins_with_tag(behind) {
                changes.push((at..at + length, b"; ".to_vec()));
            }
            at += length.max(1);
        }
    }
    changes
}

/// Where a tag that seems to be missing stands after all: its name in upper case, or what was meant as the semicolon before it.
pub(crate) fn where_it_is(
    octets: &[u8],
    name: &[u8],
    intention: Option<Intention>,
) -> Option<Range<usize>> {
    match intention? {
        Intention::TagCase => tag_spans(octets).map(|spans| spans.name).find(|span| {
            let found = octets.get(span.clone());
            found.is_some_and(|found| found.eq_ignore_ascii_case(name))
        }),
        Intention::CommaForSemicolon | Intention::SpaceForSemicolon => {
            let mut changes = separators(octets, b"").into_iter().map(|(span, _)| span);
            changes.find(|span| {
                let behind = octets.get(span.end..).unwrap_or_default();
                let rest = behind.strip_prefix(name).unwrap_or_default();
                rest.trim_ascii_start().starts_with(b"=")
            })
        }
        _ => None,
    }
}

/// How much of what begins a text may stand in place of a semicolon.
fn separator(text: &[u8], other: &[u8]) -> usize {
    let mut length = 0;
    while let Some(rest) = text.get(length..) {
        length += match rest {
            [b' ' | b'\t' | b',', ..] => 1,
            _ if !other.is_empty() && rest.starts_with(other) => other.len(),
            _ => break,
        };
    }
    length
}

/// Whether a text begins with the name of a known tag and `=`.
fn begins_with_tag(text: &[u8]) -> bool {
    let equals = text.iter().take(8).position(|octet| *octet == b'=');
    let name = equals.and_then(|equals| text.get(..equals));
    name.is_some_and(|name| is_known(name.trim_ascii_end()))
}
