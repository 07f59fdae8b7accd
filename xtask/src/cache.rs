//! `cargo xtask cache`: many identifiers through the outcome cache, with the figures in `docs/reliability.md`.

use anyhow::Result;
use clap::Args;

use crate::figures::{conditions, record_in, text};
use crate::process::{cargo, say};

const DOCUMENT: &str = "docs/reliability.md";
const MANIFEST: &str = "bench/Cargo.toml";

/// How much to measure.
#[derive(Args)]
pub(crate) struct Options {
    /// How many different identifiers.
    #[arg(long, default_value_t = 10_000_000, value_parser = clap::value_parser!(u64).range(1000..=99_999_999_999))]
    identifiers: u64,
    /// Only see that it works; the document keeps its figures.
    #[arg(long)]
    quick: bool,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let identifiers = options.identifiers.to_string();
    let conditions = conditions(&format!("cache --identifiers {identifiers}"), &[version()?])?;
    let mut run = cargo();
    run.args(["run", "--manifest-path", MANIFEST, "--release", "--locked"]);
    run.args(["--quiet", "--bin", "cache", "--", &identifiers]);
    let table = text(run)?;
    say(&table);
    if options.quick {
        return Ok(());
    }
    record_in(DOCUMENT, "cache", &format!("{conditions}\n\n{table}"))
}

/// What the cache is built on.
fn version() -> Result<String> {
    let mut tree = cargo();
    tree.args(["tree", "--manifest-path", MANIFEST, "--locked"]);
    tree.args(["--depth", "0", "--prefix", "none", "--invert"]);
    tree.arg("quick_cache");
    Ok(text(tree)?.trim().to_owned())
}
