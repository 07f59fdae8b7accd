//! `cargo xtask compare`: our programs beside those that operators use, each a process of its own, in one run.

mod lint;
mod usage;
mod zone;

use anyhow::Result;
use clap::{Args, Subcommand};

/// What to compare.
#[derive(Args)]
pub(crate) struct Options {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Time and memory of what checks zone files.
    Lint(lint::Options),
    /// Time and memory of what reads zone files.
    Zone(zone::Options),
    /// Run one program, and print what it used: the others call this one.
    #[command(hide = true)]
    Usage(usage::Options),
}

pub(crate) fn run(options: &Options) -> Result<()> {
    match &options.what {
        What::Lint(options) => lint::run(options),
        What::Zone(options) => zone::run(options),
        What::Usage(options) => usage::run(options),
    }
}

/// Compiles what Cargo does not build; says what is missing for it, and how to get it.
pub(crate) fn check() -> Result<Option<String>> {
    zone::check()
}
