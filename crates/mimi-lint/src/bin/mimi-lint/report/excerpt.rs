//! Lines of a source made fit for a terminal: escaped, and cut where they are too long.

use std::ops::Range;

use mimi_lint::Excerpt;
use mimi_output::Source;

/// What stands where something was left out.
const GAP: &str = "...";

/// The least columns around a mark, however many there are.
const NARROWEST: usize = 24;

/// Lines fit for a terminal, and where the octets of the excerpt went.
pub(super) struct View {
    pub(super) text: String,
    /// Where each octet of the excerpt starts in `text`, up to the last mark's line.
    starts: Vec<usize>,
}

impl View {
    /// The lines up to that of the last mark, each of `width` columns or little more, with each mark in sight.
    ///
    /// Marks are octets of the excerpt's text. What is meant by one that is wider than the line is its start and its end.
    pub(super) fn new(excerpt: &Excerpt, marks: &[Range<usize>], width: usize) -> Self {
        let mut view = Self {
            text: String::new(),
            starts: Vec::new(),
        };
        let last = marks.iter().map(|mark| mark.end).max().unwrap_or_default();
        let mut at = 0;
        for line in excerpt.text.split(|octet| *octet == b'\n') {
            if at > 0 {
                if at > last {
                    break;
                }
                view.starts.push(view.text.len());
                view.text.push('\n');
            }
            let (text, starts) = escaped(line);
            let end = at + line.len();
            let of_line = |offset: usize| starts.get(offset - at).copied().unwrap_or(text.len());
            let here = marks
                .iter()
                .filter(|mark| mark.start <= end && mark.end >= at);
            let here = here.map(|mark| of_line(mark.start.max(at))..of_line(mark.end.min(end)));
            view.push(&text, &starts, &kept(&text, here.collect(), width));
            at = end + 1;
        }
        // Behind the last octet something may be missing.
        view.starts.push(view.text.len());
        view
    }

    /// Where octets of the excerpt went.
    pub(super) fn span(&self, octets: Range<usize>) -> Range<usize> {
        let at = |offset: usize| self.starts.get(offset).copied().unwrap_or(self.text.len());
        at(octets.start)..at(octets.end)
    }

    /// Adds what is kept of a line.
    fn push(&mut self, text: &str, starts: &[usize], kept: &[Range<usize>]) {
        let mut starts = starts.iter().peekable();
        let mut behind = 0;
        for part in kept {
            if part.start > behind {
                // Octets that are left out are where the gap is.
                let gap = self.text.len();
                while starts.next_if(|start| **start < part.start).is_some() {
                    self.starts.push(gap);
                }
                self.text.push_str(GAP);
            }
            let base = self.text.len();
            while let Some(start) = starts.next_if(|start| **start < part.end) {
                self.starts.push(base + start.saturating_sub(part.start));
            }
            self.text
                .push_str(text.get(part.clone()).unwrap_or_default());
            behind = part.end;
        }
        let gap = self.text.len();
        self.starts.extend(starts.map(|_| gap));
        if behind < text.len() {
            self.text.push_str(GAP);
        }
    }
}

/// A line, and where each of its octets starts in it.
fn escaped(line: &[u8]) -> (String, Vec<usize>) {
    let mut text = String::with_capacity(line.len());
    let mut starts = Vec::with_capacity(line.len());
    // The line ends of other systems are no octets to point at.
    let (line, end) = match line.strip_suffix(b"\r") {
        Some(line) => (line, 1),
        None => (line, 0),
    };
    for chunk in line.utf8_chunks() {
        for character in chunk.valid().chars() {
            starts.extend(std::iter::repeat_n(text.len(), character.len_utf8()));
            if character == '\t' {
                text.push_str("    ");
            } else if matches!(character, ' '..='~') {
                text.push(character);
            } else {
                let mut buffer = [0; 4];
                let octets = character.encode_utf8(&mut buffer).as_bytes();
                text.push_str(&Source(octets).to_string());
            }
        }
        for octet in chunk.invalid() {
            starts.push(text.len());
            text.push_str(&Source(&[*octet]).to_string());
        }
    }
    starts.extend(std::iter::repeat_n(text.len(), end));
    (text, starts)
}

