//! Figures in `docs/benchmarks.md`, and the circumstances under which they were measured.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, anyhow};

use crate::process::{self, command, root};

const DOCUMENT: &str = "docs/benchmarks.md";

/// The circumstances of a run, in one paragraph: the task, and the versions of what it measures.
pub(crate) fn conditions(task: &str, versions: &[String]) -> Result<String> {
    let mut date = command("date");
    date.args(["-u", "+%F"]);
    let mut rustc = command("rustc");
    rustc.arg("--version");
    Ok(format!(
        "`cargo xtask {task}` on {}; {}; {}; {}; load before {}.",
        text(date)?.trim(),
        text(rustc)?.trim(),
        versions.join(", "),
        processor(),
        load().map_or("unknown".to_owned(), |load| format!("{load:.2}")),
    ))
}

fn processor() -> String {
    let found = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = found
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "))
        .map_or("unknown processor", |(_, model)| model);
    let count = std::thread::available_parallelism().map_or(0, usize::from);
    format!("{model}, {count} cores")
}

/// How many processes wanted to run, on average of the last minute.
pub(crate) fn load() -> Option<f64> {
    let found = fs::read_to_string("/proc/loadavg").ok()?;
    found.split(' ').next()?.parse().ok()
}

/// Puts text between the markers of this name.
pub(crate) fn record(name: &str, results: &str) -> Result<()> {
    record_in(DOCUMENT, name, results)
}

/// Puts text between the markers of this name in a document.
pub(crate) fn record_in(document: &'static str, name: &str, results: &str) -> Result<()> {
    let path: PathBuf = root().join(document);
    let text = fs::read_to_string(&path).context(document)?;
    let (begin, end) = (
        format!("<!-- begin {name} -->\n"),
        format!("<!-- end {name} -->"),
    );
    let (before, rest) = text
        .split_once(&begin)
        .ok_or_else(|| anyhow!("{document} lacks {begin}"))?;
    let (_, after) = rest
        .split_once(&end)
        .ok_or_else(|| anyhow!("{document} lacks {end}"))?;
    let results = results.trim_end();
    fs::write(&path, format!("{before}{begin}{results}\n{end}{after}")).context(document)
}

/// What a command writes to standard output, as text.
pub(crate) fn text(command: Command) -> Result<String> {
    String::from_utf8(process::output(command)?).context("output is not UTF-8")
}
