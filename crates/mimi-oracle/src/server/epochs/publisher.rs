//! [`Publisher`]: the life of epochs. Builds the next when it is time, and removes those that are over with their keys.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use super::build::{Build, MEAN_SLOTS, Published};
use super::error::{Damage, PublishError};
use super::folder::{OpenEpoch, clear_building, numbers, remove};
use super::served::Served;
use super::{Epochs, FOLDER, Progress, Publications, Schedule};
use crate::limits::{CLOCK_SKEW, PARAMETERS_MAX_AGE};
use crate::parameters::{Parameters, Quota};
use crate::server::KeyRing;
use crate::server::files::FolderLock;

/// Seconds until a step that failed is due again.
const RETRY: u64 = 30;

/// Publishes what is registered, epoch by epoch, in a data folder with `oracle.key` and `epochs`.
///
/// To use it: [`open`](Self::open), then [`step`](Self::step) on a thread that may block, at once and whenever it is
/// [`due`](Self::due). Requests are answered from [`epochs`](Self::epochs), [`keys`](Self::keys) and
/// [`parameters`](Self::parameters) all the while, also during a step.
///
/// The next epoch begins when its registrations are read, and is announced when its buckets are there; until then the one before is
/// served. Its `ends` leaves time for that and for clients that keep the parameters. Where a build takes longer, the next begins sooner.
pub struct Publisher {
    folder: PathBuf,
    key_file: PathBuf,
    schedule: Schedule,
    publications: Box<dyn Publications>,
    served: Arc<Served>,
    damages: Vec<Damage>,
    state: Mutex<State>,
    /// Held through every step.
    stepping: Mutex<()>,
    canceled: AtomicBool,
    _lock: FolderLock,
}

#[derive(Default)]
struct State {
    /// The number of the epoch that is being built.
    building: Option<u64>,
    /// Seconds that the last build took.
    build_seconds: u64,
    /// When the last step failed.
    failed: Option<u64>,
}

impl Publisher {
    /// Opens a data folder: no other process may publish from it. Removes what an interrupted build left behind. Builds nothing.
    ///
    /// # Errors
    /// [`PublishError`].
    pub fn open(
        data: &Path,
        schedule: Schedule,
        publications: Box<dyn Publications>,
    ) -> Result<Self, PublishError> {
        let key_file = data.join(KeyRing::FILE);
        let keys = KeyRing::read(&key_file).map_err(PublishError::Key)?;
        let folder = data.join(FOLDER);
        fs::create_dir_all(&folder)?;
        let lock = FolderLock::try_now(&folder)?.ok_or(PublishError::Locked)?;
        clear_building(&folder)?;
        let (mut open, mut damages) = (Vec::new(), Vec::new());
        for number in numbers(&folder)? {
            match OpenEpoch::open(&folder, number, &keys) {
                Ok(epoch) => open.push(Arc::new(epoch)),
                Err(fault) => damages.push(Damage { number, fault }),
            }
        }
        let state = State {
            build_seconds: open.last().map_or(0, |open| open.build_seconds),
            ..State::default()
        };
        let served = Served::new(keys);
        served.epochs().replace(open);
        Ok(Self {
            folder,
            key_file,
            schedule,
            publications,
            served: Arc::new(served),
            damages,
            state: Mutex::new(state),
            stepping: Mutex::new(()),
            canceled: AtomicBool::new(false),
            _lock: lock,
        })
    }

    /// What could not be served when the folder was opened. It is removed once another epoch is built.
    pub fn damages(&self) -> &[Damage] {
        &self.damages
    }

    /// What lookups are answered from.
    pub(crate) fn served(&self) -> &Arc<Served> {
        &self.served
    }

    /// The epochs that are served.
    pub fn epochs(&self) -> &Epochs {
        self.served.epochs()
    }

    /// The secrets, as of the last step. The lookup keys of all epochs that are served are among them.
    pub fn keys(&self) -> Arc<KeyRing> {
        self.served.keys()
    }

    /// The document for `/.well-known/mimi-oracle`; `None` where no epoch is served, as before the first step.
    pub fn parameters(&self, quota: Quota, now: u64) -> Option<Parameters> {
        self.served.parameters(quota, now)
    }

    /// When what is registered, changed or removed at `now` takes effect: the begin of the next epoch whose registrations are not read yet.
    pub fn next_begins(&self, now: u64) -> u64 {
        let state = self.state();
        match state.building {
            Some(number) => number.saturating_add(self.interval(&state)),
            None => self.build_at(&state, now).max(now),
        }
    }

    /// When [`step`](Self::step) is to be called next: at once where this is not after `now`. Waits of more than a minute should be
    /// cut in pieces, as clocks get set.
    pub fn due(&self, now: u64) -> u64 {
        let state = self.state();
        if let Some(failed) = state.failed {
            // Also where the clock was set back since.
            return failed.saturating_add(RETRY).min(now.saturating_add(RETRY));
        }
        let build_at = self.build_at(&state, now);
        let open = self.epochs().open();
        let ends = open.iter().map(|open| open.epoch.ends);
        // One that is over and the last is kept until there is another.
        let last = open.len().saturating_sub(1);
        ends.take(last).fold(build_at, u64::min)
    }

