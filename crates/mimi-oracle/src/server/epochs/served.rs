//! What lookups are answered from: [`Epochs`], those that are served, and with them the secrets, as readers see them.

use std::io;
use std::sync::{Arc, PoisonError, RwLock};

use super::folder::OpenEpoch;
use crate::limits::MAX_EPOCHS;
use crate::parameters::{Epoch, Parameters, Quota};
use crate::server::KeyRing;

/// Everything that lookups are answered from.
#[derive(Debug)]
pub(crate) struct Served {
    epochs: Epochs,
    keys: RwLock<Arc<KeyRing>>,
}

impl Served {
    /// No epoch yet.
    pub(super) fn new(keys: KeyRing) -> Self {
        Self {
            epochs: Epochs::default(),
            keys: RwLock::new(Arc::new(keys)),
        }
    }

    pub(crate) fn epochs(&self) -> &Epochs {
        &self.epochs
    }

    /// The secrets, as of when they were read last.
    pub(crate) fn keys(&self) -> Arc<KeyRing> {
        Arc::clone(&self.keys.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The document for `/.well-known/mimi-oracle`; `None` where no epoch is served.
    pub(crate) fn parameters(&self, quota: Quota, now: u64) -> Option<Parameters> {
        let epochs = self.epochs.announced(now);
        (!epochs.is_empty()).then(|| Parameters {
            keys: self.keys().public(),
            epochs,
            quota,
        })
    }

    /// From now on these.
    pub(super) fn replace_keys(&self, keys: KeyRing) -> Arc<KeyRing> {
        let keys = Arc::new(keys);
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&keys);
        keys
    }
}

/// The epochs that are served. Who changes them does not make readers wait.
#[derive(Debug, Default)]
pub struct Epochs {
    /// In ascending order of their numbers. Taken out by readers, and replaced as a whole.
    open: RwLock<Arc<[Arc<OpenEpoch>]>>,
}

impl Epochs {
    /// Those that are served at `now`, at most [`MAX_EPOCHS`], in ascending order of their numbers.
    pub fn announced(&self, now: u64) -> Vec<Epoch> {
        let open = self.open();
        let served = open.iter().filter(|open| now < open.epoch.ends);
        let mut epochs: Vec<Epoch> = served.map(|open| open.epoch.clone()).collect();
        let too_many = epochs.len().saturating_sub(MAX_EPOCHS);
        epochs.drain(..too_many);
        epochs
    }

    /// The epoch of this number, if it is served at `now`.
    pub fn epoch(&self, number: u64, now: u64) -> Option<Epoch> {
        self.find(number, now).map(|open| open.epoch.clone())
    }

    /// A bucket, in [`BUCKET_OCTETS`](crate::limits::BUCKET_OCTETS) octets; `None` for one of no epoch that is served at `now`.
    /// Blocks for one read of the disk.
    ///
    /// # Errors
    /// Those of reading.
    pub fn bucket(&self, number: u64, index: u32, now: u64) -> io::Result<Option<Vec<u8>>> {
        match self.find(number, now) {
            Some(open) => open.bucket(index),
            None => Ok(None),
        }
    }

    fn find(&self, number: u64, now: u64) -> Option<Arc<OpenEpoch>> {
        let open = self.open();
        let mut open = open.iter();
        open.find(|open| open.epoch.number == number && now < open.epoch.ends)
            .cloned()
    }

    /// All that are open, also those that are over.
    pub(super) fn open(&self) -> Arc<[Arc<OpenEpoch>]> {
        let open = self.open.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&open)
    }

    /// From now on these.
    pub(super) fn replace(&self, mut open: Vec<Arc<OpenEpoch>>) {
        open.sort_by_key(|open| open.epoch.number);
        *self.open.write().unwrap_or_else(PoisonError::into_inner) = open.into();
    }
}
