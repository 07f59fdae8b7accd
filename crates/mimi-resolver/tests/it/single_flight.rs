//! Equal questions that are asked at the same time are sent once.

use std::time::Duration;

use futures_util::future::join_all;
use mimi_resolver::Resolver;
use mimi_resolver::discovery::Policy;

use crate::support::{Counts, Servers, Unwired, conversation, name};

fn resolver() -> (Resolver<Unwired>, Counts) {
    let counts = Counts::default();
    let upstream = Unwired {
        delay: Duration::from_millis(100),
        counts: counts.clone(),
    };
    (Resolver::new(upstream, Policy::default()), counts)
}

#[tokio::test(start_paused = true)]
async fn equal_questions_in_flight_are_sent_once() {
    let (resolver, counts) = resolver();
    let asking = (0..20).map(|_| resolver.discover_text("bob.example"));
    let outcomes = join_all(asking).await;
    assert!(outcomes.iter().all(|outcome| outcome.groups().len() == 1));
    assert_eq!(counts.asked(), 1);
}

#[tokio::test(start_paused = true)]
async fn names_that_differ_in_case_are_equal_questions() {
    let (resolver, counts) = resolver();
    let asking = ["bob.example", "BOB.example", "bob.EXAMPLE."];
    let outcomes = join_all(asking.map(|text| resolver.discover_text(text))).await;
    assert!(outcomes.iter().all(|outcome| outcome.groups().len() == 1));
    assert_eq!(counts.asked(), 1);
}

#[tokio::test(start_paused = true)]
async fn addresses_of_one_domain_cost_one_mimix_question() {
    let (resolver, counts) = resolver();
    let addresses: Vec<String> = (0..50)
        .map(|number| format!("user{number}@example.com"))
        .collect();
    let outcomes = join_all(addresses.iter().map(|text| resolver.discover_text(text))).await;
    assert!(outcomes.iter().all(|outcome| outcome.groups().len() == 1));
    assert_eq!(counts.asked(), 1 + 50);
}

#[tokio::test]
async fn addresses_of_one_domain_send_one_mimix_question() {
    let mut exchanges = conversation(serde_json::json!([{
        "name": "example.com.", "type": "MIMIX", "delay_ms": 20,
        "answer": {"answer": [{"owner": "example.com.", "type": "MIMIX", "data": "m.example."}]},
    }]));
    let addresses: Vec<String> = (0..8)
        .map(|number| format!("user{number}@example.com"))
        .collect();
    for number in 0..8 {
        let owner = format!("user{number}.m.example.");
        exchanges.extend(conversation(serde_json::json!([{
            "name": owner, "type": "MIMI",
            "answer": {"answer": [{"owner": owner, "type": "MIMI", "data": "v=MIMI1; a=bob; e=m.example"}]},
        }])));
    }
    let servers = Servers::scripted(&exchanges).await;
    // Generous waits: a question that is sent again would be counted.
    let client = servers.client(mimi_resolver::DnsClientConfig::default());
    let resolver = Resolver::new(client, Policy::default());
    let outcomes = join_all(addresses.iter().map(|text| resolver.discover_text(text))).await;
    assert!(outcomes.iter().all(|outcome| outcome.groups().len() == 1));
    let domain = name("example.com");
    let heard = servers.overheard();
    let mimix = heard.iter().filter(|one| one.name == domain).count();
    // One lost packet may cost one more; eight addresses do not.
    assert!(mimix <= 2, "{mimix} MIMIX questions");
}

#[tokio::test(start_paused = true)]
async fn keeps_nothing_after_its_flight_where_it_is_told_so() {
    let (resolver, counts) = resolver();
    let resolver = resolver.uncached();
    for asked in 1..=3 {
        resolver.discover_text("bob.example").await;
        assert_eq!(counts.asked(), asked);
    }
}

/// The answer has a TTL of 3600 s; the MIMIX answer is shared by all addresses of the domain.
#[tokio::test(start_paused = true)]
async fn a_kept_answer_is_not_asked_for_again_while_it_is_fresh() {
    let (resolver, counts) = resolver();
    for identifier in [
        "bob.example",
        "BOB.example",
        "a@people.example",
        "b@people.example",
    ] {
        let outcome = resolver.discover_text(identifier).await;
        assert_eq!(outcome.groups().len(), 1);
    }
    // One for the MUI, one MIMIX, and one for each address.
    assert_eq!(counts.asked(), 4);
    tokio::time::advance(Duration::from_secs(3601)).await;
    resolver.discover_text("bob.example").await;
    assert_eq!(counts.asked(), 5);
}

#[tokio::test(start_paused = true)]
async fn never_ends_a_flight_that_somebody_else_waits_for() {
    let (resolver, counts) = resolver();
    let patient = resolver.discover_text("bob.example");
    let hasty = tokio::time::timeout(
        Duration::from_millis(10),
        resolver.discover_text("bob.example"),
    );
    // The hasty one is polled first, so that the flight is the one it began.
    let (hasty, patient) = tokio::join!(hasty, patient);
    assert!(hasty.is_err());
    assert_eq!(patient.groups().len(), 1);
    assert_eq!((counts.asked(), counts.open()), (1, 0));
}
