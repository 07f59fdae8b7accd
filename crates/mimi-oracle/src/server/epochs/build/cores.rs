//! Work for all cores, and telling how far it is.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::Build;
use crate::server::epochs::{Phase, Progress, PublishError};

impl Build<'_> {
    /// Has every core work on what `produce` sends, until it returns; what each thread has to show for it.
    pub(super) fn on_all_cores<T: Send, W: Default + Send>(
        &self,
        work: impl Fn(&mut W, T) -> Result<(), PublishError> + Sync,
        produce: impl FnOnce(&SyncSender<T>) -> Result<(), PublishError>,
    ) -> Result<Vec<W>, PublishError> {
        let threads = self.threads.max(1);
        // Enough that no thread waits for the one that produces, and no more.
        let (sender, receiver) = sync_channel(2 * threads);
        let receiver = Mutex::new(receiver);
        let failed = AtomicBool::new(false);
        let worker = || {
            let mut done = W::default();
            let mut result = Ok(());
            while let Some(item) = receive(&receiver) {
                // Goes on to receive after an error, so that the one that sends is not held up.
                if !failed.load(Ordering::Relaxed) {
                    result = self.go_on().and_then(|()| work(&mut done, item));
                    if result.is_err() {
                        failed.store(true, Ordering::Relaxed);
                    }
                }
            }
            result.map(|()| done)
        };
        thread::scope(|scope| {
            let workers: Vec<_> = (0..threads).map(|_| scope.spawn(worker)).collect();
            let produced = produce(&sender);
            drop(sender);
            let mut done = Vec::with_capacity(threads);
            let mut result = produced;
            for worker in workers {
                match worker.join() {
                    Ok(Ok(of_worker)) => done.push(of_worker),
                    Ok(Err(error)) => result = Err(error),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
            result.and_then(|()| self.go_on()).map(|()| done)
        })
    }
}

fn receive<T>(receiver: &Mutex<Receiver<T>>) -> Option<T> {
    let receiver = receiver.lock().unwrap_or_else(PoisonError::into_inner);
    receiver.recv().ok()
}

/// Counts what is done, and tells it.
pub(super) struct Count<'a> {
    phase: Phase,
    done: AtomicU64,
    total: u64,
    progress: &'a (dyn Fn(Progress) + Sync),
}

impl<'a> Count<'a> {
    pub(super) fn new(build: &Build<'a>, phase: Phase, total: u64) -> Self {
        let count = Self {
            phase,
            done: AtomicU64::new(0),
            total,
            progress: build.progress,
        };
        count.add(0);
        count
    }

    pub(super) fn add(&self, done: usize) {
        let done = u64::try_from(done).unwrap_or_default();
        let done = self.done.fetch_add(done, Ordering::Relaxed) + done;
        (self.progress)(Progress {
            phase: self.phase,
            done,
            total: self.total,
        });
    }
}
