//! `--fix` and `--diff`.

use std::fs;

use crate::folder::{BAD, Folder, GOOD, MENDED, zone};

#[test]
fn only_what_the_fix_is_about_changes() {
    let folder = Folder::new();
    let odd = "; caf\u{e9} \t comment\r\n";
    folder.zone(
        "a.zone",
        &[odd, BAD, GOOD, BAD, "dave IN MIMI \"nothing\"\n"],
    );
    let outcome = folder.run(&["--fix", "--format", "concise", "a.zone"]);
    let mended = zone(&[odd, MENDED, GOOD, MENDED, "dave IN MIMI \"nothing\"\n"]);
    assert_eq!(folder.read("a.zone"), mended);
    assert!(
        outcome.stderr.contains("mended a.zone: 2 fixes"),
        "{}",
        outcome.shown()
    );
    let entries = fs::read_dir(folder.path("")).unwrap();
    assert_eq!(entries.count(), 1, "a temporary file is left behind");
}

#[test]
fn mending_twice_is_mending_once() {
    let folder = Folder::new();
    folder.zone("a.zone", &[BAD]);
    let first = folder.run(&["--fix", "--unsafe-fixes", "a.zone"]);
    assert_eq!(first.code, 0, "{}", first.shown());
    let once = folder.read("a.zone");
    let modified = fs::metadata(folder.path("a.zone"))
        .unwrap()
        .modified()
        .unwrap();
    let second = folder.run(&["--fix", "--unsafe-fixes", "a.zone"]);
    assert_eq!(second.code, 0);
    assert_eq!(folder.read("a.zone"), once);
    let after = fs::metadata(folder.path("a.zone"))
        .unwrap()
        .modified()
        .unwrap();
    assert_eq!(after, modified, "a file without fixes is not written");
}

#[test]
fn a_diff_changes_nothing() {
    let folder = Folder::new();
    let many = vec![GOOD; 12];
    let many: Vec<&str> = [BAD].into_iter().chain(many).chain([BAD, BAD]).collect();
    folder.zone("a.zone", &many);
    let before = folder.read("a.zone");
    let outcome = folder.run(&["--diff", "a.zone"]);
    assert_eq!(folder.read("a.zone"), before);
    insta::assert_snapshot!(outcome.shown());
    folder.zone("b.zone", &[GOOD]);
    let outcome = folder.run(&["--diff", "b.zone"]);
    assert_eq!((outcome.code, outcome.stdout.as_str()), (0, ""));
}

#[test]
fn patch_makes_of_the_diff_what_fix_makes() {
    let folder = Folder::new();
    let last = BAD.trim_end();
    folder.zone(
        "a.zone",
        &[
            BAD,
            "; \u{1b}[31m\u{e9}\n",
            GOOD,
            GOOD,
            GOOD,
            GOOD,
            GOOD,
            GOOD,
            GOOD,
            last,
        ],
    );
    let diff = folder.run(&["--diff", "a.zone"]).stdout;
    folder.write("a.diff", &diff);
    fs::copy(folder.path("a.zone"), folder.path("b.zone")).unwrap();
    assert_ne!(folder.run(&["--fix", "--quiet", "b.zone"]).code, 3);
    let patched = std::process::Command::new("patch")
        .args(["-p0", "--input", "a.diff"])
        .current_dir(folder.path(""))
        .output();
    match patched {
        Ok(output) => assert!(output.status.success(), "{output:?}\n{diff}"),
        // Not every system has it.
        Err(_) => return,
    }
    assert_eq!(folder.read("a.zone"), folder.read("b.zone"));
}

#[cfg(unix)]
#[test]
fn permissions_are_kept() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    folder.zone("a.zone", &[BAD]);
    for mode in [0o640, 0o664, 0o600] {
        folder.zone("a.zone", &[BAD]);
        fs::set_permissions(folder.path("a.zone"), fs::Permissions::from_mode(mode)).unwrap();
        assert_eq!(folder.run(&["--fix", "a.zone"]).code, 0);
        let after = fs::metadata(folder.path("a.zone")).unwrap().permissions();
        assert_eq!(after.mode() & 0o7777, mode);
    }
}

