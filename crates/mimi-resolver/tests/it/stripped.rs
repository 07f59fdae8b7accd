//! Whatever happens to the encrypted channel, nothing goes over to plain DNS: a certificate of the wrong name, of an unknown authority, or
//! expired, a server without encryption, one that hangs up, none at all.
//!
//! A plain listener at the same address and port, and at port 53 where that may be had, counts what comes.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use futures_util::future::join_all;
use mimi_resolver::discovery::{Failure, Policy};
use mimi_resolver::{
    DnsClient, DnsClientConfig, DnsClientError, DnssecRequest, Resolver, Server, Upstream,
};
use mimi_rr::TypeCodes;
use mimi_testkit::{EncryptedDns, EncryptedTransport, Flaw, Heard, Manner, PlainListener};

use crate::encrypted::trusting;
use crate::support::{WAIT, bob, name, question, summary};

/// A host of one test: the first three octets are loopback's, the last ones nobody else's.
struct Host {
    ip: Ipv4Addr,
    /// At port 53, if that may be had: root may.
    dns: Option<PlainListener>,
}

impl Host {
    #[expect(clippy::print_stderr, reason = "what a test could not watch is told")]
    async fn new() -> Self {
        static LAST: AtomicU8 = AtomicU8::new(0);
        let number = LAST.fetch_add(1, Ordering::Relaxed);
        let process = std::process::id().to_be_bytes();
        let ip = Ipv4Addr::new(127, 64 | (process[2] & 63), process[3], number);
        let dns = PlainListener::both(SocketAddr::from((ip, 53))).await;
        if let Err(error) = &dns {
            eprintln!("port 53 is not watched: {error}");
        }
        Self { ip, dns: dns.ok() }
    }

    fn free(&self) -> SocketAddr {
        SocketAddr::from((self.ip, 0))
    }
}

/// What reaches plain DNS must be nothing.
fn assert_nothing(heard: &Heard, what: &str) {
    assert_eq!(*heard, Heard::default(), "{what}");
}

/// Long enough for handshakes on a busy machine, short enough for twelve of them within the deadline.
fn short(mut config: DnsClientConfig) -> DnsClientConfig {
    (config.first_wait, config.longest_wait) = (4 * WAIT, 4 * WAIT);
    config
}

/// Discovers through one server; how that ends.
async fn discover(url: &str, config: DnsClientConfig) -> String {
    let client = DnsClient::new([url.parse().unwrap()], short(config)).unwrap();
    let resolver = Resolver::new(client, Policy::default());
    summary(&resolver.discover_text("bob.example").await)
}

/// Discovers through a flawed server, with a plain one at its address; how that ends.
async fn flawed(transport: EncryptedTransport, flaw: Flaw) -> String {
    let host = Host::new().await;
    let exchanges = bob(serde_json::json!({}));
    let server = EncryptedDns::start(transport, flaw, host.free(), &exchanges).await;
    let server = server.unwrap();
    let beside = match transport {
        EncryptedTransport::Quic => PlainListener::tcp(server.address(), Manner::Silent).await,
        _ => PlainListener::udp(server.address()).await,
    };
    let beside = beside.unwrap();
    let ending = discover(&server.url(), trusting(server.authority())).await;
    assert_eq!(server.questions(), [], "{transport:?} {flaw:?}");
    assert_nothing(&beside.heard(), "beside it");
    host.assert_nothing();
    ending
}

impl Host {
    fn assert_nothing(&self) {
        if let Some(dns) = &self.dns {
            assert_nothing(&dns.heard(), "port 53");
        }
    }
}

#[tokio::test]
async fn a_certificate_for_another_name_ends_in_a_failure() {
    let endings = EncryptedTransport::ALL.map(|transport| flawed(transport, Flaw::OtherName));
    assert_eq!(join_all(endings).await, ["temporary_failure tls"; 3]);
}

#[tokio::test]
async fn a_certificate_of_an_unknown_authority_ends_in_a_failure() {
    let endings = EncryptedTransport::ALL.map(|transport| flawed(transport, Flaw::OtherAuthority));
    assert_eq!(join_all(endings).await, ["temporary_failure tls"; 3]);
}

