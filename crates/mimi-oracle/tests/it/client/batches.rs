//! Address books: one evaluation for all, each bucket once.

use std::collections::HashSet;

use mimi_oracle::client::{ExchangeError, LookupError};
use mimi_testkit::{OracleFlaw, ScriptedOracle};

use super::{client, subject};

#[tokio::test]
async fn an_address_book_is_one_evaluation_and_each_bucket_once() {
    let names: Vec<String> = (0..40).map(|n| format!("person{n}@example.com")).collect();
    let strings: Vec<String> = (0..40)
        .map(|n| format!("v=MIMI1; a=person{n}; e=im.example.org"))
        .collect();
    let shown: Vec<[&str; 1]> = strings.iter().map(|string| [string.as_str()]).collect();
    // Every second one is registered.
    let people: Vec<(&str, &[&str])> = names
        .iter()
        .zip(&shown)
        .step_by(2)
        .map(|(name, string)| (name.as_str(), &string[..]))
        .collect();
    let oracle = ScriptedOracle::start_with_buckets(OracleFlaw::None, &people, 8)
        .await
        .unwrap();
    let mut subjects: Vec<_> = names.iter().map(|name| subject(name)).collect();
    // The first one twice, in another spelling.
    subjects.push(subject("PERSON0@EXAMPLE.com"));
    let answers = client(&oracle).lookup_all(&subjects).await;
    assert_eq!(answers.len(), 41);
    for (n, answer) in answers.iter().enumerate() {
        let n = n % 40;
        let found = answer.as_ref().unwrap().as_ref();
        let found = found.map(|entry| entry.definition_strings[0].as_slice());
        let expected = (n % 2 == 0).then(|| strings[n].as_bytes());
        assert_eq!(found, expected, "person {n}");
    }
    let heard = oracle.heard();
    let evaluations: Vec<_> = heard
        .iter()
        .filter(|one| one.line.starts_with("POST"))
        .collect();
    assert_eq!(evaluations.len(), 1);
    assert_eq!(evaluations[0].body.len(), 8 + 2 + 40 * 32);
    let buckets = heard.iter().filter(|one| one.line.contains("/bucket/"));
    let buckets: Vec<&String> = buckets.map(|one| &one.line).collect();
    let distinct: HashSet<_> = buckets.iter().collect();
    assert_eq!(buckets.len(), distinct.len());
    assert!(distinct.len() > 4, "{distinct:?}");
    assert!(oracle.connections() <= 4);
}

#[tokio::test]
async fn what_fails_for_all_is_said_of_each() {
    let oracle = super::oracle(OracleFlaw::OtherLookupKey).await;
    let subjects = ["a@b.example", "c@b.example"].map(subject);
    let answers = client(&oracle).lookup_all(&subjects).await;
    assert_eq!(answers.len(), 2);
    assert!(
        answers
            .iter()
            .all(|one| one.as_ref().unwrap_err().is_forgery())
    );
}

#[tokio::test]
async fn a_bucket_that_fails_says_nothing_of_others() {
    let oracle = super::oracle(OracleFlaw::NoBuckets).await;
    let answers = client(&oracle)
        .lookup_all(&["a@b.example"].map(subject))
        .await;
    assert!(matches!(
        &answers[..],
        [Err(LookupError::Exchange(ExchangeError::Status {
            status: 404,
            ..
        }))]
    ));
    assert!(client(&oracle).lookup_all(&[]).await.is_empty());
}
