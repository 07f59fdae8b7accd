//! [`Epochs`]: the epochs that are served, as readers see them.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::parameters::Epoch;

/// The epochs that are served. Readers and the one who changes them do not wait for each other.
#[derive(Debug)]
pub struct Epochs {
    folder: PathBuf,
}

impl Epochs {
    /// Those that are served at `now`, at most [`MAX_EPOCHS`](crate::limits::MAX_EPOCHS), in ascending order of their numbers.
    pub fn announced(&self, now: u64) -> Vec<Epoch> {
        let _ = (now, &self.folder);
        todo!()
    }

    /// The epoch of this number, if it is served at `now`.
    pub fn epoch(&self, number: u64, now: u64) -> Option<Epoch> {
        self.announced(now)
            .into_iter()
            .find(|epoch| epoch.number == number)
    }

    /// A bucket, in [`BUCKET_OCTETS`](crate::limits::BUCKET_OCTETS) octets; `None` for one of no epoch that is served at `now`.
    /// Blocks for one read of the disk.
    ///
    /// # Errors
    /// Those of reading.
    pub fn bucket(&self, number: u64, index: u32, now: u64) -> io::Result<Option<Vec<u8>>> {
        let _ = (number, index, now);
        todo!()
    }
}

/// A folder that should be an epoch, and is none that can be served.
#[derive(Debug)]
#[non_exhaustive]
pub struct Damage {
    /// The number of the epoch.
    pub number: u64,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "epoch {} cannot be served", self.number)
    }
}
