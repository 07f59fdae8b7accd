//! The identifiers that a command is given.

use std::io::{self, BufRead};

use anyhow::{Context, Result};

/// The identifiers of the command line, with the lines of standard input in the place of `-`.
pub(crate) fn read(given: &[String]) -> Result<Vec<String>> {
    let mut identifiers = Vec::with_capacity(given.len());
    for one in given {
        if one != "-" {
            identifiers.push(one.clone());
            continue;
        }
        for line in io::stdin().lock().split(b'\n') {
            let line = line.context("cannot read standard input")?;
            // What is not UTF-8 is no identifier; it is judged, and shown, as one all the same.
            let line = String::from_utf8_lossy(&line);
            if !line.trim().is_empty() {
                identifiers.push(line.trim().to_owned());
            }
        }
    }
    Ok(identifiers)
}
