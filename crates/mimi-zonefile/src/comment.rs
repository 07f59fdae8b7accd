//! Comments: from a `;` outside quotes to the end of the line (RFC 1035 §5.1).

use core::fmt;
use core::ops::Range;
use std::path::Path;

use crate::entry_text::EntryText;
use crate::place::Place;

/// A comment, with its semicolon and without the line's end.
///
/// One over [`MAX_ENTRY_LENGTH`](crate::MAX_ENTRY_LENGTH) comes in parts, of which only the first has the semicolon.
#[derive(Clone)]
#[non_exhaustive]
pub struct Comment<'s> {
    /// The comment's octets, the semicolon first.
    pub text: &'s [u8],
    /// Where it stands, in octets of the file.
    pub span: Range<usize>,
    pub(crate) entry: EntryText<'s>,
}

impl<'s> Comment<'s> {
    /// The path of the file it stands in, as [`Entries::file_name`](crate::Entries::file_name) gives it.
    pub fn file_name(&self) -> Option<&'s Path> {
        self.entry.file_name()
    }

    /// The line and column.
    pub fn place(&self) -> Place {
        self.entry.place_in_file(self.span.start)
    }
}

impl fmt::Debug for Comment<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Comment")
            .field("span", &self.span)
            .finish_non_exhaustive()
    }
}
