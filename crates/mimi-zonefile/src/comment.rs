//! Comments: from a `;` outside quotes to the end of the line (RFC 1035 §5.1).

use core::fmt;
use core::ops::Range;

/// A comment, with its semicolon and without the line's end.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Comment<'a> {
    /// The comment's octets, the semicolon first.
    pub text: &'a [u8],
    /// Where it stands, in octets.
    pub span: Range<usize>,
}

impl fmt::Debug for Comment<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Comment")
            .field("span", &self.span)
            .finish_non_exhaustive()
    }
}
