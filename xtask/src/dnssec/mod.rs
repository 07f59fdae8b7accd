//! `cargo xtask dnssec`: worlds of signed zones, broken and hostile, put to unbound and to our own command, with the table in
//! `docs/reliability.md`.

mod table;
pub(crate) mod zones;

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::Args;
use serde::Deserialize;

use crate::figures::{record_in, text};
use crate::process::{cargo, command, find, root, run as run_command, say};

const DOCUMENT: &str = "docs/reliability.md";

/// Which worlds, and whether to keep the figures.
#[derive(Args)]
pub(crate) struct Options {
    /// Only these ids; all of them when none is named.
    ids: Vec<String>,
    /// Leave the document as it is.
    #[arg(long)]
    quick: bool,
    /// Leave our own command out.
    #[arg(long)]
    without_ours: bool,
}

/// What the validators said of one world.
#[derive(Deserialize)]
struct Row {
    id: String,
    expected: Option<String>,
    reason: Option<String>,
    unbound_differs: Option<String>,
    unbound: Option<Said>,
    ours: Option<Said>,
}

#[derive(Deserialize)]
struct Said {
    verdict: String,
    questions: usize,
    milliseconds: u128,
    extended_error: Option<u16>,
}

impl Row {
    /// Whether unbound said what is expected. It has one word for what is bogus and for what could not be judged.
    fn unbound_agrees(&self) -> bool {
        let (Some(expected), Some(said)) = (self.expected.as_deref(), &self.unbound) else {
            return true;
        };
        match said.verdict.as_str() {
            "servfail" => matches!(expected, "bogus" | "indeterminate"),
            "no answer" => expected == "indeterminate",
            verdict => verdict == expected,
        }
    }

    fn we_agree(&self) -> bool {
        let (Some(expected), Some(said)) = (self.expected.as_deref(), &self.ours) else {
            return true;
        };
        said.verdict == expected
    }

    /// A difference that nobody explained, or an explanation of a difference that is not there.
    fn complaint(&self) -> Option<String> {
        let said = self.unbound.as_ref()?;
        let expected = self.expected.as_deref()?;
        let (id, verdict) = (&self.id, &said.verdict);
        match (self.unbound_agrees(), &self.unbound_differs) {
            (false, None) => Some(format!(
                "{id}: expected {expected}, and unbound says {verdict}"
            )),
            (true, Some(why)) => Some(format!("{id}: unbound agrees, though {why}")),
            _ => None,
        }
    }
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let Some(unbound) = find("unbound") else {
        say(&format!("skipped: {}", missing()));
        return Ok(());
    };
    let mimi = match options.without_ours {
        true => None,
        false => Some(ours()?),
    };
    let rows = compare(Some(unbound), mimi, &options.ids)?;
    let tables = table::write(&rows)?;
    say(&tables);
    if options.ids.is_empty() && !options.quick && !options.without_ours {
        let conditions = format!(
            "`cargo xtask dnssec` on {}, commit {}; {}.",
            said("date", &["-u", "+%F"])?,
            said("git", &["describe", "--always", "--dirty=+"])?,
            version()?
        );
        record_in(DOCUMENT, "dnssec", &format!("{conditions}\n\n{tables}"))?;
    }
    judge(&rows)
}

/// What to say when unbound is not here.
fn missing() -> String {
    "unbound is not here (Debian: apt-get install unbound)".to_owned()
}

/// Fails with every difference that nobody explained.
fn judge(rows: &[Row]) -> Result<()> {
    let complaints: Vec<String> = rows.iter().filter_map(Row::complaint).collect();
    match complaints.as_slice() {
        [] => Ok(()),
        complaints => bail!("{}", complaints.join("\n")),
    }
}

/// Puts the worlds of these ids, or all of them, to the programs that are named.
fn compare(unbound: Option<PathBuf>, mimi: Option<PathBuf>, ids: &[String]) -> Result<Vec<Row>> {
    let mut compare = program();
    compare.arg("compare").arg(root().join("target/dnssec"));
    for program in [unbound, mimi] {
        compare.arg(program.unwrap_or_else(|| PathBuf::from("-")));
    }
    compare.args(ids);
    let lines = text(compare)?;
    lines
        .lines()
        .map(|line| serde_json::from_str(line).with_context(|| format!("cannot read {line}")))
        .collect()
}

/// The ids of all worlds that have a verdict.
fn ids() -> Result<Vec<String>> {
    let mut list = program();
    list.arg("list");
    let lines = text(list)?;
    let ids = lines
        .lines()
        .filter_map(|line| line.strip_prefix("verdict "));
    Ok(ids.map(str::to_owned).collect())
}

/// The program of the worlds, in `crates/mimi-testkit/examples/signed`.
fn program() -> std::process::Command {
    let mut program = cargo();
    program.args(["run", "--quiet", "--locked", "--package", "mimi-testkit"]);
    program.args(["--features", "signed", "--example", "signed", "--"]);
    program
}

/// Our own command, built as tests have it.
fn ours() -> Result<PathBuf> {
    let mut build = cargo();
    build.args(["build", "--quiet", "--locked", "--package", "mimi-cli"]);
    run_command(build)?;
    let name = format!("target/debug/mimi{}", std::env::consts::EXE_SUFFIX);
    Ok(root().join(name))
}

fn version() -> Result<String> {
    let program = find("unbound").context("unbound is gone")?;
    let mut version = command(program);
    version.arg("-V");
    let text = text(version)?;
    let first = text.lines().next().unwrap_or_default();
    Ok(first.replacen("Version", "unbound", 1))
}

/// What a small program says in one line.
fn said(program: &str, arguments: &[&str]) -> Result<String> {
    let mut command = command(program);
    command.args(arguments);
    Ok(text(command)?.trim().to_owned())
}
