//! `mimi-lint rules` and `explain`, `completions` and `man`.

use std::path::Path;

use crate::folder::Folder;

/// Holds a document against a schema of `docs/schemas`.
pub(crate) fn validate(schema: &str, document: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/schemas");
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    let path = path.join(schema);
    let index = compiler
        .compile(path.to_str().unwrap(), &mut schemas)
        .unwrap();
    let document = serde_json::from_str(document).unwrap();
    schemas
        .validate(&document, index)
        .unwrap_or_else(|error| panic!("{error:#}"));
}

#[test]
fn the_list_fits_its_schema() {
    let outcome = Folder::new().run(&["rules", "--format", "json"]);
    assert_eq!(outcome.code, 0);
    validate("mimi-lint-rules-1.json", &outcome.stdout);
}

#[test]
fn every_rule_of_the_list_is_explained() {
    let folder = Folder::new();
    let list = folder.run(&["rules"]).stdout;
    let mut count = 0;
    for line in list.lines().skip(1) {
        let mut words = line.split_whitespace();
        let (code, name) = (words.next().unwrap(), words.next().unwrap());
        let outcome = folder.run(&["explain", name]);
        assert_eq!(outcome.code, 0);
        assert!(outcome.stdout.starts_with(&format!("{code} {name}\n")));
        assert_eq!(
            folder.run(&["explain", &code.to_lowercase()]).stdout,
            outcome.stdout
        );
        count += 1;
    }
    assert!(count > 10);
}

#[test]
fn a_rule_is_explained() {
    let outcome = Folder::new().run(&["explain", "MIMI107"]);
    for part in [
        "MIMI107 missing-equals\n",
        "error · since 0.1.0 · sometimes with a fix · §4.3, D19\n",
        "\nUse instead\n",
    ] {
        assert!(outcome.stdout.contains(part), "{}", outcome.shown());
    }
}

#[test]
fn shells_and_man_get_their_pages() {
    let folder = Folder::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let outcome = folder.run(&["completions", shell]);
        assert!(outcome.code == 0 && outcome.stdout.contains("unsafe-fixes"));
    }
    assert!(folder.run(&["man"]).stdout.contains(".TH"));
    assert_eq!(folder.run(&["man", "--out", "man"]).code, 0);
    assert!(
        folder
            .read("man/mimi-lint-explain.1")
            .contains("mimi\\-lint explain")
    );
}
