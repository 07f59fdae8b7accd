//! What is registered is found, over one connection, by requests that say nothing of who is looked for.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use mimi_testkit::OracleFlaw;

use super::{ALICE, ALICES, client, client_with, oracle, subject};

#[tokio::test]
async fn s5_1_2_an_address_is_found_and_another_is_not() {
    let oracle = oracle(OracleFlaw::None).await;
    let client = client(&oracle);
    let entry = client.lookup(&subject(ALICE)).await.unwrap().unwrap();
    assert_eq!(entry.definition_strings, [ALICES.as_bytes()]);
    assert_eq!(
        client.lookup(&subject("bob@example.com")).await.unwrap(),
        None
    );
    let lines: Vec<String> = oracle.heard().into_iter().map(|one| one.line).collect();
    let [parameters, evaluate, bucket, again, bucket_again] = &lines[..] else {
        panic!("{lines:?}");
    };
    assert_eq!(parameters, "GET /.well-known/mimi-oracle");
    assert_eq!([evaluate, again], ["POST /v1/evaluate"; 2]);
    assert!(bucket.starts_with("GET /v1/bucket/"), "{bucket}");
    assert_eq!(bucket, bucket_again);
    assert_eq!(oracle.connections(), 1);
}

#[tokio::test]
async fn requests_for_anybody_have_the_same_fields_and_the_same_length() {
    let oracle = oracle(OracleFlaw::None).await;
    let client = client(&oracle);
    let people = [
        ALICE,
        ALICE,
        "a@b.example",
        "somebody.with.a.long.name@a-long-domain.of.an.example.org",
        "+15551234567",
    ];
    for person in people {
        client.lookup(&subject(person)).await.unwrap();
    }
    let heard = oracle.heard();
    let evaluations = heard.iter().filter(|one| one.line.starts_with("POST"));
    let forms: Vec<_> = evaluations
        .map(|one| (one.line.clone(), one.fields.clone(), one.octets()))
        .collect();
    assert_eq!(forms.len(), people.len());
    assert!(forms.iter().all(|form| *form == forms[0]));
    let bodies: std::collections::HashSet<_> = heard
        .iter()
        .filter(|one| one.line.starts_with("POST"))
        .map(|one| &one.body[10..])
        .collect();
    assert_eq!(bodies.len(), people.len(), "each is blinded anew");
    let everything = heard.iter().flat_map(|one| &one.fields);
    for field in everything {
        let name = field.split(':').next().unwrap();
        let known = ["host", "accept", "content-type", "content-length"];
        assert!(known.contains(&name), "{field}");
    }
}

#[tokio::test]
async fn the_quota_token_goes_with_evaluations_only() {
    let oracle = oracle(OracleFlaw::None).await;
    let client = client_with(&oracle, |config| {
        config.quota_token = Some("abc-_123".parse().unwrap());
    });
    client.lookup(&subject(ALICE)).await.unwrap();
    let carries = |fields: &[String]| {
        fields
            .iter()
            .any(|one| one == "authorization: Bearer abc-_123")
    };
    let carrying: Vec<bool> = oracle
        .heard()
        .iter()
        .map(|one| carries(&one.fields))
        .collect();
    assert_eq!(carrying, [false, true, false]);
}

#[tokio::test]
async fn a_new_epoch_is_learnt_of_when_the_old_one_is_gone() {
    let oracle = oracle(OracleFlaw::None).await;
    let client = client(&oracle);
    client.lookup(&subject(ALICE)).await.unwrap().unwrap();
    oracle.begin_epoch();
    client.lookup(&subject(ALICE)).await.unwrap().unwrap();
    let heard = oracle.heard();
    let parameters = heard.iter().filter(|one| one.line.contains("well-known"));
    assert_eq!(parameters.count(), 2);
}

#[tokio::test]
async fn parameters_are_fetched_anew_once_their_epoch_is_over_by_the_clock() {
    let oracle = oracle(OracleFlaw::None).await;
    let clock = Arc::new(AtomicU64::new(0));
    let client = client_with(&oracle, |config| {
        let real = Arc::clone(&config.now);
        let ahead = Arc::clone(&clock);
        config.now = Arc::new(move || real() + ahead.load(Ordering::SeqCst));
    });
    client.lookup(&subject(ALICE)).await.unwrap().unwrap();
    clock.store(1_000_000, Ordering::SeqCst);
    let error = client.lookup(&subject(ALICE)).await.unwrap_err();
    assert!(error.to_string().contains("clock"), "{error}");
    assert_eq!(oracle.heard().len(), 4);
}

#[tokio::test]
async fn a_connection_that_was_closed_meanwhile_is_opened_again() {
    let oracle = oracle(OracleFlaw::ClosesConnections).await;
    let client = client(&oracle);
    for _ in 0..3 {
        client.lookup(&subject(ALICE)).await.unwrap().unwrap();
    }
    // Parameters once, then two requests for each lookup.
    assert_eq!(oracle.heard().len(), 7);
    assert_eq!(oracle.connections(), 7);
}
