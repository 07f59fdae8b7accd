//! Zone files for the embedded server: read, loaded, and their problems shown.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use annotate_snippets::Level;
use anyhow::{Context, Result, bail};
use mimi_authority::{LoadProblem, ProblemSeverity, ZoneSet};
use mimi_rr::TypeCodes;

use crate::excerpt::Finding;
use mimi_output::Shown;

/// How many problems are shown in full.
const SHOWN_PROBLEMS: usize = 20;

/// What to do about records that stand in no zone.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Snippets {
    /// A pasted snippet is welcome: the made-up zone goes without saying.
    Welcome,
    /// Say it.
    Warn,
}

/// Reads and loads the files; `-` is standard input.
///
/// A file with errors is not used at all: what it fails to say would look like a person who is not there.
pub(crate) fn load(paths: &[PathBuf], codes: TypeCodes, snippets: Snippets) -> Result<ZoneSet> {
    let mut files = Vec::with_capacity(paths.len());
    for path in paths {
        let octets = read(path).with_context(|| format!("cannot read {}", shown_path(path)))?;
        files.push((path.to_string_lossy().into_owned(), octets));
    }
    let sources = files.iter().map(|(label, octets)| (label.as_str(), octets));
    let (zones, mut problems) = ZoneSet::load(sources, codes);
    if snippets == Snippets::Welcome {
        problems.retain(|problem| !matches!(problem.code(), "implied-zone" | "root-assumed"));
    }
    let errors = problems
        .iter()
        .filter(|problem| problem.severity() == ProblemSeverity::Error)
        .count();
    show(&problems, &files)?;
    if errors > 0 {
        let plural = if errors == 1 { "error" } else { "errors" };
        bail!("{errors} {plural} in the zone files; nothing of them is used until they are mended");
    }
    Ok(zones)
}

/// The octets of a file; `-` is standard input.
pub(crate) fn read(path: &Path) -> io::Result<Vec<u8>> {
    if path == Path::new("-") {
        let mut octets = Vec::new();
        io::stdin().lock().read_to_end(&mut octets)?;
        return Ok(octets);
    }
    fs::read(path)
}

/// A path, fit for a terminal.
pub(crate) fn shown_path(path: &Path) -> String {
    Shown(&path.to_string_lossy()).to_string()
}

fn show(problems: &[LoadProblem], files: &[(String, Vec<u8>)]) -> io::Result<()> {
    let mut out = anstream::stderr().lock();
    for problem in problems.iter().take(SHOWN_PROBLEMS) {
        let place = problem.place.as_ref();
        let file = place.and_then(|place| files.iter().find(|(label, _)| **label == *place.source));
        let (Some(place), Some((label, octets))) = (place, file) else {
            writeln!(out, "{problem}")?;
            continue;
        };
        let label = Shown(label).to_string();
        Finding {
            level: match problem.severity() {
                ProblemSeverity::Error => Level::ERROR,
                ProblemSeverity::Warning => Level::WARNING,
            },
            code: problem.code(),
            message: problem.kind.to_string(),
            help: None,
            origin: Some((&label, place.line)),
            octets,
            span: place.span.clone(),
        }
        .write(&mut out)?;
    }
    if problems.len() > SHOWN_PROBLEMS {
        writeln!(out, "… and {} more", problems.len() - SHOWN_PROBLEMS)?;
    }
    Ok(())
}
