//! [`Group`]: changes of several threads in one transaction, so that they share one sync of the disk.

use std::collections::VecDeque;
use std::fmt;
use std::mem;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use rusqlite::{Connection, TransactionBehavior, params};

use super::slots::Slots;
use super::{file, lock};
use crate::server::store::{RegistrationId, SpentToken, StoreError};

/// How long the log is waited for when it is to be emptied while another process reads.
const SCRUB_WAIT: Duration = Duration::from_millis(100);

/// A change of one registration.
pub(super) enum Change {
    Put {
        id: RegistrationId,
        sealed: Vec<u8>,
        expires: u64,
    },
    Remove {
        id: RegistrationId,
    },
}

/// A change that a thread waits for.
struct Job {
    change: Change,
    token: SpentToken,
    /// Where to say whether there was a registration before.
    done: Sender<Result<bool, Failure>>,
}

/// Why a change was not made.
enum Failure {
    TokenSpent,
    /// The transaction that it shared failed.
    Database(Arc<rusqlite::Error>),
}

/// The writer, and what waits for it.
pub(super) struct Group {
    writer: Mutex<Writer>,
    queue: Mutex<VecDeque<Job>>,
}

impl Group {
    pub(super) fn new(writer: Writer) -> Self {
        Self {
            writer: Mutex::new(writer),
            queue: Mutex::default(),
        }
    }

    pub(super) fn writer(&self) -> MutexGuard<'_, Writer> {
        lock(&self.writer)
    }

    /// Makes a change, together with those that came while another thread wrote.
    pub(super) fn submit<'a>(
        &self,
        change: Change,
        token: SpentToken,
        writer: impl FnOnce() -> MutexGuard<'a, Writer>,
    ) -> Result<bool, StoreError> {
        let (done, outcome) = channel();
        lock(&self.queue).push_back(Job {
            change,
            token,
            done,
        });
        let mut writer = writer();
        // Whoever had the writer before may have made this change too.
        let outcome = match outcome.try_recv() {
            Ok(made) => Ok(made),
            Err(_) => {
                let jobs = mem::take(&mut *lock(&self.queue));
                writer.run(jobs);
                outcome.recv()
            }
        };
        drop(writer);
        match outcome {
            Ok(Ok(had_one)) => Ok(had_one),
            Ok(Err(Failure::TokenSpent)) => Err(StoreError::TokenSpent),
            Ok(Err(Failure::Database(error))) => Err(StoreError::Database(Box::new(error))),
            // The thread that took the change is gone without a word.
            Err(error) => Err(StoreError::Database(Box::new(error))),
        }
    }
}

impl fmt::Debug for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Group(..)")
    }
}

/// The only connection that writes.
pub(super) struct Writer {
    connection: Connection,
    slots: Slots,
    /// Whether `slots` may differ from the file: before the first use, and after a transaction that failed.
    is_stale: bool,
    /// Whether the log holds something that was removed.
    scrub_due: bool,
    /// Whether the log cannot be emptied now.
    is_log_held: bool,
}

impl Writer {
    pub(super) fn new(connection: Connection) -> Self {
        Self {
            connection,
            slots: Slots::default(),
            is_stale: true,
            scrub_due: false,
            is_log_held: false,
        }
    }

    pub(super) fn hold_log(&mut self, is_held: bool) {
        self.is_log_held = is_held;
    }

    pub(super) fn scrub_later(&mut self) {
        self.scrub_due = true;
    }

    /// Makes `slots` what the file says.
    pub(super) fn refresh(&mut self) -> rusqlite::Result<()> {
        self.scrub_if_due();
        if self.is_stale {
            self.slots = Slots::read(&self.connection)?;
            self.is_stale = false;
        }
        Ok(())
    }

    /// Empties the log, if something removed is in it. What does not succeed now is tried again with the next use.
    pub(super) fn scrub_if_due(&mut self) {
        if self.scrub_due && !self.is_log_held {
            self.scrub_due = !self.scrub().unwrap_or(false);
        }
    }

    fn scrub(&self) -> rusqlite::Result<bool> {
        self.connection.busy_timeout(SCRUB_WAIT)?;
        let is_busy = self
            .connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| {
                row.get::<_, bool>(0)
            });
        self.connection.busy_timeout(file::BUSY_WAIT)?;
        Ok(!is_busy?)
    }

    pub(super) fn get(&mut self, id: RegistrationId) -> rusqlite::Result<Option<Vec<u8>>> {
        self.refresh()?;
        self.slots.get(&self.connection, id)
    }

    pub(super) fn count(&mut self) -> rusqlite::Result<u64> {
        self.refresh()?;
        Ok(u64::try_from(self.slots.len()).unwrap_or(u64::MAX))
    }

    pub(super) fn purge_tokens(&mut self, now: u64) -> rusqlite::Result<()> {
        self.transaction(|connection, _| {
            // SQLite's integers end at 2^63.
            let until = i64::try_from(now).unwrap_or(i64::MAX);
            connection.execute("DELETE FROM spent_token WHERE expires <= ?1", [until])?;
            Ok(((), false))
        })
    }

    /// Purges some registrations in slots after this one; where to go on, or `None` at the end.
    pub(super) fn purge(&mut self, now: u64, after: u32) -> rusqlite::Result<Option<u32>> {
        self.transaction(|connection, slots| {
            let last = slots.purge(connection, now, after)?;
            Ok((last, last.is_some()))
        })
    }

    fn run(&mut self, jobs: VecDeque<Job>) {
        let made = self.transaction(|connection, slots| {
            let mut outcomes = Vec::with_capacity(jobs.len());
            let mut has_removed = false;
            for job in &jobs {
                let outcome = make(connection, slots, job)?;
                has_removed |= outcome == Some(true);
                outcomes.push(outcome);
            }
            Ok((outcomes, has_removed))
        });
        // A receiver that is gone has nobody to tell.
        match made {
            Ok(outcomes) => {
                for (job, outcome) in jobs.iter().zip(outcomes) {
                    drop(job.done.send(outcome.ok_or(Failure::TokenSpent)));
                }
            }
            Err(error) => {
                let error = Arc::new(error);
                for job in &jobs {
                    drop(job.done.send(Err(Failure::Database(Arc::clone(&error)))));
                }
            }
        }
    }

    /// Changes everything or nothing; `change` says whether it removed something.
    fn transaction<T>(
        &mut self,
        change: impl FnOnce(&Connection, &mut Slots) -> rusqlite::Result<(T, bool)>,
    ) -> rusqlite::Result<T> {
        self.refresh()?;
        // Until it is known to be otherwise.
        self.is_stale = true;
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let (result, has_removed) = change(&transaction, &mut self.slots)?;
        transaction.commit()?;
        self.is_stale = false;
        self.scrub_due |= has_removed;
        self.scrub_if_due();
        Ok(result)
    }
}

/// Makes one change; whether there was a registration before, or `None` for a token that was spent.
fn make(connection: &Connection, slots: &mut Slots, job: &Job) -> rusqlite::Result<Option<bool>> {
    let expires = i64::try_from(job.token.expires).unwrap_or(i64::MAX);
    let spent = connection.execute(
        "INSERT INTO spent_token (nonce, expires) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
        params![job.token.nonce, expires],
    )?;
    if spent == 0 {
        return Ok(None);
    }
    match &job.change {
        Change::Put {
            id,
            sealed,
            expires,
        } => slots.put(connection, *id, sealed, *expires),
        Change::Remove { id } => slots.remove(connection, *id),
    }
    .map(Some)
}
