//! Everything through the binary: an oracle is made and served, somebody registers there, others find them.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use mimi_testkit::PemCertificate;

use super::support::{Folder, Server, until};
use crate::support::{mimi, zone_file};

const NUMBER: &str = "+1 555 123 4567";
const STRING: &str = "v=MIMI1; a=tel; e=im.example.org";

const ZONE: &str = "\
$TTL 300
enum.example. SOA ns.enum.example. hostmaster.enum.example. 1 7200 900 1209600 300
";

/// A program that keeps the message which it is to send.
fn sender(folder: &Path) -> String {
    let path = folder.join("send");
    let message = folder.join("message");
    let script = format!("#!/bin/sh\ncat > '{}'\n", message.display());
    fs::write(&path, script).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).unwrap();
    path.to_str().unwrap().to_owned()
}

/// The token in the message: the only word of 38 characters.
fn token(folder: &Path) -> String {
    let message = fs::read_to_string(folder.join("message")).unwrap();
    let is_token = |word: &&str| word.len() == 38;
    message
        .split_whitespace()
        .find(is_token)
        .unwrap()
        .to_owned()
}

#[test]
fn s5_2_2_a_number_is_registered_found_and_removed() {
    let folder = Folder::new();
    let certificate = PemCertificate::new().unwrap();
    let file = |name, text| folder.write(name, text);
    let authority = file("authority.pem", &certificate.authority);
    let server = Server::start(
        folder.path(),
        &[
            "--tls-certificate",
            &file("certificate.pem", &certificate.certificate),
            "--tls-key",
            &file("key.pem", &certificate.key),
            "--url",
            "https://oracle.example.net",
            "--telephone-command",
            &sender(folder.path()),
            "--period",
            "1",
            "--overlap",
            "20",
        ],
    );
    let url = format!("{}#{}", server.said("listening on "), server.said("pin: "));
    let oracle = ["--oracle", &url, "--tls-ca", &authority];
    let ask = |command: &str, more: &[&str]| {
        let words = ["oracle", command, NUMBER].into_iter().chain(oracle);
        mimi(words.chain(more.iter().copied())).run()
    };
    assert_eq!(ask("lookup", &[]).exit, 1);

    // The first call has the token sent, and gets none on its standard input.
    let register = ["--definition-string", STRING];
    assert_eq!(ask("register", &register).exit, 2);
    let first = token(folder.path());
    let run = ask(
        "register",
        &["--definition-string", STRING, "--token", &first],
    );
    assert_eq!((run.exit, run.errors()), (0, ""));
    let spent = ask("remove", &["--token", &first]);
    assert_eq!(spent.exit, 1);
    assert!(
        spent.errors().contains("[token-spent]"),
        "{}",
        spent.errors()
    );

    let found = until(0, || ask("lookup", &[]));
    assert!(found.text().contains(STRING), "{}", found.text());
    let zone = zone_file("oracle-end-to-end.zone", ZONE);
    let zone = zone.to_str().unwrap();
    let resolve = [
        "resolve",
        NUMBER,
        "--zone",
        zone,
        "--enum-suffix",
        "enum.example",
    ];
    let object = mimi(resolve.iter().chain(&oracle).chain(&["--format=jsonl"]))
        .run()
        .object();
    assert_eq!(
        (&object["outcome"], &object["step"]),
        (&"found".into(), &"oracle".into())
    );
    assert_eq!(object["groups"][0][0]["mssa"], "tel");

    assert_eq!(ask("show", &[]).exit, 2);
    let second = token(folder.path());
    let shown = ask("show", &["--token", &second]);
    assert!(shown.text().contains(STRING), "{}", shown.text());
    let run = ask("remove", &["--token", &second]);
    assert!(run.text().starts_with("removed: "), "{}", run.text());
    let gone = until(1, || ask("lookup", &[]));
    assert!(gone.text().contains("knows nothing"), "{}", gone.text());
}
