//! Epochs: how registrations become buckets, and which buckets are served when.
//!
//! [`Publisher`] is the whole life of them, and a `Follower` serves what the one of another server made; [`Epochs`] is what readers see of it. Nothing here reads a clock: `now` is an argument, in
//! seconds since 1970.

mod build;
mod error;
mod folder;
mod follower;
mod publisher;
mod served;
#[cfg(test)]
mod tests;
mod verify;

use std::error::Error;
use std::fmt;

pub use build::Published;
pub use error::{Damage, Fault, PublishError};
pub(crate) use follower::{Follower, Seen};
pub use publisher::{Publisher, Step};
pub use served::Epochs;
pub(crate) use served::Served;
pub use verify::{published_epochs, verify_epochs};

use crate::limits::EPOCH_OVERLAP;
use crate::subject::Subject;

/// The folder of epochs in a data folder.
const FOLDER: &str = "epochs";

/// What is published about a subject. `Debug` is redacted.
#[derive(Clone, PartialEq, Eq)]
pub struct Publication {
    /// Whom it is about. No two publications are about the same.
    pub subject: Subject,
    /// 1 to [`MAX_DEFINITION_STRINGS`](crate::limits::MAX_DEFINITION_STRINGS), in the order in which they were registered.
    pub definition_strings: Vec<Vec<u8>>,
    /// When it is no longer true, in seconds since 1970.
    pub expires: u64,
}

impl fmt::Debug for Publication {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Publication")
            .field("definition_strings", &self.definition_strings.len())
            .field("expires", &self.expires)
            .finish_non_exhaustive()
    }
}

/// Where publications come from: registrations, opened.
pub trait Publications: Send + Sync {
    /// Shows every publication that is true at `now`, as of one moment, in any order. Called from a thread that may block;
    /// `show` may take long.
    ///
    /// # Errors
    /// Whatever kept it from showing all.
    fn for_each(
        &self,
        now: u64,
        show: &mut dyn FnMut(Publication),
    ) -> Result<(), Box<dyn Error + Send + Sync>>;

    /// About how many there are, to tell the progress by.
    fn count(&self) -> u64;
}

/// When epochs begin and end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// Seconds from the begin of an epoch to that of the next.
    pub period: u64,
    /// Seconds for which an epoch is served after the next has begun.
    pub overlap: u64,
}

impl Default for Schedule {
    /// Every 6 hours: a removal takes effect within that time, and what clients fetched stays of use for it.
    fn default() -> Self {
        Self {
            period: 6 * 3600,
            overlap: EPOCH_OVERLAP,
        }
    }
}

/// How far a build or a check is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub phase: Phase,
    /// How many publications, or buckets of one epoch, are done.
    pub done: u64,
    /// Of how many. While publications are evaluated this is what [`Publications::count`] says.
    pub total: u64,
}

impl fmt::Display for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { phase, done, total } = self;
        match phase {
            Phase::Evaluating => write!(f, "{done} of about {total} registrations are evaluated"),
            Phase::Writing => write!(f, "{done} of {total} buckets are written"),
            Phase::Verifying => write!(f, "{done} of {total} buckets are checked"),
        }
    }
}

/// The parts of a build, and of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Publications are evaluated, signed and sealed.
    Evaluating,
    /// Buckets are filled, signed and written.
    Writing,
    /// The signatures of buckets are checked.
    Verifying,
}
