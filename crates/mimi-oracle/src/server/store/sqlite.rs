//! [`SqliteStore`]: registrations in one SQLite file, the store of an oracle on one machine.
//!
//! SQLite and not a key-value store such as redb, for what operators can do with it and what removal demands: `secure_delete`, backup of
//! a file in use, `PRAGMA integrity_check`, tools that everybody has, and SQL that it shares with PostgreSQL. The price is a C compiler,
//! which ring needs too.
//!
//! # What is durable
//! The file is written by a log (WAL) with `synchronous = FULL`: what was acknowledged survives `kill -9` and loss of power. Threads that
//! write at the same time share one transaction and one sync.
//!
//! # What is gone
//! `secure_delete` alone does not keep the promise of [`Store::remove`]: when SQLite splits or merges pages of a tree, copies of what it
//! moved stay in the unused middle of a page, and a later removal does not find them (about one removal in a thousand). So no row of a
//! registration ever moves: a new one goes to the end or into a free slot of its size, and a removed one is overwritten with zeros where
//! it lies. There is no index on disk, whose keys would move; which id lies in which slot is read when the store is opened, and takes
//! about 45 octets of memory for each. After a removal or a replacement the log is emptied. Only while somebody reads a snapshot
//! ([`Store::for_each`], a backup) must the log stay; it is emptied when the snapshot ends, or with the next write.
//! What lies outside of the files is not SQLite's: earlier backups, and the blocks of a file system that copies on write.
//!
//! # Who may open it
//! One [`SqliteStore`] at a time holds a lock (a second SQLite file beside, locked for as long as the store is open, and free once its
//! process is gone however it went). [`SqliteReader`] takes no lock, so that a backup and a verification run beside a server.

mod backup;
mod file;
mod group;
mod reader;
mod slots;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use rusqlite::Connection;

use self::group::{Change, Group, Writer};
use super::{RegistrationId, SpentToken, Store, StoreError};

pub use self::backup::BackupError;
pub use self::reader::{SqliteReader, VerifyError};

/// Registrations in a SQLite file, open for writing.
#[derive(Debug)]
pub struct SqliteStore {
    path: PathBuf,
    group: Group,
    /// How many snapshots of this process are being read: the log cannot be emptied meanwhile.
    snapshots: AtomicUsize,
    /// Held for as long as the store is open.
    _lock: Mutex<Connection>,
}

impl SqliteStore {
    /// Opens the file, which is made (readable by its owner only) if it is not there.
    ///
    /// # Errors
    /// [`StoreError::InUse`], [`StoreError::Foreign`], [`StoreError::Version`] and [`StoreError::Database`].
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let lock = file::lock(path)?;
        let connection = file::open_to_write(path)?;
        let mut writer = Writer::new(connection);
        // What was removed right before a crash may still be in the log.
        writer.scrub_later();
        writer.refresh()?;
        Ok(Self {
            path: path.to_owned(),
            group: Group::new(writer),
            snapshots: AtomicUsize::new(0),
            _lock: Mutex::new(lock),
        })
    }

    /// As [`SqliteReader::backup`].
    ///
    /// # Errors
    /// [`BackupError`].
    pub fn backup(&self, to: &Path, progress: impl FnMut(u64, u64)) -> Result<(), BackupError> {
        self.snapshot(|reader| reader.backup(to, progress))
    }

    /// As [`SqliteReader::verify`].
    ///
    /// # Errors
    /// [`VerifyError`].
    pub fn verify(&self) -> Result<(), VerifyError> {
        self.snapshot(SqliteReader::verify)
    }

    /// Reads by a connection of its own, so that writers need not wait.
    fn snapshot<T, E: From<StoreError>>(
        &self,
        read: impl FnOnce(&SqliteReader) -> Result<T, E>,
    ) -> Result<T, E> {
        let counted = Counted::new(&self.snapshots);
        let result = SqliteReader::open(&self.path)
            .map_err(E::from)
            .and_then(|reader| read(&reader));
        drop(counted);
        self.writer().scrub_if_due();
        result
    }

    /// The writer, told whether the log may be emptied.
    fn writer(&self) -> MutexGuard<'_, Writer> {
        let mut writer = self.group.writer();
        writer.hold_log(self.snapshots.load(Ordering::SeqCst) > 0);
        writer
    }

    fn change(&self, change: Change, token: SpentToken) -> Result<bool, StoreError> {
        self.group.submit(change, token, || self.writer())
    }
}

/// Counts a snapshot for as long as it is read.
struct Counted<'a>(&'a AtomicUsize);

impl<'a> Counted<'a> {
    fn new(counter: &'a AtomicUsize) -> Self {
        counter.fetch_add(1, Ordering::SeqCst);
        Self(counter)
    }
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Store for SqliteStore {
    fn put(
        &self,
        id: RegistrationId,
        sealed: &[u8],
        expires: u64,
        token: SpentToken,
    ) -> Result<(), StoreError> {
        let sealed = sealed.to_vec();
        let change = Change::Put {
            id,
            sealed,
            expires,
        };
        self.change(change, token).map(drop)
    }

    fn get(&self, id: RegistrationId) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.writer().get(id)?)
    }

    fn remove(&self, id: RegistrationId, token: SpentToken) -> Result<bool, StoreError> {
        self.change(Change::Remove { id }, token)
    }

    fn for_each(
        &self,
        now: u64,
        show: &mut dyn FnMut(RegistrationId, Vec<u8>),
    ) -> Result<(), StoreError> {
        self.snapshot(|reader| reader.for_each(now, show))
    }

    fn purge(&self, now: u64) -> Result<(), StoreError> {
        self.writer().purge_tokens(now)?;
        let mut after = 0;
        loop {
            let last = self.writer().purge(now, after)?;
            match last {
                Some(last) => after = last,
                None => return Ok(()),
            }
            // A mutex is not fair: whoever waits to write gets it only if this thread lets go for a while.
            thread::sleep(Duration::from_millis(1));
        }
    }

    fn count(&self) -> Result<u64, StoreError> {
        Ok(self.writer().count()?)
    }
}

/// What a thread that panicked left is judged by [`Writer::refresh`], so poison says nothing more.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
