//! `cargo xtask ci`: the checks of a change, each a step with a name, from the quickest to the slowest.

use std::time::Instant;

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};

use crate::process::{self, cargo, say, succeeds};

/// What to check.
#[derive(Args)]
pub(crate) struct Options {
    /// Only these steps; all of them when none is named.
    steps: Vec<Step>,
    /// Fail when something was skipped for want of a tool.
    #[arg(long)]
    no_skips: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Step {
    /// Formatting.
    Fmt,
    /// Edges between crates, documents, coverage of the decisions.
    Tidy,
    /// Lints, with warnings denied.
    Clippy,
    /// Tests, by nextest where it is present.
    Test,
    /// Examples in documentation.
    Doctest,
    /// Documentation, with warnings denied.
    Doc,
    /// The lower crates alone, without default features, and linked without the standard library.
    Alone,
    /// Fuzz targets and benchmarks compile, each a workspace of its own; what the targets check runs among the tests.
    Aside,
    /// Bans, licences and sources of dependencies, where cargo-deny is present.
    Deny,
    /// The same results from other DNS servers, where they are present.
    Interop,
}

/// The libraries that stand on no runtime, each of which must build and pass its tests by itself.
const LOWER: [&str; 6] = [
    "mimi-name",
    "mimi-mssi",
    "mimi-id",
    "mimi-rr",
    "mimi-zonefile",
    "mimi-discovery",
];

pub(crate) fn run(options: &Options) -> Result<()> {
    let steps = match options.steps.as_slice() {
        [] => Step::value_variants(),
        some => some,
    };
    let started = Instant::now();
    let mut skipped = Vec::new();
    for step in steps {
        let name = format!("{step:?}").to_lowercase();
        say(&format!("── {name}"));
        let step_started = Instant::now();
        for skip in step.run().with_context(|| format!("step {name} failed"))? {
            say(&format!("── {name}: skipped: {skip}"));
            skipped.push(skip);
        }
        let seconds = step_started.elapsed().as_secs_f64();
        say(&format!("── {name}: ok ({seconds:.1} s)"));
    }
    say(&format!(
        "{} steps passed in {:.0} s",
        steps.len(),
        started.elapsed().as_secs_f64()
    ));
    if options.no_skips && !skipped.is_empty() {
        bail!("--no-skips, and skipped: {}", skipped.join("; "));
    }
    Ok(())
}

impl Step {
    /// Runs the step; returns what it skipped, and how to get it.
    fn run(self) -> Result<Vec<String>> {
        match self {
            Self::Fmt => fmt()?,
            Self::Tidy => crate::tidy::run(&crate::tidy::Options::default())?,
            Self::Clippy => clippy()?,
            Self::Test => return test(),
            Self::Doctest => doctest()?,
            Self::Doc => doc()?,
            Self::Alone => alone()?,
            Self::Aside => aside()?,
            Self::Deny => return deny(),
            Self::Interop => return crate::interop::run(&crate::interop::Options::default()),
        }
        Ok(Vec::new())
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

fn test() -> Result<Vec<String>> {
    let mut nextest = cargo();
    nextest.args(["nextest", "--version"]);
    let has_nextest = succeeds(nextest);
    let mut command = cargo();
    if has_nextest {
        command.args(["nextest", "run", "--workspace", "--locked"]);
    } else {
        command.args(["test", "--workspace", "--all-targets", "--locked"]);
    }
    // The stores of an oracle, which no default has.
    command.args(["--features", "mimi-oracle/postgres"]);
    // A snapshot that differs is a failure, here as elsewhere, and never rewrites itself.
    command.env("INSTA_UPDATE", "no");
    process::run(command)?;
    Ok(without_postgresql())
}

/// What the tests of the store in PostgreSQL look for, which pass without it.
fn without_postgresql() -> Vec<String> {
    let debian = std::fs::read_dir("/usr/lib/postgresql");
    let mut folders: Vec<_> = debian
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path().join("bin"))
        .collect();
    folders.extend(std::env::split_paths(
        &std::env::var_os("PATH").unwrap_or_default(),
    ));
    if folders.iter().any(|folder| folder.join("initdb").exists()) {
        return Vec::new();
    }
    vec![
        "the store in PostgreSQL, which is not here (Debian: apt-get install postgresql)"
            .to_owned(),
    ]
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
    for library in LOWER {
        let mut command = cargo();
        command.args([
            "test",
            "--no-default-features",
            "--tests",
            "--locked",
            "--quiet",
        ]);
        command.args(["-p", library]);
        process::run(command)?;
    }
    // The rules without the command, and the command without the network.
    for features in ["", "cli"] {
        let mut command = cargo();
        command.args(["check", "--no-default-features", "--locked", "--quiet"]);
        command.args(["-p", "mimi-lint", "--features", features]);
        process::run(command)?;
    }
    let mut program = cargo();
    program.args(["run", "--release", "--locked", "--quiet"]);
    program.args(["--manifest-path", "xtask/no-std/Cargo.toml"]);
    process::run(program)
}

fn aside() -> Result<()> {
    let mut fuzz = cargo();
    fuzz.args([
        "check",
        "--locked",
        "--quiet",
        "--manifest-path",
        "fuzz/Cargo.toml",
    ]);
    // Checking needs no C++ compiler, linking libFuzzer does.
    fuzz.arg("--no-default-features");
    process::run(fuzz)?;
    crate::bench::check()
}

fn deny() -> Result<Vec<String>> {
    let mut present = cargo();
    present.args(["deny", "--version"]);
    if !succeeds(present) {
        return Ok(vec![
            "cargo-deny is not here (cargo install --locked cargo-deny)".to_owned(),
        ]);
    }
    let mut command = cargo();
    command.args(["deny", "--locked", "check", "bans", "licenses", "sources"]);
    process::run(command)?;
    Ok(Vec::new())
}
