//! What `docs/cli.md` promises and shows.

use crate::support::check_document;

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
