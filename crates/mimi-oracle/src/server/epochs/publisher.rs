//! [`Publisher`]: the life of epochs. Builds the next when it is time, and removes those that are over with their keys.

use std::error::Error;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use super::{Damage, Epochs, Progress, Publications, Schedule};
use crate::parameters::{Epoch, Parameters, Quota};
use crate::server::KeyRing;

/// Publishes what is registered, epoch by epoch, in a data folder with `oracle.key` and `epochs`.
///
/// To use it: [`open`](Self::open), then [`step`](Self::step) on a thread that may block, at once and whenever it is
/// [`due`](Self::due). Requests are answered from [`epochs`](Self::epochs), [`keys`](Self::keys) and
/// [`parameters`](Self::parameters) all the while, also during a step.
pub struct Publisher(());

impl Publisher {
    /// Opens a data folder: no other process may publish from it. Removes what an interrupted build left behind, and epochs that are over.
    /// Builds nothing.
    ///
    /// # Errors
    /// [`PublishError`].
    pub fn open(
        data: &Path,
        schedule: Schedule,
        publications: Box<dyn Publications>,
        now: u64,
    ) -> Result<Self, PublishError> {
        let _ = (data, schedule, publications, now);
        todo!()
    }

    /// What could not be served when the folder was opened. The publisher removes it after the next build.
    pub fn damages(&self) -> &[Damage] {
        todo!()
    }

    /// The epochs that are served.
    pub fn epochs(&self) -> &Epochs {
        todo!()
    }

    /// The secrets, as of the last step. The lookup keys of all epochs that are announced are among them.
    pub fn keys(&self) -> Arc<KeyRing> {
        todo!()
    }

    /// The document for `/.well-known/mimi-oracle`; `None` where no epoch is served, as before the first step.
    pub fn parameters(&self, quota: Quota, now: u64) -> Option<Parameters> {
        let _ = (quota, now);
        todo!()
    }

    /// When what is registered, changed or removed at `now` takes effect: the begin of the next epoch whose build has not begun.
    pub fn next_begins(&self, now: u64) -> u64 {
        let _ = now;
        todo!()
    }

    /// When [`step`](Self::step) is to be called next: at once where this is not after `now`. Waits of more than a minute should be
    /// cut in pieces, as clocks get set.
    pub fn due(&self, now: u64) -> u64 {
        let _ = now;
        todo!()
    }

    /// Does what is due: removes epochs that are over, with the seeds of keys that no epoch needs any more, and builds the next epoch.
    /// Blocks for as long as that takes, on all cores. `progress` is called from several threads.
    ///
    /// # Errors
    /// [`PublishError`]. What was served is served as before, until it ends; try again after some seconds.
    pub fn step(
        &self,
        now: u64,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<Step, PublishError> {
        let _ = (now, progress);
        todo!()
    }

    /// Ends a step that another thread is in: it returns [`BuildError::Canceled`] soon, and so do all later ones.
    pub fn cancel(&self) {
        todo!()
    }
}

/// What a step did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Step {
    /// The epoch that it built.
    pub built: Option<Published>,
    /// The numbers of those that it removed.
    pub removed: Vec<u64>,
    /// Whether seeds of lookup keys were erased.
    pub erased: bool,
}

/// An epoch that was built.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Published {
    /// The epoch.
    pub epoch: Epoch,
    /// How many entries are in it.
    pub entries: u64,
    /// How many slots they take.
    pub slots: u64,
    /// How many publications are not in it, since they are too long or have expired.
    pub left_out: u64,
    /// How many seconds it took.
    pub seconds: u64,
}

/// Why there is no new epoch.
#[derive(Debug)]
#[non_exhaustive]
pub enum BuildError {
    /// Somebody [canceled](Publisher::cancel) it.
    Canceled,
}

/// Why a step failed, or a data folder cannot be published from.
#[derive(Debug)]
#[non_exhaustive]
pub enum PublishError {
    /// The next epoch was not built.
    Build(BuildError),
}

impl fmt::Display for PublishError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

impl Error for PublishError {}
