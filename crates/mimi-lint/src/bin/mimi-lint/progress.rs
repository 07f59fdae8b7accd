//! How far the reading of long files is, on a terminal; and how reading is ended early.

use std::fs;
use std::io::{self, IsTerminal, Read};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::setup::Job;

/// What takes less time shows no progress.
const PATIENCE: Duration = Duration::from_millis(500);

/// What is read, and of how much. Cloning is cheap.
#[derive(Clone)]
pub(crate) struct Progress(Arc<Shared>);

struct Shared {
    bar: Mutex<Bar>,
    is_stopped: AtomicBool,
    is_wanted: bool,
    start: Instant,
}

struct Bar {
    bar: ProgressBar,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// It may still go fast.
    Waiting,
    Shown,
    /// Something else is on the terminal now.
    Over,
}

/// How far one file was read, by whichever of its readers is the furthest.
#[derive(Clone)]
pub(crate) struct FileProgress {
    all: Progress,
    furthest: Arc<AtomicU64>,
}

impl Progress {
    pub(crate) fn new(is_wanted: bool) -> Self {
        let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::hidden());
        let style = ProgressStyle::with_template("{bar:30} {bytes} of {total_bytes} {eta}");
        Self(Arc::new(Shared {
            bar: Mutex::new(Bar {
                bar: match style {
                    Ok(style) => bar.with_style(style),
                    Err(_) => bar,
                },
                state: State::Waiting,
            }),
            is_stopped: AtomicBool::new(false),
            is_wanted: is_wanted && io::stderr().is_terminal(),
            start: Instant::now(),
        }))
    }

    /// Says which files are to be read.
    pub(crate) fn expect(&self, jobs: &[Job]) {
        if !self.0.is_wanted {
            return;
        }
        let lengths = jobs.iter().filter_map(|job| fs::metadata(&job.path).ok());
        let total = lengths.map(|metadata| metadata.len()).sum();
        if let Ok(bar) = self.0.bar.lock() {
            bar.bar.inc_length(total);
        }
    }

    /// Begins with another file, of a length if that was not expected.
    pub(crate) fn file(&self, length: u64) -> FileProgress {
        if let Ok(bar) = self.0.bar.lock() {
            bar.bar.inc_length(length);
        }
        FileProgress {
            all: self.clone(),
            furthest: Arc::default(),
        }
    }

    /// Makes room for text on the terminal, for good.
    pub(crate) fn clear(&self) {
        if self.0.is_wanted
            && let Ok(mut bar) = self.0.bar.lock()
            && bar.state != State::Over
        {
            bar.state = State::Over;
            bar.bar.finish_and_clear();
        }
    }

    /// Lets all readers fail from now on.
    pub(crate) fn stop(&self) {
        self.0.is_stopped.store(true, Ordering::Relaxed);
    }

    fn add(&self, octets: u64) {
        if !self.0.is_wanted {
            return;
        }
        let Ok(mut bar) = self.0.bar.lock() else {
            return;
        };
        if bar.state == State::Waiting && self.0.start.elapsed() >= PATIENCE {
            bar.bar.set_draw_target(ProgressDrawTarget::stderr());
            bar.state = State::Shown;
        }
        bar.bar.inc(octets);
    }
}

impl FileProgress {
    pub(crate) fn watch(&self, reader: Box<dyn Read + Send>) -> Box<dyn Read + Send> {
        Box::new(Watched {
            reader,
            position: 0,
            progress: self.clone(),
        })
    }
}

struct Watched {
    reader: Box<dyn Read + Send>,
    position: u64,
    progress: FileProgress,
}

impl Read for Watched {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let FileProgress { all, furthest } = &self.progress;
        if all.0.is_stopped.load(Ordering::Relaxed) {
            return Err(io::Error::other("nobody wants the findings any more"));
        }
        let length = self.reader.read(buffer)?;
        self.position += length as u64;
        let before = furthest.fetch_max(self.position, Ordering::Relaxed);
        if self.position > before {
            all.add(self.position - before);
        }
        Ok(length)
    }
}
