//! What was learnt, kept for as long as it may be, in a bounded number of octets.
//!
//! [`Cache`] holds anything; [`OutcomeCache`] and [`AnswerCache`] are the two that a resolver needs. Nothing is ever used past its time
//! ([`lifetime`]): an entry counts while both clocks of [`Clock`](crate::Clock) say so, and there are no stale answers (RFC 8767 is for
//! names, not for people who moved). A cache belongs to one policy and one upstream, since outcomes depend on both; and to one user, where
//! several share a process, since a quick answer shows that somebody asked before.

mod answers;
pub mod lifetime;
mod outcomes;
mod store;
mod weight;

pub use answers::{Answer, AnswerCache};
pub use outcomes::{KeptOutcome, OutcomeCache};
pub use store::{Cache, CacheStatistics, Kept};
pub use weight::{answer_octets, outcome_octets};

/// How many octets a cache may take when nobody says: some ten thousand people.
pub const DEFAULT_OCTETS: u64 = 16 * 1024 * 1024;
