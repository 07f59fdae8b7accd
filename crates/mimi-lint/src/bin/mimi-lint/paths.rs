//! Which files are checked: the paths that were given, and the zone files in folders.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

use glob::Pattern;
use walkdir::{DirEntry, WalkDir};

use crate::config::Config;

/// The names of zone files, unless configured otherwise.
const USUAL_NAMES: [&str; 4] = ["*.zone", "*.db", "db.*", "*.zn"];

/// What editors, package managers and name servers leave beside the file itself.
const LEFT_BEHIND: [&str; 9] = [
    "~", ".bak", ".old", ".orig", ".rej", ".swp", ".tmp", ".jnl", ".jbk",
];

/// What a folder holds.
#[derive(Debug, Default)]
pub(crate) struct Walked {
    /// In the order of their names.
    pub(crate) files: Vec<PathBuf>,
    /// What could not be looked into.
    pub(crate) failures: Vec<(PathBuf, io::Error)>,
}

/// The zone files in a folder and those below it. Symbolic links to folders are not followed, those to files are.
pub(crate) fn walk(folder: &Path, config: &Config) -> Walked {
    let mut walked = Walked::default();
    let names = Names::new(config);
    let entries = WalkDir::new(folder).sort_by_file_name().into_iter();
    let is_seen = |entry: &DirEntry| entry.depth() == 0 || !is_hidden(entry);
    for entry in entries.filter_entry(is_seen) {
        match entry {
            Ok(entry) => {
                // A link to a file is one, whatever else it leads to is not.
                if entry.path().is_file() && names.hold(entry.path()) {
                    let path = entry.into_path();
                    // As people write it, and as editors and CI services show it.
                    let plain = path.strip_prefix(".").map(Path::to_owned);
                    walked.files.push(plain.unwrap_or(path));
                }
            }
            Err(error) => {
                let path = error.path().unwrap_or(folder).to_owned();
                walked.failures.push((path, error.into()));
            }
        }
    }
    walked
}

/// Leaves out what came before.
pub(crate) fn without_repeats(paths: Vec<PathBuf>) -> Vec<PathBuf> {
    let mut seen = HashSet::new();
    let is_new = |path: &PathBuf| seen.insert(path.clone());
    paths.into_iter().filter(is_new).collect()
}

/// How zone files are named, for messages.
pub(crate) fn wanted_names(config: &Config) -> String {
    match &config.include {
        Some(patterns) => {
            let patterns: Vec<&str> = patterns.iter().map(Pattern::as_str).collect();
            patterns.join(", ")
        }
        None => USUAL_NAMES.join(", "),
    }
}

struct Names<'c> {
    patterns: Vec<Pattern>,
    folder: &'c Path,
}

impl<'c> Names<'c> {
    fn new(config: &'c Config) -> Self {
        let usual = || {
            let patterns = USUAL_NAMES.iter();
            patterns
                .filter_map(|name| Pattern::new(name).ok())
                .collect()
        };
        Self {
            patterns: config.include.clone().unwrap_or_else(usual),
            folder: &config.folder,
        }
    }

    fn hold(&self, path: &Path) -> bool {
        let name = path.file_name().map(|name| name.to_string_lossy());
        let is_left_behind = |name: &str| {
            name.starts_with('#') || LEFT_BEHIND.iter().any(|suffix| name.ends_with(suffix))
        };
        if name.is_none_or(|name| is_left_behind(&name)) {
            return false;
        }
        let mut patterns = self.patterns.iter();
        patterns.any(|pattern| matches(pattern, path, self.folder))
    }
}

/// Whether a pattern holds a path: its last part, or, where the pattern has a `/`, the path from the folder of the configuration.
pub(crate) fn matches(pattern: &Pattern, path: &Path, folder: &Path) -> bool {
    if pattern.as_str().contains('/') {
        let beneath = beneath(path, folder);
        let options = glob::MatchOptions {
            require_literal_separator: true,
            ..glob::MatchOptions::new()
        };
        return pattern.matches_path_with(&beneath, options);
    }
    let name = path.file_name().map(|name| name.to_string_lossy());
    name.is_some_and(|name| pattern.matches(&name))
}

/// A path as seen from a folder, if it is beneath it.
pub(crate) fn beneath(path: &Path, folder: &Path) -> PathBuf {
    let real = |path: &Path| path.canonicalize().or_else(|_| std::path::absolute(path));
    match (real(path), real(folder)) {
        (Ok(absolute), Ok(folder)) => match absolute.strip_prefix(&folder) {
            Ok(beneath) => beneath.to_owned(),
            Err(_) => path.to_owned(),
        },
        _ => path.to_owned(),
    }
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with('.')
}
