//! Every source file opens with what it is for, and stays short enough to hold one idea.

use std::fs;

use anyhow::{Context, Result};

use crate::process::{root, tracked};

/// Lines past which a file holds more than one idea.
const LONGEST: usize = 600;

pub(super) fn check() -> Result<Vec<String>> {
    let mut complaints = Vec::new();
    for path in tracked("*.rs")? {
        let text = fs::read_to_string(root().join(&path)).with_context(|| path.clone())?;
        // A fuzz target or a test binary may set attributes first; they begin with `#!`.
        let opens = text
            .lines()
            .find(|line| !line.is_empty() && !line.starts_with("#![no_main]"));
        if !opens.is_some_and(|line| line.starts_with("//!") || line.starts_with("#![doc")) {
            complaints.push(format!(
                "{path}: does not open with a `//!` that says what it is for"
            ));
        }
        let lines = text.lines().count();
        if lines > LONGEST {
            complaints.push(format!("{path}: {lines} lines; split it by what it does"));
        }
    }
    Ok(complaints)
}
