//! `cargo xtask codegen`: what is written from the rules of `mimi-lint`: their list, a page each, the table, the index of their fixtures.

mod basis;
mod codes;
mod documents;
mod judge;
mod modules;
pub(crate) mod new_rule;
mod rule_file;
#[cfg(test)]
mod tests;

use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use clap::Args;

use self::basis::Decisions;
use self::rule_file::RuleFile;
use crate::process::{root, say};

const RULES: &str = "crates/mimi-lint/src/rules";
const PAGES: &str = "crates/mimi-lint/pages";
const FIXTURES: &str = "testdata/lint";
const DECISIONS: &str = "docs/spec/gaps.md";

/// What to do with what is generated.
#[derive(Args, Default)]
pub(crate) struct Options {
    /// Compare, and write nothing.
    #[arg(long)]
    check: bool,
}

/// Something that is not as it should be.
#[derive(Debug)]
struct Complaint {
    path: String,
    line: usize,
    message: String,
}

impl Complaint {
    fn new(path: &str, line: usize, message: &str) -> Self {
        Self {
            path: path.to_owned(),
            line,
            message: message.to_owned(),
        }
    }
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.message)
    }
}

/// A file that is generated.
struct Generated {
    path: String,
    text: String,
}

/// Runs the task.
pub(crate) fn run(options: &Options) -> Result<()> {
    let complaints = check(root(), !options.check)?;
    for complaint in &complaints {
        say(&format!("codegen: {complaint}"));
    }
    match complaints.len() {
        0 => Ok(()),
        1 => bail!("1 thing is not as it should be"),
        count => bail!("{count} things are not as they should be"),
    }
}

/// Generates below a workspace's root, and writes or compares; returns everything that is amiss.
pub(crate) fn check(root: &Path, writes: bool) -> Result<Vec<String>> {
    let mut complaints = Vec::new();
    let mut rules = Vec::new();
    for path in rule_paths(root)? {
        let text = fs::read_to_string(root.join(&path)).with_context(|| path.clone())?;
        match RuleFile::read(&path, &text) {
            Ok(rule) => rules.push(rule),
            Err(found) => complaints.extend(found),
        }
    }
    if !complaints.is_empty() {
        // A rule would be missing from everything that is generated.
        return Ok(complaints.iter().map(ToString::to_string).collect());
    }
    rules.sort_by(|one, other| (&one.code, &one.name).cmp(&(&other.code, &other.name)));
    complaints.extend(judge::rules(root, &rules));
    let generated = generate(root, &rules, &mut complaints)?;
    let mut complaints: Vec<_> = complaints.iter().map(ToString::to_string).collect();
    for file in &generated {
        let path = root.join(&file.path);
        if fs::read_to_string(&path).unwrap_or_default() == file.text {
            continue;
        }
        if writes {
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::write(&path, &file.text).with_context(|| file.path.clone())?;
        } else {
            complaints.push(format!(
                "{}: is out of date: run `cargo xtask codegen`",
                file.path
            ));
        }
    }
    for path in stray_pages(root, &rules)? {
        if writes {
            fs::remove_file(root.join(&path)).with_context(|| path.clone())?;
        } else {
            complaints.push(format!(
                "{path}: no rule has this name: run `cargo xtask codegen`"
            ));
        }
    }
    Ok(complaints)
}

fn generate(
    root: &Path,
    rules: &[RuleFile],
    complaints: &mut Vec<Complaint>,
) -> Result<Vec<Generated>> {
    let decisions = fs::read_to_string(root.join(DECISIONS)).context(DECISIONS)?;
    let decisions = Decisions::read(&decisions);
    let list = fs::read_to_string(root.join(codes::PATH)).unwrap_or_default();
    let (list, found) = codes::update(&list, rules);
    complaints.extend(found);
    let file = |path: &str, text: String| Generated {
        path: path.to_owned(),
        text,
    };
    let mut generated = vec![
        file(&format!("{RULES}/mod.rs"), modules::rules(rules)),
        file("crates/mimi-lint/src/pages.rs", modules::pages(rules)),
        file(codes::PATH, list),
        file("docs/rules.md", documents::table(rules, &decisions)),
        file(
            &format!("{FIXTURES}/README.md"),
            documents::fixtures(root, rules),
        ),
    ];
    for rule in rules {
        let (text, found) = documents::page(rule, &decisions);
        complaints.extend(found);
        generated.push(file(&rule.page(), text));
    }
    Ok(generated)
}

/// The files with a rule in them, in order.
fn rule_paths(root: &Path) -> Result<Vec<String>> {
    let names = names(root, RULES)?;
    let is_rule = |name: &String| name.ends_with(".rs") && name != "mod.rs";
    Ok(names
        .into_iter()
        .filter(is_rule)
        .map(|name| format!("{RULES}/{name}"))
        .collect())
}

/// Pages of rules that do not exist.
fn stray_pages(root: &Path, rules: &[RuleFile]) -> Result<Vec<String>> {
    if !root.join(PAGES).exists() {
        return Ok(Vec::new());
    }
    let paths = names(root, PAGES)?
        .into_iter()
        .map(|name| format!("{PAGES}/{name}"));
    Ok(paths
        .filter(|path| !rules.iter().any(|rule| rule.page() == *path))
        .collect())
}

fn names(root: &Path, folder: &str) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(root.join(folder)).with_context(|| folder.to_owned())? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}
