//! Findings with the place they are about, drawn by annotate-snippets over text made safe.

use std::io::{self, Write};
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use crate::text::Octets;

/// How many octets of a line are shown before and after what it is about.
const CONTEXT: usize = 120;

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
        let (line, place) = shown_line(self.octets, &self.span);
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

/// The line on which the span starts, escaped and shortened around it, and the place of the span in that.
fn shown_line(octets: &[u8], span: &Range<usize>) -> (String, Range<usize>) {
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
    let from = line_start.max(start.saturating_sub(CONTEXT));
    let to = line_end.min(end.min(start + CONTEXT) + CONTEXT);

    let shown = |range: Range<usize>| {
        let piece = octets.get(range).unwrap_or_default();
        Octets(piece).to_string().replace("\\009", " ")
    };
    let (left, middle, right) = (
        shown(from..start),
        shown(start..end.min(to)),
        shown(end.min(to)..to),
    );
    let left = if from > line_start {
        format!("…{left}")
    } else {
        left
    };
    let right = if to < line_end {
        format!("{right}…")
    } else {
        right
    };
    let place = left.len()..left.len() + middle.len();
    (format!("{left}{middle}{right}"), place)
}

#[cfg(test)]
mod tests {
    use super::shown_line;

    #[test]
    fn shows_the_line_of_the_span_with_octets_escaped() {
        let (line, place) = shown_line(b"one\ntwo \x1b three\nfour", &(8..9));
        assert_eq!((line.as_str(), &line[place]), (r"two \027 three", r"\027"));
    }

    #[test]
    fn shortens_long_lines_around_the_span() {
        let text = [vec![b'a'; 1000], b"HERE".to_vec(), vec![b'b'; 1000]].concat();
        let (line, place) = shown_line(&text, &(1000..1004));
        assert_eq!(&line[place], "HERE");
        assert!(line.len() < 300);
    }

    #[test]
    fn takes_any_span() {
        for span in [0..0, 3..3, 5..900, 900..901, 0..4] {
            let (line, place) = shown_line(b"abc\n", &span);
            assert!(line.get(place).is_some());
        }
    }
}
