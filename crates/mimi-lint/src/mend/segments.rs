//! Changes of whole segments: leaving one out, moving the version, spacing (D13).

use mimi_mssi::{TagSpans, VERSION, tag_spans};

use crate::definition::Change;

/// Leaves out the segment in which an octet stands, with one of the semicolons around it.
pub(crate) fn remove_segment(octets: &[u8], at: usize) -> Vec<Change> {
    let segment = tag_spans(octets).find(|spans| spans.segment.contains(&at));
    segment.map_or_else(Vec::new, |spans| vec![removal(&spans)])
}

fn removal(spans: &TagSpans) -> Change {
    let segment = spans.segment.clone();
    let span = match spans.is_terminated {
        true => segment.start..segment.end + 1,
        // The last one goes with the semicolon before it.
        false => segment.start.saturating_sub(1)..segment.end,
    };
    (span, Vec::new())
}

/// Moves `v=MIMI1` in front of all other tags.
pub(crate) fn version_to_front(octets: &[u8]) -> Vec<Change> {
    let is_version = |spans: &TagSpans| {
        let value = spans.value.clone().and_then(|value| octets.get(value));
        octets.get(spans.name.clone()) == Some(b"v") && value == Some(VERSION.as_bytes())
    };
    let first = tag_spans(octets).find(|spans| !spans.is_blank());
    let version = tag_spans(octets).find(is_version);
    let (Some(first), Some(version)) = (first, version) else {
        return Vec::new();
    };
    let front = format!("v={VERSION}; ").into_bytes();
    vec![(0..first.name.start, front), removal(&version)]
}

/// One space behind each semicolon and nowhere else around names and values; nothing behind the last value (D13).
pub(crate) fn respace(octets: &[u8]) -> Vec<Change> {
    let mut changes: Vec<Change> = Vec::new();
    let mut end = 0;
    let mut put = |span: core::ops::Range<usize>, space: &[u8]| {
        if octets.get(span.clone()) != Some(space) {
            changes.push((span, space.to_vec()));
        }
    };
    let is_tag = |spans: &TagSpans| !spans.is_blank();
    let mut tags = tag_spans(octets).filter(is_tag).peekable();
    while let Some(spans) = tags.next() {
        let before: &[u8] = if end == 0 { b"" } else { b" " };
        put(spans.segment.start..spans.name.start, before);
        end = spans.name.end;
        if let Some(value) = spans.value {
            let rest = octets.get(end..).unwrap_or_default();
            let equals = rest.iter().position(|octet| *octet == b'=').unwrap_or(0);
            put(end..end + equals, b"");
            // Where there is no value, the white space counts as before it.
            let from = end + equals + 1;
            put(from..value.start.max(from), b"");
            end = value.end.max(from);
        }
        if tags.peek().is_some() {
            put(end..spans.segment.end, b"");
        }
    }
    put(end..octets.len(), b"");
    changes
}