/// Which parts of a line are kept so that each mark is in sight; in order, without overlap.
fn kept(text: &str, marks: Vec<Range<usize>>, width: usize) -> Vec<Range<usize>> {
    let start = match (text.len() <= width, marks.is_empty()) {
        (true, _) => Some(0..text.len()),
        (false, true) => Some(0..boundary(text, width)),
        (false, false) => None,
    };
    if let Some(start) = start {
        return Vec::from([start]);
    }
    let share = (width / marks.len()).max(NARROWEST);
    let mut parts = Vec::with_capacity(marks.len() * 2);
    for mark in marks {
        let length = mark.end - mark.start;
        let around = share.saturating_sub(length) / 2;
        if around >= NARROWEST / 4 {
            // Near the line's start, what would be shown before it is shown behind.
            let surplus = around.saturating_sub(mark.start);
            parts.push(mark.start.saturating_sub(around)..mark.end + around + surplus);
        } else {
            let (out, into) = (share / 6, share / 3);
            parts.push(mark.start.saturating_sub(out)..mark.start + into);
            parts.push(mark.end.saturating_sub(into)..mark.end + out);
        }
    }
    parts.sort_by_key(|part| part.start);
    let mut kept: Vec<Range<usize>> = Vec::with_capacity(parts.len());
    for part in parts {
        let part = boundary(text, part.start)..boundary(text, part.end);
        match kept.last_mut() {
            Some(last) if part.start <= last.end + GAP.len() => last.end = last.end.max(part.end),
            // Leaving out less than the gap takes gains nothing.
            None if part.start <= GAP.len() => kept.push(0..part.end),
            _ => kept.push(part),
        }
    }
    kept
}

/// The end of the character that `at` stands in.
fn boundary(text: &str, at: usize) -> usize {
    (at..text.len())
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn excerpt(text: &[u8]) -> Excerpt {
        let source = Arc::new(mimi_lint::Source {
            name: "a.zone".to_owned(),
            is_file: true,
        });
        Excerpt {
            source,
            offset: 0,
            line: 1,
            text: text.to_vec(),
        }
    }

    fn shown(text: &[u8], mark: Range<usize>, width: usize) -> (String, String) {
        let view = View::new(&excerpt(text), std::slice::from_ref(&mark), width);
        let marked = view.text.get(view.span(mark)).unwrap().to_owned();
        (view.text, marked)
    }

    #[test]
    fn what_a_terminal_should_not_get_is_escaped_and_marks_move_along() {
        let (text, marked) = shown(b"\ta\x1b\xc3\xa9\xff=b\r\nc", 6..8, 80);
        assert_eq!(
            (text.as_str(), marked.as_str()),
            (r"    a\027é\255=b", "=b")
        );
    }

    #[test]
    fn lines_behind_the_last_mark_are_left_out() {
        assert_eq!(shown(b"a\nb\nc", 2..3, 80), ("a\nb".into(), "b".into()));
        assert_eq!(shown(b"a\nb\nc", 3..3, 80), ("a\nb".into(), "".into()));
    }

    #[test]
    fn long_lines_are_cut_around_the_mark() {
        let line = [
            b"x".repeat(500),
            b"mark".to_vec(),
            "é".repeat(500).into_bytes(),
        ]
        .concat();
        for width in 30..100 {
            let (text, marked) = shown(&line, 500..504, width);
            assert_eq!(marked, "mark");
            assert!(text.len() <= width + 8, "{text}");
            assert!(text.starts_with("...x") && text.ends_with("é..."), "{text}");
        }
    }

    #[test]
    fn marks_longer_than_the_line_are_cut_in_the_middle() {
        let line = [b"ab".to_vec(), b"x".repeat(500), b"yz".to_vec()].concat();
        let (text, marked) = shown(&line, 1..503, 60);
        assert_eq!(
            text,
            "abxxxxxxxxxxxxxxxxxxx...xxxxxxxxxxxxxxxxxxxyz".to_owned()
        );
        assert_eq!(marked, &text[1..text.len() - 1]);
    }

    #[test]
    fn a_mark_behind_a_long_line_is_in_sight() {
        let (text, marked) = shown(&b"x".repeat(16 << 10), 16384..16384, 60);
        assert!(text.len() < 64 && marked.is_empty(), "{text}");
    }
}
