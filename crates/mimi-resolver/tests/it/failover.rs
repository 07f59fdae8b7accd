//! Servers take turns: what makes the next one be asked, and what does not.

use mimi_resolver::{DnssecRequest, Upstream};
use mimi_rr::TypeCodes;
use mimi_testkit::ServerKind::{Dead, Refused, Scripted, ScriptedTcp, Servfail, Silent};
use mimi_testkit::{ServerKind, ServerTransport};

use crate::support::{Servers, bob, conversation, question, short_waits, summary};

async fn ask(kinds: &[ServerKind]) -> (String, Vec<usize>) {
    let servers = Servers::start(kinds, &bob(serde_json::json!({}))).await;
    let outcome = servers.discover("bob.example").await;
    (summary(&outcome), servers.counts())
}

#[tokio::test]
async fn a_server_error_gives_way_to_the_next_server() {
    for first in [Servfail, Refused] {
        let (summary, counts) = ask(&[first, Scripted]).await;
        assert_eq!(summary, "found");
        assert!(counts[0] >= 1 && counts[1] >= 1, "{counts:?}");
    }
}

#[tokio::test]
async fn a_dead_or_silent_server_gives_way_to_the_next_one() {
    for first in [Dead, Silent] {
        let (summary, counts) = ask(&[first, Scripted]).await;
        assert_eq!(summary, "found");
        assert!(counts[1] >= 1, "{counts:?}");
    }
}

#[tokio::test]
async fn the_error_of_every_server_is_the_answer() {
    let (summary, counts) = ask(&[Servfail, Refused]).await;
    assert_eq!(summary, "temporary_failure server-failure");
    assert!(counts.iter().sum::<usize>() <= 4, "{counts:?}");
}

#[tokio::test]
async fn an_error_leaves_the_other_server_its_time() {
    let slow = bob(serde_json::json!({"udp": [[], [], ["answer"]]}));
    let servers = Servers::start(&[Servfail, Scripted], &slow).await;
    let outcome = servers.discover("bob.example").await;
    assert_eq!(summary(&outcome), "found");
}

#[tokio::test]
async fn an_error_is_the_answer_when_the_other_server_stays_silent() {
    let (summary, counts) = ask(&[Servfail, Silent]).await;
    assert_eq!(summary, "temporary_failure server-failure");
    // A server that answered is not asked again, unless its answer was lost.
    assert!(counts[0] < counts[1], "{counts:?}");
}

#[tokio::test]
async fn never_asks_another_server_after_an_answer() {
    let gone = conversation(serde_json::json!([{
        "name": "bob.example.", "type": "MIMI", "answer": {"rcode": "NXDOMAIN"},
    }]));
    for exchanges in [bob(serde_json::json!({})), gone] {
        let servers = Servers::start(&[Scripted, Servfail], &exchanges).await;
        let mut config = mimi_resolver::DnsClientConfig::default();
        // Longer than any stall of the machine that this runs on.
        config.first_wait = std::time::Duration::from_secs(3);
        let resolver = mimi_resolver::Resolver::new(servers.client(config), Default::default());
        let outcome = resolver.discover_text("bob.example").await;
        assert_ne!(outcome.ending.as_str(), "temporary_failure");
        assert_eq!(servers.counts(), [1, 0]);
    }
}

#[tokio::test]
async fn asks_a_tcp_server_over_tcp_only() {
    let servers = Servers::start(&[ScriptedTcp], &bob(serde_json::json!({}))).await;
    assert_eq!(summary(&servers.discover("bob.example").await), "found");
    let overheard = servers.overheard();
    assert!(!overheard.is_empty());
    let is_tcp = |one: &mimi_testkit::Overheard| one.transport == ServerTransport::Tcp;
    assert!(overheard.iter().all(is_tcp));
}

#[tokio::test]
async fn fails_without_servers() {
    let servers = Servers::start(&[], &[]).await;
    let outcome = servers.discover("bob.example").await;
    assert_eq!(summary(&outcome), "temporary_failure network");
}

#[tokio::test]
async fn a_server_that_stays_silent_is_passed_over_by_later_questions() {
    let servers = Servers::start(&[Silent, Scripted], &bob(serde_json::json!({}))).await;
    let client = servers.client(short_waits());
    let question = question("bob.example", TypeCodes::DEFAULT.mimi());
    for _ in 0..12 {
        let answer = client.ask(&question, DnssecRequest::Nothing).await;
        assert_eq!(answer.map(|response| response.rcode), Ok(0));
    }
    // Two, and one whenever its rest is over; rests grow, so that twelve would take minutes.
    let [silent, scripted] = servers.counts()[..] else {
        panic!("two servers");
    };
    assert!((2..12).contains(&silent), "{silent}");
    assert!(scripted >= 12, "{scripted}");
}

#[tokio::test]
async fn a_server_that_answers_with_errors_is_asked_again_for_the_next_name() {
    // The name may be to blame, and whoever publishes a broken one must not be able to choose among the servers.
    let servers = Servers::start(&[Servfail, Scripted], &bob(serde_json::json!({}))).await;
    let client = servers.client(short_waits());
    let question = question("bob.example", TypeCodes::DEFAULT.mimi());
    for asked in 1..=5 {
        let answer = client.ask(&question, DnssecRequest::Nothing).await;
        assert_eq!(answer.map(|response| response.rcode), Ok(0));
        assert!(servers.counts()[0] >= asked);
    }
}
