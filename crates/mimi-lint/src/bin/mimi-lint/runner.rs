//! Runs the checker over files, several at once, with the findings in the order of the files.

use std::io;
use std::num::NonZeroUsize;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use mimi_lint::{CheckError, Finding};

use crate::input::Input;
use crate::progress::Progress;
use crate::setup::Job;

/// How many findings of a file wait until those of the files before it are reported.
const WAITING: usize = 64;

/// What a file brings.
pub(crate) enum Event {
    /// It comes next.
    Source,
    Finding(Box<Finding>),
    /// It could not be read, or not to its end.
    Failed(io::Error),
}

/// Checks all files, and hands what they bring to `take`, in their order.
///
/// # Errors
/// The first that `take` returns; reading ends then.
pub(crate) fn run(
    jobs: &[Job],
    threads: NonZeroUsize,
    progress: &Progress,
    take: &mut dyn FnMut(&Job, Event) -> io::Result<()>,
) -> io::Result<()> {
    if jobs.len() < 2 || threads.get() == 1 {
        for job in jobs {
            let mut failure = None;
            check(job, progress, &mut |event| {
                if failure.is_none()
                    && let Err(error) = take(job, event)
                {
                    failure = Some(error);
                    progress.stop();
                }
            });
            if let Some(error) = failure {
                return Err(error);
            }
        }
        return Ok(());
    }
    let (sender, receiver) = sync_channel(threads.get());
    let queue = Mutex::new((jobs.iter(), sender));
    thread::scope(|scope| {
        for _ in 0..threads.get().min(jobs.len()) {
            scope.spawn(|| {
                while let Some((job, events)) = next(&queue) {
                    check(job, progress, &mut |event| {
                        // Nobody listens any more when writing failed.
                        let _ = events.send(event);
                    });
                }
            });
        }
        for job in jobs {
            // A worker that failed has told why.
            let Ok(events) = receiver.recv() else { break };
            for event in events {
                if let Err(error) = take(job, event) {
                    progress.stop();
                    // Whoever waits for room gets it.
                    drop(receiver);
                    return Err(error);
                }
            }
        }
        Ok(())
    })
}

type Queue<'j> = Mutex<(std::slice::Iter<'j, Job>, SyncSender<Receiver<Event>>)>;

/// The next file, and where its findings go. Under one lock, so that receivers come in the order of the files.
fn next<'j>(queue: &Queue<'j>) -> Option<(&'j Job, SyncSender<Event>)> {
    let mut queue = queue.lock().ok()?;
    let job = queue.0.next()?;
    let (sender, receiver) = sync_channel(WAITING);
    queue.1.send(receiver).ok()?;
    Some((job, sender))
}

fn check(job: &Job, progress: &Progress, report: &mut dyn FnMut(Event)) {
    report(Event::Source);
    let input = match Input::open(&job.path) {
        Ok(input) => input,
        Err(error) => return report(Event::Failed(error)),
    };
    let watched = progress.file(match input.path() {
        Some(_) => 0,
        None => input.length(),
    });
    let open = || Ok(watched.watch(input.reader()?));
    let checker = &job.setup.checker;
    let checked = checker.check(&input.source, &open, &mut |finding| {
        report(Event::Finding(Box::new(finding)));
    });
    if let Err(error) = checked {
        report(Event::Failed(cause(error)));
    }
}

/// The error of the system behind one of the checker.
pub(crate) fn cause(error: CheckError) -> io::Error {
    match error {
        CheckError::Open(error) => error,
        CheckError::Read(kind) => kind.into(),
        other => io::Error::other(other),
    }
}
