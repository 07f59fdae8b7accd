//! Everything through the binary, by email: the token is typed in while `mimi oracle register` waits for it.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use mimi_testkit::{MailServer, PemCertificate};
use tokio::runtime::Runtime;

use super::support::{Folder, Server, until};
use crate::support::mimi;

const ALICE: &str = "alice@example.org";
const STRING: &str = "v=MIMI1; a=alice; e=im.example.org";

/// Her domain has no MIMIX record there.
const ZONE: &str = "testdata/zones/oracle.zone";

/// `mimi oracle` with standard input open until the mail with the token is there, which is then typed.
fn with_token(arguments: &[&str], mail: &MailServer, runtime: &Runtime) -> Output {
    let before = mail.mails().len();
    let mut child = Command::new(env!("CARGO_BIN_EXE_mimi"))
        .arg("oracle")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mail = runtime.block_on(mail.mail(before)).unwrap();
    assert_eq!(mail.to, format!("<{ALICE}>"));
    let mut stdin = child.stdin.take().unwrap();
    writeln!(stdin, "{}", mail.token().unwrap()).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn s5_1_2_an_address_is_registered_found_and_removed() {
    let runtime = Runtime::new().unwrap();
    let mail = runtime.block_on(MailServer::start()).unwrap();
    let folder = Folder::new();
    let certificate = PemCertificate::new().unwrap();
    let authority = folder.write("authority.pem", &certificate.authority);
    let smtp = format!("smtp://{}", mail.address());
    let options = [
        [
            "--tls-certificate",
            &folder.write("certificate.pem", &certificate.certificate),
        ],
        ["--tls-key", &folder.write("key.pem", &certificate.key)],
        ["--url", "https://oracle.example.net"],
        ["--smtp", &smtp],
        ["--mail-from", "oracle@example.net"],
        ["--period", "1"],
        ["--overlap", "20"],
    ];
    let server = Server::start(folder.path(), &options.concat());
    let url = format!("{}#{}", server.said("listening on "), server.said("pin: "));
    let oracle = ["--oracle", &url, "--tls-ca", &authority];
    let change = |command: &str, more: &[&str]| {
        let arguments = [&[command, ALICE], &oracle[..], more].concat();
        with_token(&arguments, &mail, &runtime)
    };
    let resolve = || {
        let words = ["resolve", "--format=jsonl", ALICE, "--zone", ZONE];
        mimi(words.iter().chain(&oracle)).run()
    };
    assert_eq!(resolve().exit, 1);

    let run = change("register", &["--definition-string", STRING]);
    assert_eq!(run.status.code(), Some(0));
    let text = String::from_utf8(run.stdout).unwrap();
    assert!(
        text.starts_with("registered: alice@example.org\n"),
        "{text}"
    );
    let found = until(0, resolve).object();
    assert_eq!(found["assurance"]["via"], "oracle");
    assert_eq!(found["groups"][0][0]["mssa"], "alice");

    let shown = change("show", &[]);
    assert_eq!(shown.status.code(), Some(0));
    let text = String::from_utf8(shown.stdout).unwrap();
    assert!(text.contains(STRING), "{text}");

    let run = change("remove", &[]);
    assert_eq!(run.status.code(), Some(0));
    assert_eq!(until(1, resolve).object()["outcome"], "no_mapping");
    assert_eq!(folder.oracle(&["verify"]).exit, 0);
}
