//! What is not the answer is not used: another ID, question or case, a part of the answer, no message at all (D7).

use futures_util::future::join_all;
use mimi_testkit::ServerTransport;

use crate::support::{Servers, bob, summary};

/// How it ends when `kind` is all that comes to every sending. Forged answers say NXDOMAIN, so that their use shows.
async fn only(kind: &str) -> String {
    let servers = Servers::scripted(&bob(serde_json::json!({"udp": [[kind]]}))).await;
    summary(&servers.discover("bob.example").await)
}

/// How it ends when `kind` comes first, and then the answer.
async fn first(kind: &str) -> String {
    let sendings = serde_json::json!({"udp": [[kind, "answer"], ["answer"]]});
    let servers = Servers::scripted(&bob(sendings)).await;
    summary(&servers.discover("bob.example").await)
}

#[tokio::test]
async fn refuses_answers_with_another_id_or_question() {
    let kinds = ["wrong-id", "wrong-question", "wrong-type"];
    assert_eq!(
        join_all(kinds.map(only)).await,
        ["temporary_failure timeout"; 3]
    );
    assert_eq!(join_all(kinds.map(first)).await, ["found"; 3]);
}

#[tokio::test]
async fn refuses_answers_in_another_case() {
    assert_eq!(only("wrong-case").await, "temporary_failure malformed");
    assert_eq!(first("wrong-case").await, "found");
}

#[tokio::test]
async fn refuses_what_is_no_response() {
    let kinds = ["echo", "garbage", "noise"];
    assert_eq!(
        join_all(kinds.map(only)).await,
        [
            "temporary_failure malformed",
            "temporary_failure malformed",
            // Another ID is not even looked at.
            "temporary_failure timeout",
        ]
    );
    assert_eq!(join_all(kinds.map(first)).await, ["found"; 3]);
}

#[tokio::test]
async fn never_uses_a_truncated_answer() {
    let json = serde_json::json!({
        "answer": {"truncated": true, "answer": [{"owner": "bob.example.", "type": "MIMI", "data": "v=MIMI1; a=bob; e=m.example"}]},
    });
    let servers = Servers::scripted(&bob(json)).await;
    let outcome = servers.discover("bob.example").await;
    assert_eq!(summary(&outcome), "temporary_failure truncated");
    let transports: Vec<_> = servers
        .overheard()
        .iter()
        .map(|one| one.transport)
        .collect();
    assert!(transports.contains(&ServerTransport::Tcp), "{transports:?}");
}

#[tokio::test]
async fn goes_over_to_tcp_for_a_truncated_answer() {
    let servers = Servers::scripted(&bob(serde_json::json!({"udp": [["truncated"]]}))).await;
    assert_eq!(summary(&servers.discover("bob.example").await), "found");
    let last = servers.overheard().pop().unwrap();
    assert_eq!(last.transport, ServerTransport::Tcp);
}

#[tokio::test]
async fn a_server_that_ignores_case_will_do_where_case_does_not_vary() {
    let sendings = serde_json::json!({"udp": [["wrong-case"]]});
    let servers = Servers::scripted(&bob(sendings)).await;
    let mut config = crate::support::short_waits();
    config.case_randomization = false;
    let resolver = mimi_resolver::Resolver::new(servers.client(config), Default::default());
    // The scripted answer in another case says NXDOMAIN.
    let outcome = resolver.discover_text("bob.example").await;
    assert_eq!(summary(&outcome), "no_such_name");
}
