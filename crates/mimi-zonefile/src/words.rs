//! The words of one entry, as the lexer finds them: where each stands, and whether in quotes.

use core::ops::Range;

/// Where a word stands in the entry's text, in octets; quotes not included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Word {
    start: u32,
    /// The length, and in the top bit whether the word was quoted: an entry of a megabyte may hold half a million words.
    length_quoted: u32,
}

const QUOTED: u32 = 1 << 31;

impl Word {
    /// A word of a text of less than 2^31 octets.
    pub(crate) fn new(range: Range<usize>, quoted: bool) -> Self {
        let length = (range.end - range.start) as u32;
        Self {
            start: range.start as u32,
            length_quoted: if quoted { length | QUOTED } else { length },
        }
    }

    pub(crate) fn is_quoted(self) -> bool {
        self.length_quoted & QUOTED != 0
    }

    /// Where the text between the quotes stands.
    pub(crate) fn range(self) -> Range<usize> {
        let start = self.start as usize;
        start..start + (self.length_quoted & !QUOTED) as usize
    }

    /// Where it stands with its quotes.
    pub(crate) fn span(self) -> Range<usize> {
        let quote = usize::from(self.is_quoted());
        let Range { start, end } = self.range();
        start - quote..end + quote
    }

    /// Its octets in the text it was found in.
    pub(crate) fn of(self, text: &[u8]) -> &[u8] {
        text.get(self.range()).unwrap_or_default()
    }
}
