//! `cargo xtask conformance`: every case of `testdata/`, through the libraries and through the command.

use anyhow::Result;
use clap::Args;

use crate::process::{self, cargo};

/// What to do about snapshots.
#[derive(Args)]
pub(crate) struct Options {
    /// Accept what is said now as what shall be said; read the difference before you commit it.
    #[arg(long)]
    bless: bool,
}

/// Runs the modules `conformance` and `scenarios` of every crate's tests.
pub(crate) fn run(options: &Options) -> Result<()> {
    for module in ["conformance::", "scenarios::"] {
        let mut command = cargo();
        command.args([
            "test",
            "--workspace",
            "--tests",
            "--locked",
            "--quiet",
            "--",
            module,
        ]);
        command.env("INSTA_UPDATE", if options.bless { "always" } else { "no" });
        process::run(command)?;
    }
    Ok(())
}
