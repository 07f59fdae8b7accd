//! `mimi completions` and `mimi man`.

use std::path::Path;

use crate::support::mimi;

const COMMANDS: [&str; 8] = [
    "resolve",
    "parse",
    "name",
    "serve",
    "zone",
    "completions",
    "man",
    "convert",
];

#[test]
fn every_shell_gets_every_command() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = mimi(["completions", shell]).run();
        assert_eq!((run.exit, run.errors()), (0, ""));
        for command in COMMANDS {
            assert!(run.text().contains(command), "{command} in {shell}");
        }
        // Where completions know values.
        if matches!(shell, "bash" | "zsh" | "fish") {
            assert!(run.text().contains("rfc3597"), "{shell}");
        }
    }
}

#[test]
fn refuses_a_shell_that_it_does_not_know() {
    assert_eq!(mimi(["completions", "tcsh"]).run().exit, 2);
}

#[test]
fn every_command_has_its_page() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("man/of/mimi");
    let run = mimi(["man", "--out", folder.to_str().unwrap()]).run();
    assert_eq!((run.exit, run.text(), run.errors()), (0, "", ""));
    let all = mimi(["man"]).run();
    let mut names: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    for command in [
        "mimi",
        "mimi-zone-convert",
        "mimi-zone-records",
        "mimi-resolve",
    ] {
        let name = format!("{command}.1");
        assert!(names.contains(&name), "{names:?}");
        let page = std::fs::read_to_string(folder.join(&name)).unwrap();
        assert!(page.contains(&format!(".TH {command} 1")), "{page}");
        assert!(all.text().contains(&page), "{command}");
    }
    let convert = std::fs::read_to_string(folder.join("mimi-zone-convert.1")).unwrap();
    assert!(convert.contains("Exit codes:") && convert.contains("nsupdate"));
}

#[test]
fn fails_when_the_pages_cannot_be_written() {
    let run = mimi(["man", "--out", "Cargo.toml/man"]).run();
    assert_eq!(run.exit, 3, "{}", run.errors());
    assert!(run.errors().contains("cannot create Cargo.toml/man"));
}
