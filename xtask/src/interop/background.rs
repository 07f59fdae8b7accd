//! A server of somebody else's, run in the background for as long as it is needed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

/// How long a server may take until it is ready.
const PATIENCE: Duration = Duration::from_secs(20);

/// A program that is stopped when it is dropped. What it says goes into `log` in its folder.
pub(super) struct Background {
    child: Child,
    log: PathBuf,
}

impl Background {
    /// Starts it.
    pub(super) fn start(program: &Path, arguments: &[String], folder: &Path) -> Result<Self> {
        let path = folder.join("log");
        let log = fs::File::create(&path)?;
        let child = Command::new(program)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()?;
        Ok(Self { child, log: path })
    }

    /// Waits until it is ready; an error with what it said, when it ends before or takes too long.
    pub(super) fn wait_until(&mut self, is_ready: impl Fn() -> bool) -> Result<()> {
        let started = Instant::now();
        while !is_ready() {
            if started.elapsed() > PATIENCE || self.child.try_wait()?.is_some() {
                let log = fs::read_to_string(&self.log).unwrap_or_default();
                bail!("the server does not answer; it says:\n{log}");
            }
            thread::sleep(Duration::from_millis(100));
        }
        Ok(())
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        // One that has ended by itself needs no stopping.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
