//! What a process used. Each runs below a process that has no other child, since that is what the system keeps the account of.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use clap::Args;
use serde::{Deserialize, Serialize};

use crate::process::{command, output};

/// What to run.
#[derive(Args)]
pub(super) struct Options {
    /// The file for its standard output and standard error.
    #[arg(long)]
    output: PathBuf,
    /// The program and its arguments.
    #[arg(last = true, required = true)]
    command: Vec<OsString>,
}

/// Time and memory of a process, from its start to its end.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub(super) struct Usage {
    /// By the clock on the wall.
    pub(super) seconds: f64,
    /// Of all processors, in user and system mode.
    pub(super) processor_seconds: f64,
    /// The largest resident set. Never less than that of the process which started it.
    pub(super) peak_octets: u64,
    succeeded: bool,
}

/// Runs a program and says what it used, and what it wrote; an unsuccessful one is an error.
pub(super) fn measure(
    program: &Path,
    arguments: &[OsString],
    output_file: &Path,
) -> Result<(Usage, String)> {
    let mut runner = command(std::env::current_exe()?);
    runner.args(["compare", "usage", "--output"]);
    runner.arg(output_file).arg("--").arg(program);
    runner.args(arguments);
    let usage: Usage = serde_json::from_slice(&output(runner)?)?;
    let written = String::from_utf8_lossy(&fs::read(output_file)?).into_owned();
    if !usage.succeeded {
        let lines: Vec<&str> = written.lines().take(10).collect();
        bail!("{} failed:\n{}", program.display(), lines.join("\n"));
    }
    Ok((usage, written))
}

/// Runs the program and prints its usage.
pub(super) fn run(options: &Options) -> Result<()> {
    let file = File::create(&options.output)?;
    let [program, arguments @ ..] = options.command.as_slice() else {
        bail!("expected a program");
    };
    let mut command = command(program);
    command.args(arguments);
    command.stdout(Stdio::from(file.try_clone()?)).stderr(file);
    let started = Instant::now();
    let status = command
        .status()
        .with_context(|| format!("cannot start {}", program.display()))?;
    let seconds = started.elapsed().as_secs_f64();
    let (processor_seconds, peak_octets) = of_children()?;
    let usage = Usage {
        seconds,
        processor_seconds,
        peak_octets,
        succeeded: status.success(),
    };
    writeln!(std::io::stdout(), "{}", serde_json::to_string(&usage)?)?;
    Ok(())
}

/// Processor seconds and the peak in octets of the children that have ended.
#[cfg(unix)]
fn of_children() -> Result<(f64, u64)> {
    use nix::sys::resource::{UsageWho, getrusage};

    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let times = [usage.user_time(), usage.system_time()];
    let seconds = times.map(|time| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6);
    let unit = if cfg!(target_vendor = "apple") {
        1
    } else {
        1024
    };
    let peak = u64::try_from(usage.max_rss()).unwrap_or_default() * unit;
    Ok((seconds.iter().sum(), peak))
}

#[cfg(not(unix))]
fn of_children() -> Result<(f64, u64)> {
    bail!("what a process used is only known how to ask for on Unix");
}

/// Octets that are free where a folder is; `None` where that is not known.
pub(super) fn free_space(folder: &Path) -> Option<u64> {
    #[cfg(unix)]
    {
        let found = nix::sys::statvfs::statvfs(folder).ok()?;
        Some(found.blocks_available() as u64 * found.fragment_size() as u64)
    }
    #[cfg(not(unix))]
    {
        let _ = folder;
        None
    }
}
