//! [`Lines`]: the text around an entry, to show it.

use core::fmt;
use core::ops::Range;

use crate::place::count_lines;

/// Whole lines of a file, as far as they are in memory.
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Lines<'s> {
    /// The lines, with the ends between them and without the last one.
    pub text: &'s [u8],
    /// The offset in the file of the first octet.
    pub offset: usize,
    /// The number of the first line, from 1.
    pub line: usize,
    /// Whether the first line starts and the last one ends here, by a line feed. The last line of a file need not.
    pub is_whole: bool,
}

impl fmt::Debug for Lines<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The text may identify a person.
        f.debug_struct("Lines")
            .field("offset", &self.offset)
            .field("line", &self.line)
            .finish_non_exhaustive()
    }
}

/// A copy of the lines around an error, taken when it was noticed: later the window may have moved on.
#[derive(Clone)]
pub(crate) struct KeptLines {
    text: Box<[u8]>,
    offset: usize,
    line: usize,
    is_whole: bool,
}

impl KeptLines {
    /// How many octets are kept.
    const LENGTH: usize = 4096;

    /// Keeps lines; of long ones the part from `span` on, or the last part there is.
    pub(crate) fn new(lines: &Lines<'_>, span: &Range<usize>) -> Self {
        let text = lines.text;
        let last_start = text.len().saturating_sub(Self::LENGTH);
        let start = match last_start {
            0 => 0,
            last => span.start.saturating_sub(lines.offset).min(last),
        };
        let kept = &text[start..text.len().min(start + Self::LENGTH)];
        Self {
            text: kept.into(),
            offset: lines.offset + start,
            line: lines.line + count_lines(&text[..start]),
            is_whole: lines.is_whole && kept.len() == text.len(),
        }
    }

    pub(crate) fn lines(&self) -> Lines<'_> {
        Lines {
            text: &self.text,
            offset: self.offset,
            line: self.line,
            is_whole: self.is_whole,
        }
    }
}

/// How much of a file was in memory says nothing about an error: any two are equal, and look alike.
impl PartialEq for KeptLines {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for KeptLines {}

impl fmt::Debug for KeptLines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeptLines")
    }
}
