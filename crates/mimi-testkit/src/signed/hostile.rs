//! What an authority can make a validator, or a resolver, work on. There is no verdict to expect but that an end comes soon: what counts
//! is how much was asked and computed until then (D39).

mod chains;
mod cuts;
mod keys;
mod volume;

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

impl Hostility {
    const fn new(
        id: &'static str,
        about: &'static str,
        identifier: &'static str,
        change: fn(&mut Plan),
    ) -> Self {
        Self {
            id,
            about,
            identifier,
            change,
        }
    }
}

/// All of them, by what they make work of.
pub const ALL: &[&[Hostility]] = &[chains::ALL, keys::ALL, cuts::ALL, volume::ALL];

/// All of them, one after the other.
pub fn all() -> impl Iterator<Item = &'static Hostility> {
    ALL.iter().copied().flatten()
}
