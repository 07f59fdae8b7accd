//! Definition strings without quotes, or whose quotes end too early: the first `;` starts a comment, or blanks cut the string into words that are joined without them.

use core::ops::Range;

use mimi_mssi::{Verdict, tag_spans};

use crate::definition::{DefinitionView, quoted_text};
use crate::fix::{Edit, Fix, Safety};
use crate::mend::{is_known, is_quote};
use crate::octet_map::Written;

/// What was meant by an unquoted definition string.
pub(crate) struct Unquoted {
    /// What cuts the string, in octets of the file.
    pub(crate) cut: Range<usize>,
    /// Whether a `;` does, rather than blanks.
    pub(crate) is_comment: bool,
    pub(crate) fix: Option<Fix>,
}

/// Looks whether a string is not usable for want of quotes.
pub(crate) fn look(view: &DefinitionView<'_>) -> Option<Unquoted> {
    let record = view.record;
    let words = record.map.words();
    if view.judgement.verdict() == Verdict::Usable || record.map.written != Written::Text {
        return None;
    }
    let (first, last) = (words.first()?, words.last()?);
    let text = record.text(first.span.start..last.span.end);
    // Over several lines there is more to see than one missing pair of quotes.
    if text.contains(&b'\n') {
        return None;
    }
    let excerpt_end = record.excerpt.offset + record.excerpt.text.len();
    let rest = record.text(last.span.end..excerpt_end);
    let line = rest.split(|octet| *octet == b'\n').next()?;
    let line = line.trim_ascii_end();
    let has_quotes = words.iter().any(|word| word.is_quoted);
    let words = words.iter().map(|word| record.text(word.span.clone()));
    let words: Vec<&[u8]> = words.collect();
    match line.trim_ascii_start().first() {
        Some(b';') if has_quotes => comment(view, view.octets, line, has_quotes),
        Some(b';') if words.len() == 1 => comment(view, view.octets, line, false),
        // Escapes in several words are too much for a guess.
        Some(b';') if text.contains(&b'\\') => None,
        Some(b';') => comment(view, &words.join(&b' '), line, false),
        None if words.len() > 1 && !has_quotes => blanks(view, &words),
        _ => None,
    }
}

/// A `;` behind the words, and then more tags.
fn comment(
    view: &DefinitionView<'_>,
    words: &[u8],
    line: &[u8],
    has_quotes: bool,
) -> Option<Unquoted> {
    let spans = &view.record.spans.rdata;
    let is_tag = |text: &[u8], spans: &mimi_mssi::TagSpans| {
        let name = text.get(spans.name.clone()).unwrap_or_default();
        spans.value.is_some() && !name.is_empty() && name.iter().all(u8::is_ascii_alphanumeric)
    };
    // The comment is tags as far as it looks like tags.
    let mut end = 0;
    let mut known = 0;
    for spans in tag_spans(line) {
        if !spans.is_blank() && !is_tag(line, &spans) {
            break;
        }
        let name = line.get(spans.name.clone()).unwrap_or_default();
        known += usize::from(is_known(&name.to_ascii_lowercase()));
        if !spans.is_blank() {
            end = spans.segment.end;
        }
    }
    if known == 0 {
        return None;
    }
    let tags = line.get(..end)?.trim_ascii_end();
    let meant = [words, tags].concat();
    // Behind quotes, a comment may be one.
    if has_quotes && mimi_mssi::parse_strict(&meant).is_err() {
        return None;
    }
    let is_whole = !has_quotes && tags.len() == line.len();
    let is_plain = |octet: &u8| !b"\"\\()".contains(octet);
    let is_certain = is_whole && meant.iter().all(is_plain);
    let blanks = line.len() - line.trim_ascii_start().len();
    let cut = spans.end + blanks..spans.end + line.len();
    let edit = spans.start..spans.end + tags.len();
    Some(Unquoted {
        cut,
        is_comment: true,
        fix: fix(view, &meant, edit, is_certain),
    })
}

/// Words that are tags, without anything between them but blanks.
fn blanks(view: &DefinitionView<'_>, words: &[&[u8]]) -> Option<Unquoted> {
    let trimmed = words
        .iter()
        .map(|word| word.strip_suffix(b",").unwrap_or(word));
    let meant = trimmed.collect::<Vec<_>>().join(&b"; "[..]);
    if meant.contains(&b'\\') || mimi_mssi::parse_strict(&meant).is_err() {
        return None;
    }
    let spans = view.record.spans.rdata.clone();
    Some(Unquoted {
        cut: spans.clone(),
        is_comment: false,
        fix: fix(view, &meant, spans, true),
    })
}

fn fix(
    view: &DefinitionView<'_>,
    meant: &[u8],
    span: Range<usize>,
    is_certain: bool,
) -> Option<Fix> {
    let meant = without_other_quotes(meant);
    // Without its end, a line may go on.
    if !view.record.has_whole_lines || !view.is_better(meant) || meant.len() > 255 {
        return None;
    }
    let is_usable = mimi_mssi::parse_strict(meant).is_ok();
    let mut replacement = vec![b'"'];
    replacement.extend(quoted_text(meant));
    replacement.push(b'"');
    Some(Fix {
        safety: match is_certain && is_usable {
            true => Safety::Safe,
            false => Safety::Unsafe,
        },
        title: "put the definition string in quotes".to_owned(),
        edits: vec![Edit { span, replacement }],
    })
}

/// A string without the quotes that a zone file does not know.
fn without_other_quotes(meant: &[u8]) -> &[u8] {
    let is_other = |character| is_quote(character) || character == '\'';
    match core::str::from_utf8(meant) {
        Ok(text) if text.starts_with(is_other) && text.ends_with(is_other) => {
            text.trim_matches(is_other).as_bytes()
        }
        _ => meant,
    }
}
