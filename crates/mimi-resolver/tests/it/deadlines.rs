//! D39: every discovery ends at its deadline, and a discovery that is dropped stops.

use std::time::Duration;

use mimi_resolver::Resolver;
use mimi_resolver::discovery::Policy;
use tokio::time::Instant;

use crate::support::{Counts, Servers, Unwired, WAIT, bob, summary};

fn slow_resolver(deadline: Duration) -> (Resolver<Unwired>, Counts) {
    let counts = Counts::default();
    let upstream = Unwired {
        delay: Duration::from_secs(10),
        counts: counts.clone(),
    };
    let policy = Policy {
        deadline,
        ..Policy::default()
    };
    (Resolver::new(upstream, policy), counts)
}

#[tokio::test(start_paused = true)]
async fn ends_at_the_deadline_and_lets_its_questions_go() {
    let (resolver, counts) = slow_resolver(Duration::from_secs(15));
    let start = Instant::now();
    let outcome = resolver.discover_text("bob@example.com").await;
    // The first step takes ten seconds, and the second would end after twenty.
    assert_eq!(summary(&outcome), "temporary_failure timeout");
    assert_eq!(outcome.step.map(|step| step.as_str()), Some("mimi"));
    assert!(start.elapsed() < Duration::from_secs(16));
    assert_eq!((counts.asked(), counts.open()), (2, 0));
}

#[tokio::test(start_paused = true)]
async fn a_longer_deadline_lets_the_same_answers_in() {
    let (resolver, _) = slow_resolver(Duration::from_secs(25));
    let outcome = resolver.discover_text("bob@example.com").await;
    assert_eq!(summary(&outcome), "found");
}

#[tokio::test(start_paused = true)]
async fn a_deadline_that_never_comes_is_allowed() {
    let (resolver, _) = slow_resolver(Duration::MAX);
    let outcome = resolver.discover_text("bob@example.com").await;
    assert_eq!(summary(&outcome), "found");
}

#[tokio::test]
async fn ends_at_the_deadline_over_sockets() {
    let servers = Servers::scripted(&bob(serde_json::json!({"udp": [[]]}))).await;
    let policy = Policy {
        deadline: 3 * WAIT,
        ..Policy::default()
    };
    let outcome = servers.resolver(policy).discover_text("bob.example").await;
    assert_eq!(summary(&outcome), "temporary_failure timeout");
    assert!(servers.overheard().len() < 12);
}

#[tokio::test]
async fn never_sends_after_the_discovery_is_dropped() {
    let servers = Servers::scripted(&bob(serde_json::json!({"udp": [[]]}))).await;
    let resolver = servers.resolver(Policy::default());
    let discovery = resolver.discover_text("bob.example");
    assert!(tokio::time::timeout(3 * WAIT, discovery).await.is_err());
    // What is on its way arrives.
    tokio::time::sleep(WAIT).await;
    let sent = servers.overheard().len();
    assert!(sent > 0);
    tokio::time::sleep(4 * WAIT).await;
    assert_eq!(servers.overheard().len(), sent);
}