#[tokio::test]
async fn an_expired_certificate_ends_in_a_failure() {
    let endings = EncryptedTransport::ALL.map(|transport| flawed(transport, Flaw::Expired));
    assert_eq!(join_all(endings).await, ["temporary_failure tls"; 3]);
}

#[tokio::test]
async fn quic_without_a_protocol_inside_ends_in_a_failure() {
    // RFC 9001 §8.1. TLS and HTTPS servers may leave it out.
    let ending = flawed(EncryptedTransport::Quic, Flaw::NoAlpn).await;
    assert_eq!(ending, "temporary_failure tls");
}

#[tokio::test]
async fn the_name_behind_the_number_sign_is_the_one_that_counts() {
    let exchanges = bob(serde_json::json!({}));
    let checks = EncryptedTransport::ALL.map(async |transport| {
        let host = Host::new().await;
        let server = EncryptedDns::start(transport, Flaw::None, host.free(), &exchanges).await;
        let server = server.unwrap();
        // Its certificate is for dns.example.net and 127.0.0.1, and the host has another address.
        let (scheme, address) = (transport.scheme(), server.address());
        for url in [
            format!("{scheme}://{address}"),
            format!("{scheme}://{address}#example.net"),
            format!("{scheme}://{address}#a.dns.example.net"),
        ] {
            let ending = discover(&url, trusting(server.authority())).await;
            assert_eq!(ending, "temporary_failure tls", "{url}");
        }
        assert_eq!(server.questions(), []);
        let ending = discover(&server.url(), trusting(server.authority())).await;
        assert_eq!(ending, "found");
        host.assert_nothing();
    });
    join_all(checks).await;
}

#[tokio::test]
async fn public_authorities_do_not_vouch_for_a_test() {
    let exchanges = bob(serde_json::json!({}));
    let address = Host::new().await.free();
    let server = EncryptedDns::start(EncryptedTransport::Tls, Flaw::None, address, &exchanges);
    let server = server.await.unwrap();
    let ending = discover(&server.url(), DnsClientConfig::default()).await;
    assert_eq!(ending, "temporary_failure tls");
}

#[tokio::test]
async fn a_server_without_encryption_is_told_nothing() {
    let manners = [
        (Manner::Silent, "temporary_failure timeout"),
        (Manner::Greets, "temporary_failure tls"),
        (Manner::Closes, "temporary_failure tls"),
        (Manner::HangsUp, "temporary_failure tls"),
    ];
    let tls = manners.map(|(manner, ending)| without_encryption("tls", manner, ending));
    let https = manners.map(|(manner, ending)| without_encryption("https", manner, ending));
    join_all(tls.into_iter().chain(https)).await;
}

async fn without_encryption(scheme: &str, manner: Manner, ending: &str) {
    let host = Host::new().await;
    let plain = PlainListener::tcp(host.free(), manner).await.unwrap();
    let beside = PlainListener::udp(plain.address()).await.unwrap();
    let url = format!("{scheme}://{}#dns.example.net", plain.address());
    let ended = discover(&url, DnsClientConfig::default()).await;
    assert_eq!(ended, ending, "{scheme} {manner:?}");
    // Handshakes came, and no question.
    let heard = plain.heard();
    assert!(heard.connections > 0);
    assert!(!heard.has_name(name("bob.example").as_wire()));
    assert_nothing(&beside.heard(), "beside it");
    host.assert_nothing();
}

#[tokio::test]
async fn a_udp_port_without_quic_is_told_nothing() {
    let host = Host::new().await;
    let plain = PlainListener::udp(host.free()).await.unwrap();
    let beside = PlainListener::tcp(plain.address(), Manner::Silent).await;
    let url = format!("quic://{}#dns.example.net", plain.address());
    let ended = discover(&url, DnsClientConfig::default()).await;
    assert_eq!(ended, "temporary_failure timeout");
    let heard = plain.heard();
    assert!(heard.datagrams > 0);
    assert!(!heard.has_name(name("bob.example").as_wire()));
    assert_nothing(&beside.unwrap().heard(), "beside it");
    host.assert_nothing();
}

