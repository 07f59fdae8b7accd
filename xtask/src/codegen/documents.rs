//! The page of each rule, the table of all, the index of the fixtures.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use super::Complaint;
use super::basis::{Decisions, parts};
use super::rule_file::RuleFile;

/// What the codes of a hundred have in common.
const GROUPS: [(char, &str, &str); 8] = [
    (
        '0',
        "Reading",
        "What could not be read, and comments that ignore findings.",
    ),
    (
        '1',
        "Definition string",
        "The text of a MIMI record: its parts, their order, their octets.",
    ),
    (
        '2',
        "Values",
        "What stands in the tags: endpoint, account, service, priority, version.",
    ),
    (
        '3',
        "Records of one name",
        "What the records of one owner have to do with each other.",
    ),
    (
        '4',
        "Zone",
        "What the names of a zone have to do with each other, and where MIMIX leads.",
    ),
    (
        '5',
        "Identifiers",
        "Names that stand for a person or a telephone number.",
    ),
    ('6', "Exposure", "What strangers can learn from the zone."),
    (
        '7',
        "Live",
        "What name servers say: `mimi-lint live`, `axfr` and `diff`.",
    ),
];

/// The page of a rule.
pub(super) fn page(rule: &RuleFile, decisions: &Decisions) -> (String, Vec<Complaint>) {
    let mut complaints = Vec::new();
    let mut shown = Vec::new();
    let mut definitions = String::new();
    for part in parts(&rule.basis) {
        match decisions.link(part, "../../../docs/spec/gaps.md") {
            Ok(Some(link)) => {
                shown.push(format!("[{part}]"));
                let _ = writeln!(definitions, "[{part}]: {link}");
            }
            Ok(None) => shown.push(part.to_owned()),
            Err(id) => complaints.push(unknown_decision(rule, &id)),
        }
    }
    let mut facts = vec![rule.level.clone()];
    if rule.is_pedantic {
        facts.push("off by default".to_owned());
    }
    facts.push("since 0.1.0".to_owned());
    facts.push(match rule.fix.as_str() {
        "no" => "no fix".to_owned(),
        "always" => "always with a fix".to_owned(),
        often => format!("{often} with a fix"),
    });
    if !shown.is_empty() {
        facts.push(shown.join(", "));
    }
    let mut text = format!("# {} {}\n\n{}\n", rule.code, rule.name, facts.join(" · "));
    for section in &rule.sections {
        let _ = write!(
            text,
            "\n## {}\n\n{}\n",
            section.title,
            section.body.trim_start()
        );
    }
    if !definitions.is_empty() {
        text.push('\n');
        text.push_str(&definitions);
    }
    (text, complaints)
}

fn unknown_decision(rule: &RuleFile, id: &str) -> Complaint {
    let message = format!("its basis is {id}, and docs/spec/gaps.md has no such decision");
    Complaint::new(&rule.path, rule.line, &message)
}

/// `docs/rules.md`.
pub(super) fn table(rules: &[RuleFile], decisions: &Decisions) -> String {
    let mut text = String::from(
        "# The rules of `mimi-lint`\n\n\
         Written by `cargo xtask codegen` from the rules themselves. Each name leads to a page, which `mimi-lint explain CODE` shows too. How to\n\
         turn rules on and off is told in [lint.md](lint.md).\n\n\
         *error*: some caller does not reach the person, or reaches another one. *warning*: it works, but not as its author may expect, or not\n\
         for long. *info*: worth knowing.\n",
    );
    for (digit, title, sentence) in GROUPS {
        let of_group = |rule: &&RuleFile| rule.code.chars().nth(4) == Some(digit);
        let mut of_group = rules.iter().filter(of_group).peekable();
        if of_group.peek().is_none() {
            continue;
        }
        let _ = write!(text, "\n## MIMI{digit}xx: {title}\n\n{sentence}\n\n");
        text.push_str("| code | name | level | default | fix | finds | basis |\n|---|---|---|---|---|---|---|\n");
        for rule in of_group {
            let default = if rule.is_pedantic { "off" } else { "on" };
            let basis = parts(&rule.basis).map(|part| match decisions.link(part, "spec/gaps.md") {
                Ok(Some(link)) => format!("[{part}]({link})"),
                _ => part.to_owned(),
            });
            let basis: Vec<_> = basis.collect();
            let (code, name, level, fix) = (&rule.code, &rule.name, &rule.level, &rule.fix);
            let summary = rule.summary.replace('|', "\\|");
            let page = format!("../{}", rule.page());
            let _ = writeln!(
                text,
                "| {code} | [{name}]({page}) | {level} | {default} | {fix} | {summary} | {} |",
                basis.join(", ")
            );
        }
    }
    text
}

/// `testdata/lint/README.md`.
pub(super) fn fixtures(root: &Path, rules: &[RuleFile]) -> String {
    let mut text = String::from(
        "# Zone files for the linter\n\n\
         Written by `cargo xtask codegen`. A folder for each rule of `mimi-lint`, with small, complete zones that were written for it: names are reserved\n\
         for documentation, people are made up.\n\n\
         - `bad.zone`: the rule fires.\n\
         - `good.zone`: the same, mended by a person; the rule is silent, and so is every other at warning or above.\n\
         - `fixed.zone`: `bad.zone` after `mimi-lint --fix --unsafe-fixes`, octet by octet.\n\
         - `bad.json`, `good.json`: what name servers said, for `mimi-lint live --replay`.\n\n\
         A first line `; arguments: …` in a zone names the options it needs. Rules that are off by default are tried with `-W NAME`.\n\n\
         Beside the folders: `draft-examples.zone`, the records of the draft's examples (§4.5, §5.1.1), in which nothing is above information, and\n\
         `guide.zone`, from which the outputs in `docs/lint.md` come.\n\n\
         | folder | verdict on bad | fix | other files | arguments of bad |\n|---|---|---|---|---|\n",
    );
    for rule in rules {
        let folder = root.join(rule.fixture(""));
        let files = list(&folder);
        if files.is_empty() {
            continue;
        }
        let standard = |name: &&String| {
            ![
                "bad.zone",
                "good.zone",
                "fixed.zone",
                "bad.json",
                "good.json",
            ]
            .contains(&name.as_str())
        };
        let others: Vec<_> = files
            .iter()
            .filter(standard)
            .map(|name| format!("`{name}`"))
            .collect();
        let bad = fs::read_to_string(folder.join("bad.zone")).unwrap_or_default();
        let first = bad.lines().next().unwrap_or_default();
        let arguments = match first.strip_prefix("; arguments: ") {
            Some(arguments) => format!("`{arguments}`"),
            None => String::new(),
        };
        let (name, code, level) = (&rule.name, &rule.code, &rule.level);
        let has_fix = if files.iter().any(|name| name == "fixed.zone") {
            "yes"
        } else {
            ""
        };
        let others = others.join(", ");
        let _ = writeln!(
            text,
            "| [{name}]({name}) | {code}, {level} | {has_fix} | {others} | {arguments} |"
        );
    }
    text
}

/// The names of what is in a folder, in order.
fn list(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<_> = entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}
