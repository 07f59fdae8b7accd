//! [`Fix`]: how a file would be mended.

use std::fmt;
use std::ops::Range;

/// How a file would be mended. Nothing outside the spans of its edits changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// Whether it may be applied without a look at it.
    pub safety: Safety,
    /// What it does: "write `=` for `:`".
    pub title: String,
    /// What to put where; in the order of the file, without overlap.
    pub edits: Vec<Edit>,
}

/// Whether a fix may change what a record means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safety {
    /// What its author meant is certain, and the records become what they meant.
    Safe,
    /// Likely, or with an effect on more than the record.
    Unsafe,
}

impl Safety {
    /// `safe` or `unsafe`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
        }
    }
}

/// Octets to put in place of others.
#[derive(Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced, in octets of the file; empty to insert.
    pub span: Range<usize>,
    /// What comes there; empty to remove.
    pub replacement: Vec<u8>,
}

impl fmt::Debug for Edit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Edit")
            .field("span", &self.span)
            .finish_non_exhaustive()
    }
}
