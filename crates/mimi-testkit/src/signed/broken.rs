//! What can be wrong with signed zones, each with the verdict that a validator owes it.

mod good;

use super::Plan;

/// What a validator says of an answer (RFC 4035 §4.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Signed from the anchor down to the last record.
    Secure,
    /// Proved to be below where signing ends.
    Insecure,
    /// Not what the zone says.
    Bogus,
    /// What is needed to judge could not be had (D59).
    Indeterminate,
}

impl Verdict {
    /// Its word, in lower case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Secure => "secure",
            Self::Insecure => "insecure",
            Self::Bogus => "bogus",
            Self::Indeterminate => "indeterminate",
        }
    }
}

/// One thing that is wrong, or looks wrong and is not.
pub struct Breakage {
    /// What it is called, for good.
    pub id: &'static str,
    /// What is wrong, in a sentence.
    pub about: &'static str,
    /// Whose records meet it.
    pub identifier: &'static str,
    /// The verdict owed to what is found or not found.
    pub expected: Verdict,
    /// Why, in a word; empty for `Secure`.
    pub reason: &'static str,
    /// Why unbound says something else, where it does.
    pub unbound: Option<&'static str>,
    pub(super) change: fn(&mut Plan),
}

/// All of them, by what they touch.
pub const ALL: &[&[Breakage]] = &[good::ALL];

/// All of them, one after the other.
pub fn all() -> impl Iterator<Item = &'static Breakage> {
    ALL.iter().copied().flatten()
}
