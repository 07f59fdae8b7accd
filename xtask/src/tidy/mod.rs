//! `cargo xtask tidy`: what no compiler checks. Which crate may depend on what, that files say what they are for, that documents
//! are true and generated files up to date, and that every decision has its tests.

mod coverage;
mod documents;
mod edges;
mod files;
mod tests;

use anyhow::{Result, bail};
use clap::Args;

use crate::process::say;

/// What to do about documents that are generated.
#[derive(Args, Default)]
pub(crate) struct Options {
    /// Write generated documents anew, instead of comparing them.
    #[arg(long)]
    bless: bool,
}

/// Runs every check, and fails with all complaints at once.
pub(crate) fn run(options: &Options) -> Result<()> {
    let mut complaints = Vec::new();
    complaints.extend(edges::check()?);
    complaints.extend(files::check()?);
    complaints.extend(crate::codegen::check(
        crate::process::root(),
        options.bless,
    )?);
    complaints.extend(documents::check()?);
    complaints.extend(coverage::check(options.bless)?);
    for complaint in &complaints {
        say(&format!("tidy: {complaint}"));
    }
    match complaints.len() {
        0 => Ok(()),
        1 => bail!("1 thing is not tidy"),
        count => bail!("{count} things are not tidy"),
    }
}
