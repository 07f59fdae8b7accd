//! What the guide shows is what the command writes, and every command in the documents can be typed.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn root() -> &'static Path {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.ancestors().nth(2).unwrap()
}

fn mimi_lint(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mimi-lint"));
    command
        .current_dir(root())
        .args(arguments)
        .env_remove("CLICOLOR_FORCE");
    command.output().unwrap()
}

/// `BLESS_DOCS=1` writes the outputs anew.
#[test]
fn every_output_in_the_guide_is_real() {
    let path = root().join("docs/lint.md");
    let document = fs::read_to_string(&path).unwrap();
    let mut real = String::new();
    let mut rest = document.as_str();
    while let Some((before, after)) = rest.split_once("```console\n") {
        let (block, after) = after.split_once("```\n").unwrap();
        let line = block.lines().next().unwrap();
        let (command, exit) = line.split_once(" # exit ").unwrap_or((line, "0"));
        let arguments = command.strip_prefix("$ mimi-lint ").unwrap();
        let arguments: Vec<_> = arguments.split(' ').collect();
        let output = mimi_lint(&arguments);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert_eq!(
            output.status.code().unwrap().to_string(),
            exit,
            "{line}: {errors}"
        );
        let text = String::from_utf8(output.stdout).unwrap();
        real += &format!("{before}```console\n{line}\n{}\n```\n", text.trim_end());
        rest = after;
    }
    real += rest;
    if std::env::var_os("BLESS_DOCS").is_some() {
        fs::write(&path, &real).unwrap();
    }
    let differing = document.lines().zip(real.lines()).find(|(a, b)| a != b);
    assert_eq!(
        differing, None,
        "docs/lint.md is out of date; BLESS_DOCS=1 writes it anew"
    );
    assert_eq!(document.len(), real.len(), "docs/lint.md lacks lines");
}

#[test]
fn every_command_in_the_documents_can_be_typed() {
    let mut wrong = Vec::new();
    for document in ["docs/lint.md", "docs/cli.md", "README.md"] {
        let text = fs::read_to_string(root().join(document)).unwrap();
        // Every second piece is a block of code.
        for line in text.split("```").skip(1).step_by(2).flat_map(str::lines) {
            for (at, _) in line.match_indices("mimi-lint ") {
                let before = line[..at].chars().next_back();
                if before.is_none_or(|before| before == ' ') {
                    wrong
                        .extend(judge(&line[at..]).map(|why| format!("{document}: {line}: {why}")));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Why a command cannot be typed as it stands.
fn judge(command: &str) -> Option<String> {
    let words: Vec<&str> = command.split_whitespace().skip(1).collect();
    let subcommands = [
        "check",
        "live",
        "axfr",
        "diff",
        "explain",
        "rules",
        "completions",
        "man",
    ];
    let subcommand = words.first().filter(|word| subcommands.contains(word));
    let mut arguments: Vec<&str> = subcommand.into_iter().copied().collect();
    arguments.push("--help");
    let help = mimi_lint(&arguments);
    if !help.status.success() {
        return Some("no such subcommand".to_owned());
    }
    let help = String::from_utf8(help.stdout).unwrap();
    for (index, word) in words.iter().enumerate() {
        let is_option = word.starts_with('-') && word.len() > 1;
        let is_known = help.split([' ', ',', '\n']).any(|known| known == *word);
        if is_option && !is_known {
            return Some(format!("no option {word}"));
        }
        if *word == "--format"
            && let Some(value) = words.get(index + 1)
        {
            let is_known =
                help.contains(&format!("- {value}")) || help.contains(&format!("{value},"));
            if !is_known {
                return Some(format!("no format {value}"));
            }
        }
    }
    None
}
