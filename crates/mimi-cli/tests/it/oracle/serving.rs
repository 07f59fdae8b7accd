//! A server, and what can be done to its folder meanwhile.

use std::fs;

use super::support::{Folder, Server, oracle_on};
use crate::support::mimi;

/// The only epoch in a folder.
fn epoch(folder: &Folder) -> String {
    let mut names = fs::read_dir(folder.file("epochs")).unwrap();
    names
        .next()
        .unwrap()
        .unwrap()
        .file_name()
        .into_string()
        .unwrap()
}

#[test]
fn serves_the_parameters_under_the_pin_and_ends_in_order() {
    let folder = Folder::new();
    let server = Server::start(
        folder.path(),
        &["--metrics", "127.0.0.1:0", "--quota-burst", "7"],
    );
    assert_eq!(server.said("serving "), folder.path().to_str().unwrap());
    let object = folder
        .oracle(&["key", "show", "--format", "jsonl"])
        .object();
    assert_eq!(object["pin"], server.said("pin: "));

    let origin = server.said("listening on ").to_owned();
    let response = server.get(&origin, "/.well-known/mimi-oracle");
    assert!(response.starts_with("HTTP/1.1 200 OK\r\n"), "{response}");
    let (_, document) = response.split_once("\r\n\r\n").unwrap();
    let document: serde_json::Value = serde_json::from_str(document).unwrap();
    assert_eq!(document["protocol"], "mimi-oracle/1");
    assert_eq!(document["quota"]["burst"], 7);
    assert_eq!(document["epochs"][0]["number"].to_string(), epoch(&folder));

    let metrics = server.said("metrics on ").strip_suffix("/metrics").unwrap();
    let health = server.get(metrics, "/healthz");
    assert!(health.starts_with("HTTP/1.1 200 OK\r\n"), "{health}");

    #[cfg(unix)]
    {
        let (exit, errors) = server.end("-TERM");
        assert_eq!(exit, Some(0), "{errors}");
        assert!(
            errors.contains("0 entries in 1 buckets, 0 left out [epoch-built]"),
            "{errors}"
        );
    }
}

#[test]
fn one_server_runs_on_a_folder_and_others_say_why_they_do_not() {
    let folder = Folder::new();
    let _server = Server::start(folder.path(), &[]);
    let run = folder.oracle(&["serve", "--plain", "--listen", "127.0.0.1:0"]);
    assert_eq!((run.exit, run.text()), (3, ""));
    let expected = "another server has the store of registrations open";
    assert!(run.errors().contains(expected), "{}", run.errors());
}

#[test]
fn a_follower_serves_the_epochs_of_another_server_under_the_same_pin() {
    let folder = Folder::new();
    let publisher = Server::start(folder.path(), &[]);
    let follower = Server::start(folder.path(), &["--follow"]);
    assert_eq!(follower.said("following "), folder.path().to_str().unwrap());
    assert_eq!(follower.said("pin: "), publisher.said("pin: "));
    let origin = follower.said("listening on ").to_owned();
    let path = format!("/v1/bucket/{}/0", epoch(&folder));
    let response = follower.get(&origin, &path);
    assert!(response.starts_with("HTTP/1.1 200 OK\r\n"), "{response}");
}

#[test]
fn a_follower_takes_no_option_that_only_publishing_needs() {
    let folder = Folder::new();
    for option in [
        "--period=60",
        "--lifetime=1",
        "--url=https://oracle.example.net",
    ] {
        let run = folder.oracle(&["serve", "--plain", "--follow", option]);
        assert_eq!((run.exit, run.text()), (2, ""));
        let (name, _) = option.split_once('=').unwrap();
        assert!(run.errors().contains(name), "{}", run.errors());
    }
}

#[test]
fn a_follower_without_secrets_says_where_they_come_from() {
    let folder = tempfile::tempdir().unwrap();
    let run = oracle_on(
        folder.path(),
        &["serve", "--plain", "--follow", "--listen", "127.0.0.1:0"],
    );
    assert_eq!((run.exit, run.text()), (3, ""));
    let expected = "copy it from the folder of the server that publishes";
    assert!(run.errors().contains(expected), "{}", run.errors());
}

#[test]
fn fails_where_the_certificate_is_not_there_and_names_it() {
    let folder = Folder::new();
    let run = folder.oracle(&[
        "serve",
        "--tls-certificate",
        "no.pem",
        "--tls-key",
        "no.key",
    ]);
    assert_eq!((run.exit, run.text()), (3, ""));
    assert!(run.errors().contains("no.pem"), "{}", run.errors());
}

#[test]
fn a_rotation_while_a_server_runs_says_by_when_it_takes_effect() {
    let folder = Folder::new();
    let _server = Server::start(folder.path(), &["--period", "3600", "--overlap", "600"]);
    let run = folder.oracle(&["key", "rotate"]);
    assert_eq!(run.exit, 0);
    let line = run.text().lines().nth(1).unwrap();
    assert!(
        line.starts_with("it takes effect with the next epoch, at the latest in 1 h "),
        "{line}"
    );
}

