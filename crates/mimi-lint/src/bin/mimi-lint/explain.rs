//! `mimi-lint explain`: the page of a rule.

use std::io::Write;

use anyhow::Result;
use clap::Args;
use mimi_lint::{Rule, registry};

use crate::exit::{Exit, Usage};
use crate::levels::unknown_rule;

/// Explain a rule: what it finds, why that matters, what to do.
#[derive(Args)]
#[command(after_long_help = EXPLAIN_HELP)]
pub(crate) struct Explain {
    /// Codes or names of rules.
    #[arg(required = true, value_name = "CODE|NAME")]
    rules: Vec<String>,
}

const EXPLAIN_HELP: &str = "\
Examples:
  mimi-lint explain MIMI107
  mimi-lint explain missing-equals

Exit codes:
  0  explained
  2  usage error, or no such rule
  3  standard output failed";

pub(crate) fn run(options: &Explain) -> Result<Exit> {
    let find = |text: &String| registry::find(text).ok_or_else(|| Usage(unknown_rule(text)));
    let rules: Vec<&Rule> = options.rules.iter().map(find).collect::<Result<_, _>>()?;
    let mut out = anstream::stdout().lock();
    for (index, rule) in rules.into_iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        write(rule, &mut out)?;
    }
    out.flush()?;
    Ok(Exit::Clean)
}

/// Writes the page without its Markdown: headings in bold, code as it is, links as their text alone.
fn write(rule: &Rule, out: &mut impl Write) -> std::io::Result<()> {
    let strong = anstyle::Style::new().bold();
    let page = registry::page(rule);
    let links: Vec<&str> = page.lines().filter_map(link_of_target).collect();
    let mut is_code = false;
    for line in page.lines() {
        if line.starts_with("```") {
            is_code = !is_code;
            continue;
        }
        if link_of_target(line).is_some() {
            continue;
        }
        match line.trim_start_matches('#') {
            heading if heading.len() < line.len() => {
                writeln!(out, "{strong}{}{strong:#}", heading.trim_start())?;
            }
            text if is_code => writeln!(out, "{text}")?,
            text => writeln!(out, "{}", without_links(text, &links))?,
        }
    }
    Ok(())
}

/// `[text]` of a line `[text]: target`.
fn link_of_target(line: &str) -> Option<&str> {
    let (link, _) = line.split_once(": ")?;
    (link.starts_with('[') && link.ends_with(']')).then_some(link)
}

fn without_links(text: &str, links: &[&str]) -> String {
    let mut text = text.to_owned();
    for link in links {
        text = text.replace(link, link.trim_matches(['[', ']']));
    }
    text
}
