//! `mimi-oracle/1` beside the second implementation of it, in Python, that was written from the specification alone.

mod live;

use std::process::Command;

use anyhow::Result;

use crate::process::{command, find, run as run_command, say, succeeds};

const SECOND: &str = "crates/mimi-oracle/second";
const VECTORS: &str = "testdata/oracle";

/// What to say when it is not here.
const HOW_TO_GET: &str =
    "python3 of version 3.11 or later is not here (Debian: apt-get install python3)";

/// Compares both; returns what was skipped, and how to get it.
pub(super) fn run() -> Result<Vec<String>> {
    let Some(python) = find("python3").filter(|python| is_new_enough(command(python))) else {
        return Ok(vec![HOW_TO_GET.to_owned()]);
    };
    let second = |program: &str| {
        let mut command = command(&python);
        // It leaves no compiled files in the working copy.
        command.args(["-B".to_owned(), format!("{SECOND}/{program}")]);
        command
    };
    vectors(second("check_vectors.py"))?;
    let skipped = live::compare(|| second("mimi_oracle.py"))?;
    Ok(skipped.into_iter().collect())
}

/// Both read the same vectors: `cargo test -p mimi-oracle` checks ours.
fn vectors(mut check: Command) -> Result<()> {
    check.arg(VECTORS);
    run_command(check)?;
    say("interop: the second implementation of mimi-oracle/1 reads the vectors as we do");
    Ok(())
}

fn is_new_enough(mut python: Command) -> bool {
    python.args(["-c", "import sys; sys.exit(sys.version_info < (3, 11))"]);
    succeeds(python)
}
