//! What `docs/cli.md` promises and shows, and what the README shows.

use crate::support::{check_document, mimi};

#[test]
fn every_output_in_the_contract_is_real() {
    let runs = check_document("cli.md");
    assert!(runs.len() >= 7, "{}", runs.len());
    // Machine output in the document is as the schemas say.
    let machine = runs.iter().filter(|run| run.text().starts_with('{'));
    let objects = machine.map(|run| run.objects().len());
    assert!(objects.sum::<usize>() >= 6);
}

#[test]
fn every_code_of_a_definition_string_is_listed() {
    let documentation = include_str!("../../../../docs/cli.md");
    for code in mimi_mssi::Code::ALL {
        let row = format!("| `{code}` | {} | {} |", code.severity(), code.summary());
        assert!(documentation.contains(&row), "docs/cli.md lacks: {row}");
    }
}

/// The first command of the README, behind `cargo run`, and the block of text after it.
#[test]
fn the_readme_shows_what_its_first_command_writes() {
    let readme = include_str!("../../../../README.md");
    let (_, after) = readme.split_once("cargo run -q --bin mimi -- ").unwrap();
    let (arguments, after) = after.split_once('\n').unwrap();
    let (_, after) = after.split_once("```text\n").unwrap();
    let (shown, _) = after.split_once("```").unwrap();
    let run = mimi(arguments.split(' ')).run();
    assert_eq!((run.text(), run.exit), (shown, 0));
}
