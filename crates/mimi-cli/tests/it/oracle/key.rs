//! The secrets: made once, rotated, and never shown.

use std::fs;

use insta::assert_snapshot;

use super::support::{Folder, oracle_on};
use crate::support::mimi;

#[test]
fn commands_for_operators_have_help() {
    for command in [
        "serve",
        "key",
        "key new",
        "key rotate",
        "key show",
        "token",
        "backup",
        "verify",
    ] {
        let words = ["oracle"].into_iter().chain(command.split(' '));
        let run = mimi(words.chain(["--help"])).run();
        assert_eq!(run.exit, 0);
        let name = command.replace(' ', "_");
        assert_snapshot!(format!("help_{name}"), run.text());
    }
}

#[test]
fn new_secrets_are_for_their_owner_alone_and_come_with_the_pin_and_what_to_do_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("oracle");
    let run = oracle_on(&data, &["key", "new"]);
    assert_eq!((run.exit, run.errors()), (0, ""));
    let pin = run
        .text()
        .split("\npin: ")
        .nth(1)
        .unwrap()
        .get(..43)
        .unwrap();
    let shown = run.text().replace(pin, "PIN");
    assert_snapshot!(shown.replace(data.to_str().unwrap(), "DIR"));

    let object = oracle_on(&data, &["key", "show", "--format", "jsonl"]).object();
    assert_eq!(object["pin"], pin);
    assert_eq!(object["lookup_keys"], 16);
    assert_eq!(object["current"], 0);
    let text = oracle_on(&data, &["key", "show"]);
    let expected = format!("pin: {pin}\nlookup keys: 16, current 0, erased 0\n");
    assert_eq!(text.text(), expected);

    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;

        let mode = |path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(data.join("oracle.key")), 0o600);
        assert_eq!(mode(data), 0o700);
    }
}

#[test]
fn secrets_are_never_overwritten() {
    let folder = Folder::new();
    let before = fs::read(folder.file("oracle.key")).unwrap();
    let run = folder.oracle(&["key", "new"]);
    assert_eq!((run.exit, run.text()), (3, ""));
    assert!(
        run.errors().contains("never overwritten"),
        "{}",
        run.errors()
    );
    let file = folder.file("oracle.key");
    let run = mimi(["oracle", "key", "new", file.to_str().unwrap()]).run();
    assert_eq!(run.exit, 3);
    assert_eq!(fs::read(file).unwrap(), before);
}

#[test]
fn refuses_command_lines_for_keys_that_make_no_sense() {
    for arguments in [
        &["key", "new"][..],
        &["key", "new", "oracle.key", "--data", "x"],
        &["key", "new", "oracle.key", "--keys", "0"],
        &["key", "new", "oracle.key", "--keys", "33"],
        &["key", "rotate"],
        &["key", "show"],
        &["backup", "to"],
        &["backup", "--data", "x"],
        &["verify"],
        &["serve", "--data", "x"],
        &["serve", "--data", "x", "--tls-certificate", "c.pem"],
        &[
            "serve",
            "--data",
            "x",
            "--plain",
            "--tls-certificate",
            "c.pem",
            "--tls-key",
            "k.pem",
        ],
        &["serve", "--data", "x", "--plain", "--listen", "0.0.0.0:0"],
        &[
            "serve",
            "--data",
            "x",
            "--plain",
            "--smtp",
            "smtp://localhost",
        ],
        &["serve", "--data", "x", "--plain", "--provider", "example"],
        &["serve", "--data", "x", "--plain", "--period", "0"],
        &["serve", "--data", "x", "--plain", "--address-header", "a b"],
        &[
            "serve",
            "--data",
            "x",
            "--plain",
            "--smtp",
            "no",
            "--mail-from",
            "a@b.example",
            "--url",
            "https://o.example",
        ],
        &[
            "serve",
            "--data",
            "x",
            "--plain",
            "--smtp",
            "smtp://localhost",
            "--mail-from",
            "no",
            "--url",
            "https://o.example",
        ],
    ] {
        let run = mimi(["oracle"].iter().chain(arguments)).run();
        assert_eq!((run.exit, run.text()), (2, ""), "{arguments:?}");
        assert!(!run.errors().is_empty());
    }
}

#[test]
fn rotating_goes_to_the_next_key_and_says_when_it_takes_effect_until_none_is_left() {
    let folder = Folder::new();
    let run = folder.oracle(&["key", "rotate"]);
    assert_eq!((run.exit, run.errors()), (0, ""));
    assert_snapshot!(run.text(), @r"
    lookup key 1 of 0 to 1 is now the current one; the pin stays
    it takes effect with the first epoch: none is served now
    lookup keys left: 0
    ");
    let run = folder.oracle(&["key", "rotate"]);
    assert_eq!((run.exit, run.text()), (1, ""));
    assert_snapshot!(run.errors(), @"error: the last of 2 lookup keys is in use; a new ring has a new pin, which users have to be given");
    let object = folder
        .oracle(&["key", "show", "--format", "jsonl"])
        .object();
    assert_eq!(object["current"], 1);
}

#[test]
fn messages_about_secrets_name_the_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let mut said = Vec::new();
    for command in [
        &["key", "show"][..],
        &["key", "rotate"],
        &["verify"],
        &["serve", "--plain"],
    ] {
        let run = oracle_on(folder.path(), command);
        assert_eq!((run.exit, run.text()), (3, ""));
        said.push(run.errors().to_owned());
    }
    fs::write(folder.path().join("oracle.key"), "{}").unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;

        let set = |mode| {
            let permissions = fs::Permissions::from_mode(mode);
            fs::set_permissions(folder.path().join("oracle.key"), permissions).unwrap();
        };
        set(0o640);
        said.push(
            oracle_on(folder.path(), &["key", "show"])
                .errors()
                .to_owned(),
        );
        set(0o600);
        said.push(oracle_on(folder.path(), &["verify"]).errors().to_owned());
    }
    let said = said
        .concat()
        .replace(folder.path().to_str().unwrap(), "DIR");
    assert_snapshot!(said);
    // No store was made on the way.
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_token_is_written_as_a_file_of_tokens_and_grants_what_was_asked_for() {
    use mimi_oracle::server::{KeyRing, TokenSecret};

    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("oracle");
    oracle_on(&data, &["key", "new"]);
    let run = oracle_on(
        &data,
        &[
            "token",
            "--burst",
            "5000",
            "--per-day",
            "20000",
            "--days",
            "7",
        ],
    );
    assert_eq!((run.exit, run.errors()), (0, ""));
    let last = run.text().lines().last().unwrap();
    let (pin, token) = last.split_once(' ').unwrap();
    assert_snapshot!(run.text().replace(last, "PIN TOKEN"));
    let keys = KeyRing::read(&data.join(KeyRing::FILE)).unwrap();
    assert_eq!(pin, keys.pin().to_string());
    let secret = TokenSecret::new(keys.token_secret());
    let grant = secret.verify_quota(token, 0).unwrap();
    assert_eq!((grant.quota.burst, grant.quota.per_day), (5_000, 20_000));
    assert!(secret.verify_quota(token, grant.expires).is_none());
}