#[cfg(unix)]
#[test]
fn links_are_followed_within_their_folder_only() {
    use std::os::unix::fs::symlink;
    let folder = Folder::new();
    folder
        .zone("outside.zone", &[BAD])
        .zone("z/inside.zone", &[BAD]);
    symlink("../outside.zone", folder.path("z/out.zone")).unwrap();
    symlink("inside.zone", folder.path("z/in.zone")).unwrap();
    let outcome = folder.run(&["--fix", "--format", "concise", "z/in.zone"]);
    assert_eq!(outcome.code, 0, "{}", outcome.shown());
    assert!(
        fs::symlink_metadata(folder.path("z/in.zone"))
            .unwrap()
            .is_symlink()
    );
    assert_eq!(folder.read("z/inside.zone"), zone(&[MENDED]));
    let outcome = folder.run(&["--fix", "--format", "concise", "z/out.zone"]);
    assert_eq!(outcome.code, 3);
    assert!(
        outcome.stderr.contains("leads out of its folder"),
        "{}",
        outcome.shown()
    );
    assert_eq!(folder.read("outside.zone"), zone(&[BAD]));
}

#[test]
fn a_file_with_two_names_is_left_alone() {
    let folder = Folder::new();
    folder.zone("a.zone", &[BAD]);
    fs::hard_link(folder.path("a.zone"), folder.path("b.zone")).unwrap();
    let outcome = folder.run(&["--fix", "a.zone"]);
    assert_eq!(outcome.code, 3, "{}", outcome.shown());
    assert_eq!(folder.read("a.zone"), zone(&[BAD]));
}

#[test]
fn standard_input_is_not_mended() {
    let folder = Folder::new();
    let text = zone(&[BAD]);
    for arguments in [&["--fix"][..], &["--fix", "-"], &["--diff", "-"]] {
        let outcome = folder.run_with(arguments, text.as_bytes());
        assert_eq!(outcome.code, 2);
        assert_eq!(outcome.stdout, "");
        assert!(
            outcome.stderr.contains("found standard input"),
            "{}",
            outcome.shown()
        );
    }
}

#[test]
fn included_files_are_not_mended() {
    let folder = Folder::new();
    folder
        .zone("a.zone", &["$INCLUDE b.txt\n", BAD])
        .write("b.txt", BAD);
    let outcome = folder.run(&[
        "--fix",
        "--format",
        "concise",
        "--include-root",
        ".",
        "a.zone",
    ]);
    assert_eq!(folder.read("a.zone"), zone(&["$INCLUDE b.txt\n", MENDED]));
    assert_eq!(folder.read("b.txt"), BAD);
    insta::assert_snapshot!(outcome.shown());
}

#[test]
fn what_is_ignored_or_known_is_not_mended() {
    let folder = Folder::new();
    let ignored = "; mimi-lint: ignore[MIMI107] known\n";
    folder
        .zone("a.zone", &[ignored, BAD])
        .zone("b.zone", &[BAD]);
    assert_eq!(
        folder
            .run(&["--write-baseline", "known.json", "b.zone"])
            .code,
        0
    );
    let outcome = folder.run(&["--fix", "--baseline", "known.json", "a.zone", "b.zone"]);
    assert_eq!(outcome.code, 0, "{}", outcome.shown());
    assert_eq!(folder.read("a.zone"), zone(&[ignored, BAD]));
    assert_eq!(folder.read("b.zone"), zone(&[BAD]));
}

#[test]
fn a_write_protected_file_is_left_alone() {
    let folder = Folder::new();
    folder.zone("a.zone", &[BAD]);
    let mut permissions = fs::metadata(folder.path("a.zone")).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(folder.path("a.zone"), permissions).unwrap();
    let outcome = folder.run(&["--fix", "a.zone"]);
    assert_eq!(outcome.code, 3, "{}", outcome.shown());
    assert_eq!(folder.read("a.zone"), zone(&[BAD]));
}

#[test]
fn what_cannot_be_read_is_told_once() {
    let folder = Folder::new();
    for option in ["--fix", "--diff"] {
        let outcome = folder.run(&[option, "--quiet", "none.zone"]);
        assert_eq!(outcome.code, 3);
        assert_eq!(outcome.stderr.lines().count(), 1, "{}", outcome.shown());
    }
}

#[test]
fn fixes_are_made_until_none_is_left() {
    let folder = Folder::new();
    folder.zone(
        "a.zone",
        &["bob IN MIMI \"v=MIMI1; a:bob; e:im.example.net\"\n"],
    );
    let outcome = folder.run(&["--fix", "--unsafe-fixes", "a.zone"]);
    assert_eq!(outcome.code, 0, "{}", outcome.shown());
    assert_eq!(folder.read("a.zone"), zone(&[MENDED]));
    let diff = folder.run(&["--diff", "a.zone"]);
    assert_eq!((diff.code, diff.stdout.as_str()), (0, ""));
}
