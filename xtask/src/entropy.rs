//! `cargo xtask entropy`: what a forger has to guess of our questions, measured over many of them.

use anyhow::Result;
use clap::Args;

use crate::figures::{conditions, record_in, text};
use crate::process::{cargo, say};

const DOCUMENT: &str = "docs/reliability.md";

/// How much to measure.
#[derive(Args)]
pub(crate) struct Options {
    /// How many questions to ask.
    #[arg(long, default_value_t = 100_000)]
    questions: u32,
    /// Fewer, to see that it works; the document keeps its figures.
    #[arg(long)]
    quick: bool,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let questions = if options.quick {
        options.questions.min(20_000)
    } else {
        options.questions
    };
    let conditions = conditions("entropy", &["UDP over loopback".to_owned()])?;
    let mut run = cargo();
    run.args(["run", "--manifest-path", "bench/Cargo.toml", "--locked"]);
    run.args(["--quiet", "--profile", "simulation", "--bin", "entropy"]);
    run.args(["--", &questions.to_string()]);
    let table = text(run)?;
    say(&table);
    if !options.quick {
        record_in(DOCUMENT, "entropy", &format!("{conditions}\n\n{table}"))?;
    }
    Ok(())
}
