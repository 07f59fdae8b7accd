//! [`Follower`]: serves what another server publishes, from a folder that is copied or mounted.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::FOLDER;
use super::error::{Damage, Fault, PublishError};
use super::folder::OpenEpoch;
use super::served::Served;
use super::verify::numbers_or_none;
use crate::server::KeyRing;

/// Epochs that are kept open at the most, the latest ones: who copies may keep all that there ever were.
const MAX_OPEN: usize = 16;

/// Seconds that an epoch may take to be copied until it is told that it is not whole.
const COPYING: u64 = 120;

/// Follows a data folder with `oracle.key` and `epochs`: takes no lock, writes nothing.
pub(crate) struct Follower {
    folder: PathBuf,
    key_file: PathBuf,
    served: Arc<Served>,
    /// Also held through every look.
    state: Mutex<State>,
}

/// What was told before, and is not told again.
#[derive(Default)]
struct State {
    /// By the numbers of epochs that are not whole.
    incomplete: BTreeMap<u64, Incomplete>,
    /// What kept it from looking, in words.
    failed: Option<String>,
    is_idle: bool,
}

struct Incomplete {
    since: u64,
    is_told: bool,
}

impl Follower {
    /// Reads the secrets. No epoch is served until the first [`look`](Self::look).
    ///
    /// # Errors
    /// [`PublishError::Key`].
    pub(crate) fn open(data: &Path) -> Result<Self, PublishError> {
        let key_file = data.join(KeyRing::FILE);
        let keys = KeyRing::read(&key_file).map_err(PublishError::Key)?;
        Ok(Self {
            folder: data.join(FOLDER),
            key_file,
            served: Arc::new(Served::new(keys)),
            state: Mutex::default(),
        })
    }

    /// What lookups are answered from.
    pub(crate) fn served(&self) -> &Arc<Served> {
        &self.served
    }

    /// Looks what has come or gone; what is new to tell of that. Blocks.
    pub(crate) fn look(&self, now: u64) -> Seen {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let mut seen = Seen::default();
        // Epochs are followed also while the file of secrets is being copied.
        let keys = self.follow_keys(&mut seen);
        let epochs = self.follow_epochs(now, &mut state, &mut seen);
        let failed = keys.and(epochs).err();
        let words = failed.as_ref().map(ToString::to_string);
        if words != state.failed {
            state.failed = words;
            seen.failed = failed;
        }
        let is_idle = self.served.epochs().announced(now).is_empty();
        seen.is_idle = is_idle && !state.is_idle;
        state.is_idle = is_idle;
        seen
    }

    fn follow_keys(&self, seen: &mut Seen) -> Result<(), PublishError> {
        let found = KeyRing::read(&self.key_file).map_err(PublishError::Key)?;
        let known = self.served.keys();
        let pin = found.pin();
        if pin != known.pin() {
            return Err(PublishError::OtherKeys(pin));
        }
        // All else is the same under one pin.
        if (found.current(), found.erased()) != (known.current(), known.erased()) {
            self.served.replace_keys(found);
            seen.has_new_keys = true;
        }
        Ok(())
    }

    fn follow_epochs(
        &self,
        now: u64,
        state: &mut State,
        seen: &mut Seen,
    ) -> Result<(), PublishError> {
        let mut numbers = numbers_or_none(&self.folder)?;
        let too_many = numbers.len().saturating_sub(MAX_OPEN);
        numbers.drain(..too_many);
        state
            .incomplete
            .retain(|number, _| numbers.contains(number));
        let keys = self.served.keys();
        let before = self.served.epochs().open();
        let mut open = Vec::new();
        for number in numbers {
            if let Some(known) = before.iter().find(|known| known.epoch.number == number) {
                let has_key = keys.lookup(known.epoch.key).is_some();
                open.extend(has_key.then(|| known.clone()));
                continue;
            }
            match OpenEpoch::open(&self.folder, number, &keys) {
                Ok(epoch) => {
                    state.incomplete.remove(&number);
                    open.push(Arc::new(epoch));
                }
                // It is over, and whoever copies has kept it.
                Err(Fault::KeyErased(_)) => {}
                Err(fault) => {
                    let incomplete = state.incomplete.entry(number).or_insert(Incomplete {
                        since: now,
                        is_told: false,
                    });
                    if !incomplete.is_told && now.saturating_sub(incomplete.since) >= COPYING {
                        incomplete.is_told = true;
                        seen.damages.push(Damage { number, fault });
                    }
                }
            }
        }
        let of = |open: &[Arc<OpenEpoch>]| -> Vec<u64> {
            open.iter().map(|open| open.epoch.number).collect()
        };
        let served = of(&open);
        if served != of(&before) {
            self.served.epochs().replace(open);
            seen.served = Some(served);
        }
        Ok(())
    }
}

/// What a look found that was not told before.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    /// The numbers of the epochs that are there, where they are others than before.
    pub(crate) served: Option<Vec<u64>>,
    /// The file of secrets was changed, as after a rotation.
    pub(crate) has_new_keys: bool,
    /// What is not whole after minutes.
    pub(crate) damages: Vec<Damage>,
    /// What could not be looked at.
    pub(crate) failed: Option<PublishError>,
    /// No epoch is served, for the first time or again.
    pub(crate) is_idle: bool,
}
