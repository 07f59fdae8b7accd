//! DNS over TLS, HTTPS and QUIC, through the whole resolver. What goes wrong is in `stripped.rs`.

use std::collections::{BTreeSet, HashSet};
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use futures_util::future::join_all;
use mimi_resolver::discovery::{Channel, Outcome, Policy};
use mimi_resolver::{
    CertificateAuthorities, DnsClient, DnsClientConfig, DnssecRequest, Resolver, Upstream,
};
use mimi_rr::TypeCodes;
use mimi_testkit::{EncryptedDns, EncryptedTransport, Exchange, Flaw, Overheard};

use crate::support::{WAIT, bob, conversation, question, summary};

/// A free port of 127.0.0.1.
pub(crate) const LOOPBACK: SocketAddr =
    SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

/// Trusts the authority of this server.
pub(crate) fn trusting(authority: &str) -> DnsClientConfig {
    let mut config = DnsClientConfig::default();
    config.certificate_authorities =
        CertificateAuthorities::from_pem(authority.as_bytes()).unwrap();
    config.require_encrypted = true;
    // Longer than any stall of the machine that this runs on.
    config.first_wait = Duration::from_secs(3);
    config
}

async fn start(transport: EncryptedTransport, exchanges: &[Exchange]) -> EncryptedDns {
    let server = EncryptedDns::start(transport, Flaw::None, LOOPBACK, exchanges);
    server.await.unwrap()
}

fn client(server: &EncryptedDns) -> DnsClient {
    let url = server.url().parse().unwrap();
    DnsClient::new([url], trusting(server.authority())).unwrap()
}

async fn discover(url: &str, authority: &str) -> Outcome {
    let client = DnsClient::new([url.parse().unwrap()], trusting(authority)).unwrap();
    let resolver = Resolver::new(client, Policy::default());
    resolver.discover_text("bob.example").await
}

#[tokio::test]
async fn every_transport_answers_and_the_assurance_says_which() {
    for (transport, channel) in [
        (EncryptedTransport::Tls, Channel::Tls),
        (EncryptedTransport::Https, Channel::Https),
        (EncryptedTransport::Quic, Channel::Quic),
    ] {
        let server = start(transport, &bob(serde_json::json!({}))).await;
        let outcome = discover(&server.url(), server.authority()).await;
        assert_eq!(summary(&outcome), "found", "{transport:?}");
        let assurance = outcome.assurance.map(|assurance| assurance.channel);
        assert_eq!(assurance, Some(channel));
    }
}

#[tokio::test]
async fn a_certificate_for_the_address_needs_no_name() {
    for transport in EncryptedTransport::ALL {
        let server = start(transport, &bob(serde_json::json!({}))).await;
        let url = format!("{}://{}", transport.scheme(), server.address());
        let outcome = discover(&url, server.authority()).await;
        assert_eq!(summary(&outcome), "found", "{transport:?}");
    }
}

#[tokio::test]
async fn a_connection_is_kept_and_shared_by_hundreds_of_questions_at_once() {
    let exchanges = names("example", 0..300);
    for transport in EncryptedTransport::ALL {
        let server = start(transport, &exchanges).await;
        let mut config = trusting(server.authority());
        // hickory's own server closes a connection over QUIC after 100 questions: those that it loses are sent again on another.
        let closes = transport == EncryptedTransport::Quic;
        // Elsewhere, one that is turned away would not be sent again.
        config.sendings = if closes { 12 } else { 1 };
        config.longest_wait = Duration::from_secs(10);
        config.first_wait = config.longest_wait;
        let client = DnsClient::new([server.url().parse().unwrap()], config).unwrap();
        let questions: Vec<_> = (0..300).map(|number| numbered(number, "example")).collect();
        let asking = questions
            .iter()
            .map(|question| client.ask(question, DnssecRequest::Nothing));
        let answers = join_all(asking).await;
        for (answer, question) in answers.iter().zip(&questions) {
            assert_eq!(answer.as_ref().unwrap().answer[0].owner, question.name);
        }
        let heard = server.questions();
        let ports: HashSet<_> = heard.iter().map(|one| one.from.port()).collect();
        let connections = if closes { 3..=4 } else { 1..=1 };
        assert!(
            connections.contains(&ports.len()),
            "{transport:?}: {ports:?}"
        );
    }
}

