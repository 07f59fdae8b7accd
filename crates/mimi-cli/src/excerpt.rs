//! Findings with the place they are about, drawn by annotate-snippets over text made safe.

use std::io::{self, Write};
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use mimi_output::{Octets, Source};

/// One finding about a piece of text.
pub(crate) struct Finding<'a> {
    pub(crate) level: Level<'a>,
    pub(crate) code: &'a str,
    pub(crate) message: String,
    pub(crate) help: Option<&'a str>,
    /// Where the text comes from: its name, and the line of the finding.
    pub(crate) origin: Option<(&'a str, usize)>,
    /// The whole text.
    pub(crate) octets: &'a [u8],
    /// What of it the finding is about.
    pub(crate) span: Range<usize>,
}

impl Finding<'_> {
    /// Draws the finding; styles are left out where the stream takes none.
    pub(crate) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        // A file is shown as its author sees it; a string that came otherwise, octet by octet.
        let show: fn(&[u8]) -> String = match self.origin {
            Some(_) => |piece| Source(piece).to_string(),
            None => |piece| Octets(piece).to_string(),
        };
        let (line, place) = shown_line(self.octets, &self.span, show);
        let mut snippet =
            Snippet::source(line.as_str()).annotation(AnnotationKind::Primary.span(place));
        if let Some((path, number)) = self.origin {
            snippet = snippet.path(path).line_start(number);
        }
        let mut group = self
            .level
            .clone()
            .primary_title(self.message.as_str())
            .id(self.code)
            .element(snippet);
        if let Some(help) = self.help {
            group = group.element(Level::HELP.message(help));
        }
        writeln!(out, "{}", Renderer::styled().render(&[group]))
    }
}

/// The line on which the span starts, made fit for a terminal, and the place of the span in that.
///
/// It is not shortened: the renderer does that itself, and counts columns from the start of the line.
fn shown_line(
    octets: &[u8],
    span: &Range<usize>,
    show: fn(&[u8]) -> String,
) -> (String, Range<usize>) {
    let start = span.start.min(octets.len());
    let before = octets.get(..start).unwrap_or_default();
    let line_start = before
        .iter()
        .rposition(|octet| *octet == b'\n')
        .map_or(0, |at| at + 1);
    let after = octets.get(start..).unwrap_or_default();
    let line_end = after
        .iter()
        .position(|octet| *octet == b'\n')
        .map_or(octets.len(), |at| start + at);
    let end = span.end.clamp(start, line_end);

    let shown = |range: Range<usize>| {
        let piece = octets.get(range).unwrap_or_default();
        show(piece).replace("\\009", " ")
    };
    let (left, middle, right) = (
        shown(line_start..start),
        shown(start..end),
        shown(end..line_end),
    );
    let place = left.len()..left.len() + middle.len();
    (format!("{left}{middle}{right}"), place)
}

#[cfg(test)]
mod tests {
    use super::{Octets, Source, shown_line};

    fn octets(piece: &[u8]) -> String {
        Octets(piece).to_string()
    }

    #[test]
    fn shows_the_line_of_the_span_with_octets_escaped() {
        let (line, place) = shown_line(b"one\ntwo \x1b three\nfour", &(8..9), octets);
        assert_eq!((line.as_str(), &line[place]), (r"two \027 three", r"\027"));
    }

    #[test]
    fn shows_files_as_they_are_written() {
        let source = |piece: &[u8]| Source(piece).to_string();
        let (line, place) = shown_line("b\u{fc}ro\tTYPE1 \\# 0".as_bytes(), &(6..11), source);
        assert_eq!(
            (line.as_str(), &line[place]),
            ("b\u{fc}ro TYPE1 \\# 0", "TYPE1")
        );
    }

    #[test]
    fn takes_any_span() {
        for span in [0..0, 3..3, 5..900, 900..901, 0..4] {
            let (line, place) = shown_line(b"abc\n", &span, octets);
            assert!(line.get(place).is_some());
        }
    }
}