#[cfg(unix)]
#[test]
fn with_short_epochs_a_rotated_key_is_used_and_the_one_before_is_erased() {
    let folder = Folder::new();
    let _server = Server::start(folder.path(), &["--period", "1", "--overlap", "1"]);
    assert_eq!(folder.oracle(&["key", "rotate"]).exit, 0);
    // Two epochs later at the latest; the loop ends with the patience of the test runner.
    loop {
        let object = folder
            .oracle(&["key", "show", "--format", "jsonl"])
            .object();
        if object["erased"] == 1 {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(200));
    }
}

#[test]
fn a_check_finds_nothing_in_a_new_folder_and_a_bucket_that_was_altered() {
    let folder = Folder::new();
    let run = folder.oracle(&["verify"]);
    let nothing = "0 registrations and 0 epochs checked, 0 findings\n";
    assert_eq!((run.exit, run.text()), (0, nothing));

    let server = Server::start(folder.path(), &[]);
    let run = folder.oracle(&["verify"]);
    let nothing = "0 registrations and 1 epochs checked, 0 findings\n";
    assert_eq!((run.exit, run.text()), (0, nothing));
    assert_eq!(
        folder.oracle(&["verify", "--format", "json"]).array().len(),
        0
    );
    assert_eq!(folder.oracle(&["verify", "--format", "jsonl"]).text(), "");
    drop(server);

    let number = epoch(&folder);
    let buckets = folder.file("epochs").join(&number).join("buckets");
    let mut octets = fs::read(&buckets).unwrap();
    octets[1000] ^= 1;
    fs::write(&buckets, octets).unwrap();
    let run = folder.oracle(&["verify"]);
    let found = format!(
        "epoch {number}: bucket 0 is not signed with the oracle's key [bucket-signature]\n\
         0 registrations and 1 epochs checked, 1 findings\n"
    );
    assert_eq!((run.exit, run.text()), (1, found.as_str()));
    let run = folder.oracle(&["verify", "--format", "json"]);
    let [finding] = &run.array()[..] else {
        panic!("{}", run.text());
    };
    assert_eq!(finding["code"], "bucket-signature");
    assert_eq!(finding["epoch"].to_string(), number);
    assert_eq!(finding["bucket"], 0);
    assert_eq!(finding["registrations"], serde_json::Value::Null);
}

#[test]
fn a_check_finds_a_store_that_is_damaged() {
    let folder = Folder::new();
    drop(Server::start(folder.path(), &[]));
    let store = folder.file("registrations.sqlite");
    fs::write(
        &store,
        "SQLite it is not, but long enough to look like a file of its".repeat(100),
    )
    .unwrap();
    let run = folder.oracle(&["verify"]);
    assert_eq!((run.exit, run.text()), (3, ""));
    assert!(
        run.errors().contains("registrations.sqlite"),
        "{}",
        run.errors()
    );
}

#[test]
fn a_backup_is_without_the_key_and_says_so_unless_it_is_asked_for() {
    let folder = Folder::new();
    let to = tempfile::tempdir().unwrap();
    let (first, second) = (to.path().join("first"), to.path().join("second"));
    let run = folder.oracle(&["backup", first.to_str().unwrap()]);
    assert_eq!((run.exit, run.text()), (3, ""), "there is nothing to copy");

    let server = Server::start(folder.path(), &[]);
    let run = folder.oracle(&["backup", first.to_str().unwrap()]);
    assert_eq!((run.exit, run.errors()), (0, ""));
    assert!(
        run.text().contains("oracle.key is not in it"),
        "{}",
        run.text()
    );
    let names: Vec<_> = fs::read_dir(&first)
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(names, ["registrations.sqlite"]);
    // Nothing is overwritten.
    assert_eq!(folder.oracle(&["backup", first.to_str().unwrap()]).exit, 3);

    let run = folder.oracle(&["backup", "--with-key", second.to_str().unwrap()]);
    assert_eq!(run.exit, 0);
    assert!(run.text().contains("whoever has this is the oracle"));
    // With a key in the way, the registrations are not copied either.
    fs::remove_file(second.join("registrations.sqlite")).unwrap();
    let again = ["backup", "--with-key", second.to_str().unwrap()];
    assert_eq!(folder.oracle(&again).exit, 3);
    assert!(!second.join("registrations.sqlite").exists());
    drop(server);
    // The copy is an oracle of its own, under the same pin.
    assert_eq!(oracle_on(&second, &["verify"]).exit, 0);
    let copy = Server::start(&second, &[]);
    let object = folder
        .oracle(&["key", "show", "--format", "jsonl"])
        .object();
    assert_eq!(object["pin"], copy.said("pin: "));
}

#[test]
fn names_of_folders_reach_the_terminal_escaped() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("a\u{1b}[2Jb");
    for command in [
        &["key", "new"][..],
        &["key", "new"],
        &["backup", "to"],
        &["verify"],
    ] {
        let run = oracle_on(&data, command);
        assert!(!run.text().contains('\u{1b}') && !run.errors().contains('\u{1b}'));
    }
    let run = mimi(["oracle", "verify", "--data", "no\u{1b}[2J"]).run();
    assert!(!run.errors().contains('\u{1b}'));
}
