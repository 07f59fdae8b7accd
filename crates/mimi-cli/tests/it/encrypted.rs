//! Encrypted servers from the command line: `--server tls://…`, `--tls-ca`, `--require-encrypted`.

use std::net::{Ipv4Addr, SocketAddr};

use mimi_testkit::{EncryptedDns, EncryptedTransport, Exchange, Flaw, Manner, PlainListener};
use tokio::runtime::Runtime;

use crate::support::{Run, mimi, zone_file};

const LOOPBACK: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

fn alice() -> Vec<Exchange> {
    let exchange = serde_json::json!([{
        "name": "alice.example.com.", "type": "MIMI",
        "answer": {"answer": [{"owner": "alice.example.com.", "type": "MIMI", "data": "v=MIMI1; a=alice; e=m.example"}]},
    }]);
    serde_json::from_value(exchange).unwrap()
}

/// Runs `mimi resolve` beside a server, which needs a thread of its own.
fn beside<S>(start: impl Future<Output = S>, run: impl FnOnce(&S) -> Run) -> Run {
    let runtime = Runtime::new().unwrap();
    let server = runtime.block_on(start);
    run(&server)
}

fn resolve(arguments: &[&str]) -> Run {
    mimi(
        [
            "resolve",
            "alice.example.com",
            "--format=jsonl",
            "--dnssec=off",
        ]
        .iter()
        .chain(arguments),
    )
    .run()
}

#[test]
fn asks_over_every_transport_and_says_which() {
    for (transport, channel) in [
        (EncryptedTransport::Tls, "dot"),
        (EncryptedTransport::Https, "doh"),
        (EncryptedTransport::Quic, "doq"),
    ] {
        let exchanges = alice();
        let start = EncryptedDns::start(transport, Flaw::None, LOOPBACK, &exchanges);
        let run = beside(start, |server| {
            let server = server.as_ref().unwrap();
            let authority = zone_file(&format!("{channel}.pem"), server.authority());
            let authority = authority.to_str().unwrap();
            resolve(&[
                "--server",
                &server.url(),
                "--tls-ca",
                authority,
                "--require-encrypted",
            ])
        });
        assert_eq!((run.exit, run.errors()), (0, ""));
        assert_eq!(run.object()["outcome"], "found");
        assert_eq!(run.object()["assurance"]["channel"], channel);
    }
}

#[test]
fn fails_with_tls_where_no_authority_vouches_for_the_server() {
    let exchanges = alice();
    let start = EncryptedDns::start(EncryptedTransport::Tls, Flaw::None, LOOPBACK, &exchanges);
    let run = beside(start, |server| {
        resolve(&["--server", &server.as_ref().unwrap().url()])
    });
    assert_eq!((&run.object()["code"], run.exit), (&"tls".into(), 4));
}

#[test]
fn failures_of_the_channel_say_what_to_do_about_them() {
    let run = beside(PlainListener::tcp(LOOPBACK, Manner::Closes), |server| {
        let url = format!("tls://{}", server.as_ref().unwrap().address());
        mimi([
            "resolve",
            "alice.example.com",
            "--dnssec=off",
            "--server",
            &url,
        ])
        .run()
    });
    assert_eq!(run.exit, 4);
    insta::assert_snapshot!(run.report());
}

#[test]
fn a_plain_server_is_refused_before_anything_is_sent() {
    let run = beside(PlainListener::both(LOOPBACK), |server| {
        let server = server.as_ref().unwrap();
        let plain = server.address().to_string();
        let encrypted = ["--server", "tls://127.0.0.1:1"];
        let run = resolve(&[&encrypted[..], &["--server", &plain, "--require-encrypted"]].concat());
        let heard = server.heard();
        assert_eq!((heard.datagrams, heard.connections), (0, 0));
        run
    });
    assert_eq!((run.exit, run.text()), (2, ""));
}

#[test]
fn authorities_that_cannot_be_read_are_a_local_failure() {
    let nothing = zone_file("nothing.pem", "no certificate");
    let missing = zone_file("missing.pem", "");
    std::fs::remove_file(&missing).unwrap();
    for path in [nothing, missing] {
        let run = resolve(&[
            "--server=tls://127.0.0.1:1",
            "--tls-ca",
            path.to_str().unwrap(),
        ]);
        assert_eq!((run.exit, run.text()), (3, ""));
        assert!(
            run.errors().contains(path.to_str().unwrap()),
            "{}",
            run.errors()
        );
    }
}
