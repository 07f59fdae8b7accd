//! `cargo xtask ci`: the checks of a change, each a step with a name, from the quickest to the slowest.

use std::time::Instant;

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};

use crate::process::{self, cargo, say, succeeds};

/// What to check.
#[derive(Args)]
pub(crate) struct Options {
    /// Only these steps; all of them when none is named.
    steps: Vec<Step>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Step {
    /// Formatting.
    Fmt,
    /// Lints, with warnings denied.
    Clippy,
    /// Tests, by nextest where it is present.
    Test,
    /// Examples in documentation.
    Doctest,
    /// Documentation, with warnings denied.
    Doc,
    /// Every library alone, without its default features.
    Alone,
}

/// Libraries with features, each of which must build without them.
const WITH_FEATURES: [&str; 3] = ["mimi-mssi", "mimi-id", "mimi-rr"];

pub(crate) fn run(options: &Options) -> Result<()> {
    let steps = match options.steps.as_slice() {
        [] => Step::value_variants(),
        some => some,
    };
    let started = Instant::now();
    for step in steps {
        let name = format!("{step:?}").to_lowercase();
        say(&format!("── {name}"));
        let step_started = Instant::now();
        step.run().with_context(|| format!("step {name} failed"))?;
        let seconds = step_started.elapsed().as_secs_f64();
        say(&format!("── {name}: ok ({seconds:.1} s)"));
    }
    say(&format!(
        "{} steps passed in {:.0} s",
        steps.len(),
        started.elapsed().as_secs_f64()
    ));
    Ok(())
}

impl Step {
    fn run(self) -> Result<()> {
        match self {
            Self::Fmt => fmt(),
            Self::Clippy => clippy(),
            Self::Test => test(),
            Self::Doctest => doctest(),
            Self::Doc => doc(),
            Self::Alone => alone(),
        }
    }
}

fn fmt() -> Result<()> {
    let mut command = cargo();
    command.args(["fmt", "--all", "--check"]);
    process::run(command)
}

fn clippy() -> Result<()> {
    let mut command = cargo();
    command.args([
        "clippy",
        "--workspace",
        "--all-targets",
        "--all-features",
        "--locked",
    ]);
    command.args(["--", "-D", "warnings"]);
    process::run(command)
}

fn test() -> Result<()> {
    let mut nextest = cargo();
    nextest.args(["nextest", "--version"]);
    let has_nextest = succeeds(nextest);
    let mut command = cargo();
    if has_nextest {
        command.args(["nextest", "run", "--workspace", "--locked"]);
    } else {
        command.args(["test", "--workspace", "--all-targets", "--locked"]);
    }
    // A snapshot that differs is a failure, here as elsewhere, and never rewrites itself.
    command.env("INSTA_UPDATE", "no");
    process::run(command)
}

fn doctest() -> Result<()> {
    let mut command = cargo();
    command.args(["test", "--workspace", "--doc", "--locked", "--quiet"]);
    process::run(command)
}

fn doc() -> Result<()> {
    let mut command = cargo();
    command.args(["doc", "--workspace", "--no-deps", "--locked", "--quiet"]);
    command.env("RUSTDOCFLAGS", "-D warnings");
    process::run(command)
}

fn alone() -> Result<()> {
    for library in WITH_FEATURES {
        let mut command = cargo();
        command.args([
            "clippy",
            "--no-default-features",
            "--locked",
            "--quiet",
            "-p",
            library,
        ]);
        command.args(["--", "-D", "warnings"]);
        process::run(command)?;
    }
    Ok(())
}
