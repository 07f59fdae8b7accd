//! Documents that show what the command writes.
//!
//! A block `console` is a line `$ mimi …`, in the words of a shell with single quotes at most, then standard output. A comment `# exit 1` at the
//! end of the line says how it ends, if not with 0. To write the outputs anew, run the tests with `BLESS_DOCS=1`.

use std::fs;
use std::path::Path;

use super::{Run, mimi};

/// Runs every command in a document of `docs`, and compares. Returns what they came to.
///
/// # Panics
/// When an output differs from what the document shows.
#[track_caller]
pub(crate) fn check_document(name: &str) -> Vec<Run> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../docs")
        .join(name);
    let document = fs::read_to_string(&path).unwrap();
    let mut real = String::with_capacity(document.len());
    let mut runs = Vec::new();
    let mut rest = document.as_str();
    while let Some((before, after)) = rest.split_once("```console\n") {
        let (block, after) = after.split_once("```\n").expect("an end of the block");
        let (line, _) = block.split_once('\n').unwrap();
        let (command, exit) = line.split_once(" # exit ").unwrap_or((line, "0"));
        let command = command.strip_prefix("$ mimi ");
        let run = mimi(words(command.unwrap_or_else(|| panic!("{line}")))).run();
        assert_eq!(run.exit.to_string(), exit, "{line}\n{}", run.errors());
        real.push_str(&format!("{before}```console\n{line}\n{}```\n", run.text()));
        runs.push(run);
        rest = after;
    }
    real.push_str(rest);
    if std::env::var_os("BLESS_DOCS").is_some() {
        fs::write(&path, &real).unwrap();
    }
    let differing = document.lines().zip(real.lines()).find(|(a, b)| a != b);
    let remedy = "BLESS_DOCS=1 writes it anew";
    assert_eq!(differing, None, "docs/{name} is out of date; {remedy}");
    assert_eq!(document.len(), real.len(), "docs/{name} lacks lines");
    runs
}

/// The words of a command line; between single quotes, blanks are part of a word.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for character in line.chars() {
        match (character, words.last_mut()) {
            ('\'', _) => quoted = !quoted,
            (' ', _) if !quoted => words.push(String::new()),
            (_, Some(word)) => word.push(character),
            (_, None) => {}
        }
    }
    words
}
