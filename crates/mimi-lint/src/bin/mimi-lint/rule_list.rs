//! `mimi-lint rules`: all rules.

use std::io::Write;

use anyhow::Result;
use clap::{Args, ValueEnum};
use mimi_lint::rules::RULES;
use mimi_output::json;
use serde::Serialize;

use crate::exit::Exit;

/// List all rules.
#[derive(Args)]
#[command(after_long_help = RULES_HELP)]
pub(crate) struct Rules {
    /// How to write the list.
    #[arg(long, value_enum, default_value_t = RulesFormat::Human)]
    format: RulesFormat,
}

const RULES_HELP: &str = "\
Examples:
  mimi-lint rules
  mimi-lint rules --format json

Exit codes:
  0  written
  2  usage error
  3  standard output failed";

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum RulesFormat {
    /// A table.
    Human,
    /// One object: docs/schemas/mimi-lint-rules-1.json.
    Json,
}

#[derive(Serialize)]
struct List {
    schema: &'static str,
    rules: Vec<Object>,
}

#[derive(Serialize)]
struct Object {
    code: &'static str,
    name: &'static str,
    level: &'static str,
    pedantic: bool,
    summary: &'static str,
    basis: Option<&'static str>,
    fix: &'static str,
}

pub(crate) fn run(options: &Rules) -> Result<Exit> {
    let mut out = anstream::stdout().lock();
    match options.format {
        RulesFormat::Human => table(&mut out)?,
        RulesFormat::Json => {
            json::write(&mut out, &list())?;
            writeln!(out)?;
        }
    }
    out.flush()?;
    Ok(Exit::Clean)
}

fn list() -> List {
    let object = |rule: &&'static mimi_lint::Rule| Object {
        code: rule.code,
        name: rule.name,
        level: rule.level.as_str(),
        pedantic: rule.is_pedantic,
        summary: rule.summary,
        basis: Some(rule.basis).filter(|basis| !basis.is_empty()),
        fix: rule.fix.as_str(),
    };
    List {
        schema: "mimi-lint-rules/1",
        rules: RULES.iter().map(object).collect(),
    }
}

fn table(out: &mut impl Write) -> std::io::Result<()> {
    let longest = RULES.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
    let strong = anstyle::Style::new().bold();
    let heading = format!(
        "{:8}  {:longest$}  {:7}  {:9}  SUMMARY",
        "CODE", "NAME", "LEVEL", "FIX"
    );
    writeln!(out, "{strong}{heading}{strong:#}")?;
    for rule in RULES {
        let off = if rule.is_pedantic {
            " (off by default)"
        } else {
            ""
        };
        writeln!(
            out,
            "{:8}  {:longest$}  {:7}  {:9}  {}{off}",
            rule.code,
            rule.name,
            rule.level,
            rule.fix.as_str(),
            rule.summary
        )?;
    }
    Ok(())
}
