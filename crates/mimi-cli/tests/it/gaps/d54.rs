//! D54: `mimi resolve --check-endpoints` says where endpoints lead, and connects to nothing.

use std::fmt::Write;
use std::io::ErrorKind;
use std::net::{TcpListener, TcpStream, UdpSocket};

use insta::assert_snapshot;
use serde_json::Value;

use crate::support::{Mimi, Run, zone_file};

const ZONE: &str = "testdata/zones/endpoints.zone";

fn check(person: &str, format: &str) -> Run {
    Mimi::resolve(ZONE, [person, "--check-endpoints", "--format", format]).run()
}

/// Status, code and addresses of every account, by account label.
fn endpoints(object: &Value) -> Vec<String> {
    let groups = object["groups"].as_array().unwrap().iter();
    let contacts = groups.flat_map(|group| group.as_array().unwrap());
    let mut lines: Vec<String> = contacts
        .map(|contact| {
            let endpoint = &contact["endpoint"];
            let mut line = contact["mssa"].as_str().unwrap().to_owned();
            for text in [&endpoint["status"], &endpoint["code"]] {
                if let Some(text) = text.as_str() {
                    write!(line, " {text}").unwrap();
                }
            }
            for address in endpoint["addresses"].as_array().unwrap() {
                write!(line, " {}", address.as_str().unwrap()).unwrap();
            }
            line
        })
        .collect();
    lines.sort();
    lines
}

#[test]
fn public_addresses_are_vetted_along_aliases() {
    let run = check("good.people.endpoints.example", "jsonl");
    assert_eq!(run.exit, 0);
    assert_eq!(
        endpoints(&run.object()),
        [
            "1 vetted 198.41.0.4 2001:503:ba3e::2:30",
            "2 vetted 198.41.0.4",
        ]
    );
}

#[test]
fn refuses_hosts_with_any_special_use_address() {
    let run = check("bad.people.endpoints.example", "jsonl");
    assert_eq!(run.exit, 1);
    let expected: Vec<String> = (1..=6)
        .map(|account| format!("{account} refused special-use-address"))
        .collect();
    assert_eq!(endpoints(&run.object()), expected);
}

#[test]
fn refuses_what_the_text_says_already() {
    let run = check("text.people.endpoints.example", "jsonl");
    assert_eq!(run.exit, 1);
    assert_eq!(
        endpoints(&run.object()),
        [
            "1 refused ip-address",
            "2 refused ip-address",
            "3 refused ip-address",
            "4 refused user-information",
            "5 refused special-use-name",
            "6 refused no-host",
            "7 unresolved no-address",
        ]
    );
}

#[test]
fn a_person_reads_where_endpoints_lead() {
    for person in ["some", "text.people", "bad.people", "round.people"] {
        let run = check(&format!("{person}.endpoints.example"), "human");
        assert_snapshot!(format!("endpoints_of_{person}"), run.report());
    }
}

#[test]
fn without_a_vetted_endpoint_the_worst_reason_is_the_exit_code() {
    let exit_of = |person: &str| check(&format!("{person}.endpoints.example"), "jsonl").exit;
    // One vetted, one refused, one unresolved.
    assert_eq!(exit_of("some"), 0);
    assert_eq!(exit_of("local"), 1);
    assert_eq!(exit_of("round.people"), 4);
    // One refused, one that nobody can say anything about.
    assert_eq!(exit_of("refused.people"), 4);
    assert_eq!(exit_of("nobody"), 1);
}

#[test]
fn never_asks_for_endpoints_unless_told_to() {
    let run = Mimi::resolve(ZONE, ["bad.people.endpoints.example", "--format=jsonl"]).run();
    assert_eq!(run.exit, 0);
    let object = run.object();
    assert_eq!(object["groups"][0][0]["endpoint"], Value::Null);
}

/// Hosts that lead to listeners on loopback, by every kind of detour; the listeners hear of nobody.
#[test]
fn never_connects_to_an_endpoint() {
    let streams = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = streams.local_addr().unwrap().port();
    let datagrams = UdpSocket::bind(("127.0.0.1", port)).unwrap();
    // Whoever comes is kept waiting by the kernel until the test looks.
    streams.set_nonblocking(true).unwrap();
    datagrams.set_nonblocking(true).unwrap();
    let mut zone = String::from("$ORIGIN trap.example.\n$TTL 60\n@ SOA ns host 1 2 3 4 5\n");
    zone.push_str("direct A 127.0.0.1\nmapped AAAA ::ffff:127.0.0.1\nalias CNAME direct\n");
    zone.push_str("mixed A 127.0.0.1\nmixed A 198.41.0.4\nnat64 AAAA 64:ff9b::127.0.0.1\n");
    for host in ["direct", "mapped", "alias", "mixed", "nat64"] {
        let endpoint = format!("{host}.trap.example:{port}");
        writeln!(zone, "person MIMI \"v=MIMI1; a={host}; e={endpoint}\"").unwrap();
        writeln!(
            zone,
            "person MIMI \"v=MIMI1; a={host}; e=https://{endpoint}/\""
        )
        .unwrap();
    }
    writeln!(zone, "person MIMI \"v=MIMI1; a=text; e=127.0.0.1:{port}\"").unwrap();
    let path = zone_file("trap.zone", zone);
    let rest = ["person.trap.example", "--check-endpoints", "--format=jsonl"];
    let run = Mimi::resolve(path, rest).run();
    assert_eq!(run.exit, 1);
    let found = endpoints(&run.object());
    assert_eq!(found.len(), 11);
    assert!(
        found.iter().all(|line| line.contains(" refused ")),
        "{found:#?}"
    );
    let nobody = streams.accept().map(|_| ()).unwrap_err();
    assert_eq!(nobody.kind(), ErrorKind::WouldBlock);
    let nothing = datagrams.recv(&mut [0]).unwrap_err();
    assert_eq!(nothing.kind(), ErrorKind::WouldBlock);
    // The trap works: it hears of us.
    drop(TcpStream::connect(("127.0.0.1", port)).unwrap());
    streams.set_nonblocking(false).unwrap();
    assert!(streams.accept().is_ok());
}
