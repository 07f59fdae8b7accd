//! [`Lines`]: the text around an entry, to show it.

use core::fmt;

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
