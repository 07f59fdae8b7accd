//! Which files are checked.

use std::fs;

use crate::folder::{BAD, Folder, GOOD, zone};

/// Only what [`BAD`] is about, a line a finding.
const BRIEF: [&str; 6] = ["--format", "concise", "-A", "all", "-D", "MIMI107"];

/// The names of the files with findings, in order.
fn names(stdout: &str) -> Vec<&str> {
    let lines = stdout.lines();
    lines.filter_map(|line| line.split(':').next()).collect()
}

#[test]
fn folders_are_searched_for_zone_files() {
    let folder = Folder::new();
    let files = [
        "z/b.zone",
        "z/a.db",
        "z/db.c",
        "z/d.zn",
        "z/sub/e.zone",
        "z/.hidden.zone",
        "z/.git/f.zone",
        "z/g.zone~",
        "z/db.h.jnl",
        "z/db.i.bak",
        "z/readme.txt",
        "z/#j.zone",
        "z/named.conf",
    ];
    for file in files {
        folder.zone(file, &[BAD]);
    }
    let outcome = folder.run(&[&BRIEF[..], &["z", "z/a.db"]].concat());
    assert_eq!(outcome.code, 1);
    assert_eq!(
        names(&outcome.stdout),
        ["z/a.db", "z/b.zone", "z/d.zn", "z/db.c", "z/sub/e.zone"]
    );
    folder.write("mimi-lint.toml", "include = ['*.txt', 'z/sub/*']\n");
    let outcome = folder.run(&[&BRIEF[..], &["z"]].concat());
    assert_eq!(names(&outcome.stdout), ["z/readme.txt", "z/sub/e.zone"]);
}

#[test]
fn a_folder_without_zone_files_is_told_of() {
    let folder = Folder::new();
    folder.write("z/readme.txt", "");
    insta::assert_snapshot!(folder.run(&["z"]).shown());
}

#[test]
fn several_files_are_reported_in_order_whatever_the_number_of_threads() {
    let folder = Folder::new();
    for index in 0..20 {
        let records: Vec<&str> = (0..(20 - index) * 20).map(|_| BAD).collect();
        folder.zone(&format!("{index:02}.zone"), &records);
    }
    let run = |jobs| {
        folder
            .run(&["--format", "concise", "--jobs", jobs, "."])
            .stdout
    };
    let one = run("1");
    assert_eq!(
        one.lines().filter(|line| line.contains("MIMI107")).count(),
        4200
    );
    assert!(one == run("2") && one == run("7"));
}

#[test]
fn standard_input_is_checked() {
    let folder = Folder::new();
    let text = zone(&[BAD]);
    for paths in [&[][..], &["-"]] {
        let outcome = folder.run_with(&[&BRIEF[..], paths].concat(), text.as_bytes());
        assert_eq!(outcome.code, 1);
        assert!(outcome.stdout.starts_with("-:6:"), "{}", outcome.shown());
    }
    assert_eq!(folder.run_with(&[], zone(&[GOOD]).as_bytes()).code, 0);
}

#[cfg(unix)]
#[test]
fn loops_of_symbolic_links_end() {
    use std::os::unix::fs::symlink;
    let folder = Folder::new();
    folder.zone("z/a.zone", &[BAD]);
    symlink(folder.path("z"), folder.path("z/again")).unwrap();
    symlink("self.zone", folder.path("z/self.zone")).unwrap();
    symlink(folder.path("z/a.zone"), folder.path("z/link.zone")).unwrap();
    let outcome = folder.run(&[&BRIEF[..], &["z"]].concat());
    assert_eq!(names(&outcome.stdout), ["z/a.zone", "z/link.zone"]);
    assert_eq!(outcome.code, 1);
}

#[cfg(unix)]
#[test]
fn a_pipe_with_a_path_is_read_once() {
    let folder = Folder::new();
    folder.zone("a.zone", &[BAD]);
    let status = std::process::Command::new("mkfifo")
        .arg(folder.path("pipe"))
        .status();
    if !status.is_ok_and(|status| status.success()) {
        return;
    }
    let path = folder.path("pipe");
    let writer = std::thread::spawn(move || fs::write(path, zone(&[BAD])));
    let outcome = folder.run(&[&BRIEF[..], &["pipe"]].concat());
    writer.join().unwrap().unwrap();
    assert_eq!(outcome.code, 1);
    assert!(outcome.stdout.starts_with("pipe:6:"), "{}", outcome.shown());
}

#[test]
fn what_rules_found_is_counted() {
    let folder = Folder::new();
    folder.zone("a.zone", &[BAD, BAD]);
    let outcome = folder.run(&["--quiet", "--statistics", "--format", "concise", "a.zone"]);
    insta::assert_snapshot!(outcome.stderr);
}
