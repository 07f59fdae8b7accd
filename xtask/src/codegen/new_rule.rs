//! `cargo xtask new-rule`: the files of a new rule, ready to be filled.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use clap::Args;

use super::{FIXTURES, RULES, codes};
use crate::process::{root, say};

/// What to begin.
#[derive(Args)]
pub(crate) struct Options {
    /// Its name in kebab case, such as `missing-equals`.
    name: String,
    /// Its code, such as MIMI215; the last digit may be left open as `x`, or the last two as `xx`, for the first that is free.
    #[arg(long, default_value = "MIMI2xx")]
    code: String,
}

const TEMPLATE: &str = include_str!("template.rs.txt");
const BAD: &str = "$ORIGIN example.com.\n$TTL 3600\n@ SOA ns.example.net. hostmaster 1 7200 900 1209600 300\n@ NS ns.example.net.\nalice MIMI \"v=MIMI1; a=alice; e=im.example.net\"\n";

/// Runs the task.
pub(crate) fn run(options: &Options) -> Result<()> {
    let written = scaffold(root(), &options.name, &options.code)?;
    for path in &written {
        say(&format!("wrote {path}"));
    }
    super::run(&super::Options::default())?;
    say(
        "next: say what it finds in the documentation of the rule, let `bad.zone` show it, and write `check`",
    );
    Ok(())
}

/// Writes the files of a rule below a workspace's root; returns their paths.
pub(super) fn scaffold(root: &Path, name: &str, code: &str) -> Result<Vec<String>> {
    let is_kebab = name.split('-').all(|word| {
        let mut octets = word.bytes();
        octets
            .next()
            .is_some_and(|first| first.is_ascii_lowercase())
            && octets.all(|octet| octet.is_ascii_lowercase() || octet.is_ascii_digit())
    });
    ensure!(is_kebab, "expected a name in kebab case, found `{name}`");
    let list = fs::read_to_string(root.join(codes::PATH)).context(codes::PATH)?;
    let code = free_code(&list, code)?;
    let is_taken = |line: &str| line.split(' ').nth(1) == Some(name);
    ensure!(
        !list.lines().any(is_taken),
        "{name} is taken, see {}",
        codes::PATH
    );
    let module = name.replace('-', "_");
    let rule = TEMPLATE
        .replace("MIMI000", &code)
        .replace("rule-name", name);
    let files = [
        (format!("{RULES}/{module}.rs"), rule.as_str()),
        (format!("{FIXTURES}/{name}/bad.zone"), BAD),
        (format!("{FIXTURES}/{name}/good.zone"), BAD),
    ];
    for (path, text) in &files {
        let place = root.join(path);
        ensure!(!place.exists(), "{path} is there already");
        if let Some(folder) = place.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&place, text).with_context(|| path.clone())?;
    }
    Ok(files.map(|(path, _)| path).to_vec())
}

/// The code itself, or the first free one when it ends in `x`.
fn free_code(list: &str, wanted: &str) -> Result<String> {
    let upper = wanted.to_uppercase();
    let Some(digits) = upper
        .strip_prefix("MIMI")
        .filter(|digits| digits.len() == 3)
    else {
        bail!("expected a code of MIMI and three digits, found `{wanted}`");
    };
    let fixed = digits.trim_end_matches('X');
    ensure!(
        !fixed.is_empty() && fixed.bytes().all(|octet| octet.is_ascii_digit()),
        "expected a code of MIMI and three digits, found `{wanted}`"
    );
    let width = 3 - fixed.len();
    let free = (0..10_u32.pow(u32::try_from(width)?))
        .map(|number| match width {
            0 => upper.clone(),
            _ => format!("MIMI{fixed}{number:0width$}"),
        })
        .find(|code| !list.lines().any(|line| line.starts_with(code.as_str())));
    free.with_context(|| format!("{wanted} is taken, see {}", codes::PATH))
}
