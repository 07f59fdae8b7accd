//! What becomes of a record (draft §4.3 and the order of judgement in the [crate] documentation).

use core::fmt;

use crate::Code;

/// What becomes of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// An account and an endpoint could be read without doubt.
    Usable,
    /// It is for someone else, such as another version of the format: pass over it.
    Ignored,
    /// It claims to be `MIMI1` and is damaged: using it might reach the wrong account.
    Rejected,
}

impl Verdict {
    /// `usable`, `ignored` or `rejected`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Usable => "usable",
            Self::Ignored => "ignored",
            Self::Rejected => "rejected",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Why [`parse_strict`](crate::parse_strict) returns no MSSI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Refusal {
    /// [`Verdict::Ignored`] or [`Verdict::Rejected`].
    pub verdict: Verdict,
    /// The first error; [`parse`](crate::parse) explains it.
    pub code: Code,
}

impl Refusal {
    pub(crate) const fn new(code: Code) -> Self {
        Self {
            verdict: code.verdict(),
            code,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "record {}: {}", self.verdict, self.code.summary())
    }
}

impl core::error::Error for Refusal {}
