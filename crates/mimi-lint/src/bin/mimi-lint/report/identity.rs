//! What a finding is told by when lines have moved, and where it stands in terms of other people's formats.

use mimi_lint::{Excerpt, Finding, Place};

use crate::baseline::fingerprint;

/// The same for a finding wherever its lines move within a file, and another one for another rule, file, owner or text.
pub(crate) fn of(finding: &Finding) -> String {
    let excerpt = &finding.place.excerpt;
    let mut text = Vec::new();
    for part in [
        finding.rule.code.as_bytes(),
        path(&excerpt.source.name).as_bytes(),
    ] {
        text.extend_from_slice(part);
        text.push(b' ');
    }
    if let Some(owner) = &finding.owner {
        text.extend_from_slice(owner.to_lowercase().as_wire());
        text.push(b' ');
    }
    text.extend_from_slice(&excerpt.text);
    text.push(b' ');
    text.extend_from_slice(
        excerpt
            .text
            .get(finding.place.in_excerpt())
            .unwrap_or_default(),
    );
    fingerprint(&text)
}

/// A path as others write it: from the folder where the command runs, without saying so.
pub(crate) fn path(name: &str) -> &str {
    name.strip_prefix("./").unwrap_or(name)
}

/// Line and column from 1, where columns count Unicode code points; octets that are no UTF-8 count as one for each sequence.
pub(crate) fn in_code_points(excerpt: &Excerpt, offset: usize) -> (usize, usize) {
    let within = offset
        .saturating_sub(excerpt.offset)
        .min(excerpt.text.len());
    let before = excerpt.text.get(..within).unwrap_or_default();
    let feeds = before.iter().filter(|octet| **octet == b'\n').count();
    let line = before
        .rsplit(|octet| *octet == b'\n')
        .next()
        .unwrap_or_default();
    let points: usize = line
        .utf8_chunks()
        .map(|chunk| chunk.valid().chars().count() + usize::from(!chunk.invalid().is_empty()))
        .sum();
    (excerpt.line + feeds, points + 1)
}

/// The name of a source as a URI: a path relative to where the command runs, or an absolute one; what servers say as `dns:…`.
pub(crate) fn uri(place: &Place) -> String {
    uri_of(&place.excerpt.source.name)
}

/// As [`uri`].
pub(crate) fn uri_of(name: &str) -> String {
    let (scheme, path) = match name {
        "-" => ("", "stdin"),
        name if name.starts_with("dns:") => ("dns:", name.get(4..).unwrap_or_default()),
        name if name.starts_with('/') => ("file://", name),
        name => ("", path(name)),
    };
    let mut uri = scheme.to_owned();
    for octet in path.bytes() {
        match octet {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(octet));
            }
            _ => uri.push_str(&format!("%{octet:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use mimi_lint::Source;

    use super::*;

    #[test]
    fn columns_count_code_points() {
        let excerpt = Excerpt {
            source: Source::stream("x"),
            offset: 10,
            line: 3,
            text: b"ab\n\xc3\xbcx\xff\xfey".to_vec(),
        };
        let place = |offset| in_code_points(&excerpt, offset);
        assert_eq!([place(10), place(12), place(13)], [(3, 1), (3, 3), (4, 1)]);
        assert_eq!([place(15), place(16)], [(4, 2), (4, 3)]);
        assert_eq!(place(18), (4, 5));
    }

    #[test]
    fn names_become_uris() {
        assert_eq!(uri_of("./zones/a b.zone"), "zones/a%20b.zone");
        assert_eq!(uri_of("/srv/ü:1"), "file:///srv/%C3%BC%3A1");
        assert_eq!(uri_of("-"), "stdin");
        assert_eq!(
            uri_of("dns:example.com@192.0.2.1:53"),
            "dns:example.com%40192.0.2.1%3A53"
        );
    }
}
