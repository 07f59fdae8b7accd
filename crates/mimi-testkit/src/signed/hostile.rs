//! What an authority can make a validator, or a resolver, work on.

use super::Plan;

/// One way to make work.
pub struct Hostility {
    /// What it is called, for good.
    pub id: &'static str,
    /// What it does, in a sentence.
    pub about: &'static str,
    /// Whose records meet it.
    pub identifier: &'static str,
    pub(super) change: fn(&mut Plan),
}

/// All of them.
pub const ALL: &[Hostility] = &[];