#[tokio::test]
async fn where_nobody_listens_nobody_else_is_asked() {
    let checks = EncryptedTransport::ALL.map(async |transport| {
        let host = Host::new().await;
        // Privileged, and nothing has used it for decades.
        let address = SocketAddr::from((host.ip, 1));
        let beside = match transport {
            EncryptedTransport::Quic => None,
            // The other half of a port is open to root only.
            _ => PlainListener::udp(address).await.ok(),
        };
        let url = format!("{}://{address}#dns.example.net", transport.scheme());
        let ended = discover(&url, DnsClientConfig::default()).await;
        let expected = match transport {
            // The news that nobody listens could be forged, and QUIC does not heed it.
            EncryptedTransport::Quic => "temporary_failure timeout",
            _ => "temporary_failure network",
        };
        assert_eq!(ended, expected, "{transport:?}");
        if let Some(beside) = beside {
            assert_nothing(&beside.heard(), "beside it");
        }
        host.assert_nothing();
    });
    join_all(checks).await;
}

#[tokio::test]
async fn another_server_of_the_list_is_asked_as_its_own_text_says() {
    let exchanges = bob(serde_json::json!({}));
    let tls = EncryptedTransport::Tls;
    let host = Host::new().await;
    let flawed = EncryptedDns::start(tls, Flaw::Expired, host.free(), &exchanges).await;
    let sound = EncryptedDns::start(tls, Flaw::None, host.free(), &exchanges).await;
    let (flawed, sound) = (flawed.unwrap(), sound.unwrap());
    let authorities = [flawed.authority(), sound.authority()].concat();
    let servers = [&flawed, &sound].map(|server| server.url().parse::<Server>().unwrap());
    let mut config = trusting(&authorities);
    config.first_wait = Duration::from_secs(3);
    let client = DnsClient::new(servers, config).unwrap();
    let bob = question("bob.example", TypeCodes::DEFAULT.mimi());
    let answer = client.ask(&bob, DnssecRequest::Nothing).await;
    assert_eq!(answer.map(|response| response.rcode), Ok(0));
    assert_eq!((flawed.questions().len(), sound.questions().len()), (0, 1));
    host.assert_nothing();
}

#[tokio::test]
async fn d39_a_question_opens_at_most_twelve_connections() {
    for manner in [Manner::Silent, Manner::HangsUp] {
        let host = Host::new().await;
        let plain = PlainListener::tcp(host.free(), manner).await.unwrap();
        let url = format!("tls://{}#dns.example.net", plain.address());
        let mut config = DnsClientConfig::default();
        (config.first_wait, config.longest_wait) = (WAIT, WAIT);
        config.sendings = 100;
        let client = DnsClient::new([url.parse().unwrap()], config).unwrap();
        let bob = question("bob.example", TypeCodes::DEFAULT.mimi());
        let answer = client.ask(&bob, DnssecRequest::Nothing).await;
        assert!(matches!(answer, Err(Failure::Tls | Failure::Timeout)));
        let connections = plain.heard().connections;
        assert!((1..=12).contains(&connections), "{connections}");
    }
}

#[test]
fn a_plain_server_is_refused_where_encryption_is_required() {
    let mut config = DnsClientConfig::default();
    config.require_encrypted = true;
    // Loopback counts as plain, too: what listens there may ask others in the clear.
    for plain in [
        "192.0.2.1",
        "tcp://192.0.2.1",
        "127.0.0.1",
        "tcp://[::1]:5353",
    ] {
        let servers = ["tls://192.0.2.1#dns.example.net", plain];
        let servers = servers.map(|text| text.parse::<Server>().unwrap());
        let server = servers[1].clone();
        let refused = DnsClient::new(servers, config.clone()).err();
        assert_eq!(refused, Some(DnsClientError::PlainServer { server }));
    }
    let encrypted = ["tls://192.0.2.1", "https://192.0.2.1", "quic://127.0.0.1"];
    let servers = encrypted.map(|text| text.parse::<Server>().unwrap());
    assert!(DnsClient::new(servers, config).is_ok());
}
