//! Changes of single characters: quotes, escapes, line breaks, encodings.

use core::ops::Range;

use idna::uts46::{AsciiDenyList, DnsLength, Hyphens, Uts46};
use mimi_mssi::tag_spans;

use crate::definition::Change;

/// Whether a character is a quote: the plain double one, or a typographic one.
pub(crate) fn is_quote(character: char) -> bool {
    matches!(
        character,
        '"' | '\u{2018}'..='\u{201F}' | '\u{AB}' | '\u{BB}'
    )
}

/// Whether a character is not seen, changes the direction of text, or looks like a space.
pub(crate) fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{80}'..='\u{A0}' | '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{1680}' | '\u{17B4}' | '\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{2000}'..='\u{200F}' | '\u{2028}'..='\u{202F}' | '\u{205F}'..='\u{206F}' | '\u{2800}'
        | '\u{3000}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}'
        | '\u{E0000}'..='\u{E0FFF}')
}

/// Leaves out characters of a kind.
pub(super) fn remove_characters(octets: &[u8], is_meant: impl Fn(char) -> bool) -> Vec<Change> {
    let text = core::str::from_utf8(octets).unwrap_or_default();
    text.char_indices()
        .filter(|(_, character)| is_meant(*character))
        .map(|(at, character)| (at..at + character.len_utf8(), Vec::new()))
        .collect()
}

/// Leaves out an octet wherever it stands directly before a semicolon.
pub(super) fn remove_before_semicolons(octets: &[u8], octet: u8) -> Vec<Change> {
    octets
        .windows(2)
        .enumerate()
        .filter(|(_, pair)| *pair == [octet, b';'])
        .map(|(at, _)| (at..at + 1, Vec::new()))
        .collect()
}

/// Leaves out quotes at the start and at the end of names and values.
pub(crate) fn without_quotes(octets: &[u8]) -> Vec<Change> {
    let Ok(text) = core::str::from_utf8(octets) else {
        return Vec::new();
    };
    let mut changes = Vec::new();
    for spans in tag_spans(octets) {
        for part in [Some(spans.name), spans.value].into_iter().flatten() {
            let Some(inner) = text.get(part.clone()) else {
                continue;
            };
            let kept = inner.trim_start_matches(is_quote);
            let start = part.end - kept.len();
            let end = start + kept.trim_end_matches(is_quote).len();
            let outer = [part.start..start, end..part.end];
            let outer = outer.into_iter().filter(|span| !span.is_empty());
            changes.extend(outer.map(|span| (span, Vec::new())));
        }
    }
    changes
}

/// Writes the characters that HTML escapes stand for.
pub(crate) fn decode_html(octets: &[u8]) -> Vec<Change> {
    const LONGEST: usize = 10;
    let mut changes = Vec::new();
    for (at, _) in octets
        .iter()
        .enumerate()
        .filter(|(_, octet)| **octet == b'&')
    {
        let rest = octets.get(at + 1..).unwrap_or_default();
        let end = rest.iter().take(LONGEST).position(|octet| *octet == b';');
        let Some(end) = end else { continue };
        let name = core::str::from_utf8(rest.get(..end).unwrap_or_default());
        if let Some(character) = name.ok().and_then(html_character) {
            changes.push((at..at + end + 2, character.to_string().into_bytes()));
        }
    }
    changes
}

fn html_character(name: &str) -> Option<char> {
    let character = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
    };
    (character.is_ascii_graphic() && character != ';').then_some(character)
}

/// A space, or nothing, for line breaks beside a semicolon, an equals sign, or the start or end of the string.
pub(super) fn line_breaks(octets: &[u8]) -> Vec<Change> {
    let is_space = |octet: &u8| octet.is_ascii_whitespace();
    let mut changes = Vec::new();
    let mut at = 0;
    while let Some(rest) = octets.get(at..).filter(|rest| !rest.is_empty()) {
        let run = rest.iter().take_while(|octet| is_space(octet)).count();
        let span = at..at + run;
        at += run.max(1);
        let has_break = rest.iter().take(run).any(|octet| b"\r\n".contains(octet));
        if !has_break {
            continue;
        }
        let before = span.start.checked_sub(1).and_then(|at| octets.get(at));
        let after = octets.get(span.end);
        match (before, after) {
            (Some(b';'), Some(_)) => changes.push((span, b" ".to_vec())),
            (None | Some(b'='), _) | (_, None | Some(b';' | b'=')) => {
                changes.push((span, Vec::new()));
            }
            _ => {}
        }
    }
    changes
}

/// Octets that are no UTF-8, taken for Latin-1.
pub(super) fn utf8(octets: &[u8]) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut at = 0;
    for chunk in octets.utf8_chunks() {
        at += chunk.valid().len();
        let invalid = chunk.invalid();
        if !invalid.is_empty() {
            let text: String = invalid.iter().copied().map(char::from).collect();
            changes.push((at..at + invalid.len(), text.into_bytes()));
        }
        at += invalid.len();
    }
    changes
}

/// The number that a priority means, if only marks around it keep it from being one (D26).
pub(super) fn digits(value: &[u8]) -> Option<Vec<u8>> {
    let value = core::str::from_utf8(value).ok()?;
    let text = value.trim_matches(|character| is_quote(character) || character == '\'');
    let text = text.trim_start_matches('+').trim_end_matches([',', '.']);
    let text = text.strip_suffix(".0").unwrap_or(text);
    let full_width = |character| matches!(character, '\u{FF10}'..='\u{FF19}');
    let digit = |character: char| match character {
        '0'..='9' => Some(character as u8),
        _ if full_width(character) => Some((character as u32 - 0xFF10) as u8 + b'0'),
        _ => None,
    };
    let digits: Option<Vec<u8>> = text.chars().map(digit).collect();
    digits.filter(|digits| !digits.is_empty() && digits.as_slice() != value.as_bytes())
}

/// The value in which an octet stands, a host name, and its A-labels, if these lead back to it (D25).
pub(crate) fn a_labels(octets: &[u8], at: usize) -> Option<(Range<usize>, Vec<u8>)> {
    let mut values = tag_spans(octets).filter_map(|spans| spans.value);
    let value = values.find(|value| value.contains(&at))?;
    let text = core::str::from_utf8(octets.get(value.clone())?).ok()?;
    let (host, port) = match text.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|octet| octet.is_ascii_digit()) => {
            (host, text.get(host.len()..)?)
        }
        _ => (text, ""),
    };
    // No name is longer (RFC 1035 §3.1), in whichever characters.
    if host.chars().count() > 253 {
        return None;
    }
    let deny = AsciiDenyList::URL;
    let ascii = Uts46::new().to_ascii(host.as_bytes(), deny, Hyphens::Check, DnsLength::Verify);
    let ascii = ascii.ok()?;
    let (unicode, outcome) = Uts46::new().to_unicode(ascii.as_bytes(), deny, Hyphens::Check);
    outcome.ok()?;
    (unicode == host.to_lowercase() && ascii.is_ascii() && ascii != host)
        .then(|| (value, [ascii.as_bytes(), port.as_bytes()].concat()))
}