#[tokio::test]
async fn a_connection_that_the_server_closed_is_opened_again() {
    for transport in EncryptedTransport::ALL {
        let exchanges = bob(serde_json::json!({}));
        let server = start(transport, &exchanges).await;
        let (address, url) = (server.address(), server.url());
        let second = start(transport, &exchanges).await;
        let mut config = trusting(&[server.authority(), second.authority()].concat());
        (config.first_wait, config.longest_wait) = (WAIT, WAIT);
        let client = DnsClient::new([url.parse().unwrap()], config).unwrap();
        let bob = question("bob.example", TypeCodes::DEFAULT.mimi());
        client.ask(&bob, DnssecRequest::Nothing).await.unwrap();
        drop((server, second));
        let again = loop {
            let server = EncryptedDns::start(transport, Flaw::None, address, &exchanges).await;
            match server {
                Ok(server) => break server,
                // Its port is not free yet.
                Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        };
        // Its authority is unknown: were the old connection still there, or the new one not looked at, an answer would come.
        let answer = client.ask(&bob, DnssecRequest::Nothing).await;
        assert!(answer.is_err(), "{transport:?}: {answer:?}");
        assert_eq!(again.questions(), []);
    }
}

#[tokio::test]
async fn questions_are_padded_to_blocks_of_128_octets_and_carry_no_client_subnet() {
    for transport in EncryptedTransport::ALL {
        // The longest label, and names of every length that one can have.
        let owners: Vec<String> = (1..=240).step_by(7).map(name_of_length).collect();
        let exchanges: Vec<Exchange> = owners.iter().flat_map(|owner| exchange(owner)).collect();
        let server = start(transport, &exchanges).await;
        let client = client(&server);
        for owner in &owners {
            let question = question(owner, TypeCodes::DEFAULT.mimi());
            client.ask(&question, DnssecRequest::Nothing).await.unwrap();
        }
        let heard = server.questions();
        assert!(heard.len() >= owners.len());
        let padding_alone = |one: &Overheard| one.options == [12];
        assert!(heard.iter().all(padding_alone), "{heard:?}");
        let lengths: BTreeSet<_> = heard.iter().map(|one| one.length).collect();
        assert_eq!(lengths, BTreeSet::from([128, 256, 384]), "{transport:?}");
    }
}

#[tokio::test]
async fn ordinary_names_make_at_most_two_lengths() {
    for transport in EncryptedTransport::ALL {
        let domain = "people.a-fairly-long-domain-of-a-university-department.example";
        let exchanges = names(domain, 0..50);
        let server = start(transport, &exchanges).await;
        let client = client(&server);
        for number in 0..50 {
            for dnssec in [DnssecRequest::Nothing, DnssecRequest::Signatures] {
                client.ask(&numbered(number, domain), dnssec).await.unwrap();
            }
        }
        let heard = server.questions();
        let lengths: BTreeSet<_> = heard.iter().map(|one| one.length).collect();
        assert!(lengths.len() <= 2, "{transport:?}: {lengths:?}");
    }
}

#[tokio::test]
async fn plain_questions_are_not_padded() {
    let servers = crate::support::Servers::scripted(&bob(serde_json::json!({}))).await;
    assert_eq!(summary(&servers.discover("bob.example").await), "found");
    assert!(servers.overheard().iter().all(|one| one.options.is_empty()));
}

/// An account for this owner.
fn exchange(owner: &str) -> Vec<Exchange> {
    conversation(serde_json::json!([{
        "name": format!("{owner}."), "type": "MIMI",
        "answer": {"answer": [{"owner": format!("{owner}."), "type": "MIMI", "data": "v=MIMI1; a=bob; e=m.example"}]},
    }]))
}

fn names(domain: &str, numbers: std::ops::Range<usize>) -> Vec<Exchange> {
    numbers
        .flat_map(|number| exchange(&format!("user{number}.{domain}")))
        .collect()
}

fn numbered(number: usize, domain: &str) -> mimi_resolver::discovery::Question {
    question(&format!("user{number}.{domain}"), TypeCodes::DEFAULT.mimi())
}

/// A name with labels of 63 octets, `length` octets before its last label.
fn name_of_length(length: usize) -> String {
    let text: Vec<char> = (0..length)
        .map(|position| if position % 64 == 63 { '.' } else { 'a' })
        .collect();
    let text: String = text.into_iter().collect();
    format!("{}.example", text.trim_end_matches('.'))
}