    /// Does what is due: removes epochs that are over, with the seeds of keys that no epoch needs any more, and builds the next epoch.
    /// Blocks for as long as that takes, on all cores. `progress` is called from several threads.
    ///
    /// # Errors
    /// [`PublishError`]. What was served is served as before, until it ends; the step is [`due`](Self::due) again after some seconds.
    pub fn step(
        &self,
        now: u64,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<Step, PublishError> {
        let _stepping = self.stepping.lock().unwrap_or_else(PoisonError::into_inner);
        let mut step = Step::default();
        let result = self.do_step(now, progress, &mut step);
        let mut state = self.state();
        state.building = None;
        state.failed = result.is_err().then_some(now);
        result.map(|()| step)
    }

    /// Ends a step that another thread is in: it returns [`PublishError::Canceled`] soon, and so do all later ones that would build.
    pub fn cancel(&self) {
        self.canceled.store(true, Ordering::Relaxed);
    }

    fn do_step(
        &self,
        now: u64,
        progress: &(dyn Fn(Progress) + Sync),
        step: &mut Step,
    ) -> Result<(), PublishError> {
        let build_at = self.build_at(&self.state(), now);
        let built = (build_at <= now).then(|| self.build(now, progress));
        // What is over goes, whether or not there is something new.
        let removed = self.remove_what_is_over(now, step);
        let erased = removed.and_then(|()| self.erase_keys(now, step));
        step.built = built.transpose()?;
        erased
    }

    fn build(
        &self,
        now: u64,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<Published, PublishError> {
        // Damaged ones too: a number is used once, since what it stands for is kept by others for as long as they like.
        if let Some(last) = numbers(&self.folder)?.pop().filter(|last| now <= *last) {
            return Err(PublishError::ClockSteppedBack { last, now });
        }
        // Another process may have gone to the next key.
        let keys = KeyRing::read(&self.key_file).map_err(PublishError::Key)?;
        let pin = keys.pin();
        if pin != self.keys().pin() {
            return Err(PublishError::OtherKeys(pin));
        }
        let keys = self.served.replace_keys(keys);
        self.state().building = Some(now);
        let build = Build {
            folder: &self.folder,
            keys: &keys,
            number: now,
            ends: now
                .saturating_add(self.schedule.period)
                .saturating_add(self.schedule.overlap),
            mean_slots: MEAN_SLOTS,
            threads: thread::available_parallelism().map_or(1, usize::from),
            canceled: &self.canceled,
            progress,
        };
        let built = build.run(self.publications.as_ref())?;
        let open = OpenEpoch::open(&self.folder, now, &keys)
            .map_err(|fault| PublishError::Damaged(Damage { number: now, fault }))?;
        let mut all = self.epochs().open().to_vec();
        all.push(Arc::new(open));
        self.epochs().replace(all);
        self.state().build_seconds = built.seconds;
        Ok(built)
    }

    /// All but the last, which says what numbers were used.
    fn remove_what_is_over(&self, now: u64, step: &mut Step) -> Result<(), PublishError> {
        let open = self.epochs().open();
        let last = open.last().map(|open| open.epoch.number);
        let is_kept =
            |open: &Arc<OpenEpoch>| now < open.epoch.ends || Some(open.epoch.number) == last;
        let kept: Vec<_> = open.iter().filter(|open| is_kept(open)).cloned().collect();
        let of_kept: Vec<u64> = kept.iter().map(|open| open.epoch.number).collect();
        // Files are closed before they are removed, where nobody is reading them.
        drop(open);
        self.epochs().replace(kept);
        for number in numbers(&self.folder)? {
            if !of_kept.contains(&number) && last.is_some_and(|last| number < last) {
                remove(&self.folder, number)?;
                step.removed.push(number);
            }
        }
        Ok(())
    }

    fn erase_keys(&self, now: u64, step: &mut Step) -> Result<(), PublishError> {
        let open = self.epochs().open();
        let served = open.iter().filter(|open| now < open.epoch.ends);
        let keys = self.keys();
        let first = served
            .map(|open| open.epoch.key)
            .fold(keys.current(), u8::min);
        if (0..first).all(|index| keys.lookup(index).is_none()) {
            return Ok(());
        }
        let changed = KeyRing::update(&self.key_file, |keys| {
            step.erased = keys.pin() == self.keys().pin() && keys.erase_before(first);
            step.erased
        });
        let changed = changed.map_err(PublishError::Key)?;
        if step.erased {
            self.served.replace_keys(changed);
        }
        Ok(())
    }

    /// When the next epoch begins: at once where there was none.
    fn build_at(&self, state: &State, now: u64) -> u64 {
        let open = self.epochs().open();
        match open.last().map(|open| open.epoch.number) {
            // A build is what says that one of the clocks was wrong. Clients do not take such an epoch.
            Some(last) if last > now.saturating_add(CLOCK_SKEW) => now,
            Some(last) => last.saturating_add(self.interval(state)),
            None => now,
        }
    }

    /// Seconds from one epoch to the next. A build may take twice as long as the one before: even then clients that keep the
    /// parameters of the old epoch have its buckets until they learn of the new one.
    fn interval(&self, state: &State) -> u64 {
        let overlap = self.schedule.overlap;
        let of_clients = PARAMETERS_MAX_AGE.min(overlap);
        let needed = state
            .build_seconds
            .saturating_mul(2)
            .saturating_add(of_clients);
        let missing = needed.saturating_sub(overlap);
        let period = self.schedule.period;
        period - missing.min(period / 2)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Publisher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Publisher")
            .field("folder", &self.folder)
            .field("schedule", &self.schedule)
            .field("epochs", self.epochs())
            .finish_non_exhaustive()
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
