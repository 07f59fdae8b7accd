//! Paths that documents name exist.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::process::{root, tracked};

/// Folders whose names in backticks are paths of ours, from the root.
const FOLDERS: [&str; 8] = [
    "bench/",
    "crates/",
    "docs/",
    "testdata/",
    "xtask/",
    "fuzz/",
    ".ci/",
    ".cargo/",
];
/// What is made by running something, and named before it exists.
const MADE: [&str; 3] = ["fuzz/corpus", "fuzz/artifacts", "fuzz/target"];

pub(super) fn check() -> Result<Vec<String>> {
    let mut complaints = Vec::new();
    for document in tracked("*.md")? {
        let text = fs::read_to_string(root().join(&document)).with_context(|| document.clone())?;
        let folder = root()
            .join(&document)
            .parent()
            .map(Path::to_path_buf)
            .unwrap_or_default();
        for (number, line) in (1..).zip(text.lines()) {
            let named = code_spans(line).map(|path| (path, root().join(path)));
            let linked = links(line).map(|path| (path, folder.join(path)));
            for (path, place) in named.chain(linked) {
                if !place.exists() && !MADE.iter().any(|made| path.starts_with(made)) {
                    complaints.push(format!("{document}:{number}: {path} does not exist"));
                }
            }
        }
    }
    Ok(complaints)
}

/// Words in backticks that begin with one of our folders and hold nothing but a path.
fn code_spans(line: &str) -> impl Iterator<Item = &str> {
    let is_path = |word: &&str| {
        FOLDERS.iter().any(|folder| word.starts_with(folder))
            && word
                .bytes()
                .all(|octet| octet.is_ascii_alphanumeric() || b"/._-".contains(&octet))
    };
    line.split('`').skip(1).step_by(2).filter(is_path)
}

/// Targets of Markdown links that stay in the repository, without their anchors.
fn links(line: &str) -> impl Iterator<Item = &str> {
    let target = |rest: &str| rest.split_once(')').map(|(target, _)| target.len());
    line.split("](").skip(1).filter_map(move |rest| {
        let path = rest.get(..target(rest)?)?.split('#').next()?;
        (!path.is_empty() && !path.contains(':')).then_some(path)
    })
}
