//! What an oracle hears of four hundred lookups, octet by octet: nothing tells one person from many.

use std::collections::BTreeSet;

use mimi_oracle::client::OracleClient;
use mimi_testkit::{HeardRequest, OracleFlaw, ScriptedOracle};

use super::{ALICE, PEOPLE, client, subject};

const LOOKUPS: usize = 200;

/// Among so many buckets, two hundred people do not all fall into one.
const BUCKETS: u32 = 16;

/// Octets of a request before its elements: the epoch, and how many there are.
const BEFORE_ELEMENTS: usize = 10;

/// What was heard of these lookups, one after the other.
async fn heard(
    oracle: &ScriptedOracle,
    client: &OracleClient,
    people: impl Iterator<Item = String>,
) -> Vec<HeardRequest> {
    let before = oracle.heard().len();
    for person in people {
        client.lookup(&subject(&person)).await.unwrap();
    }
    oracle.heard().split_off(before)
}

/// All of a request but what follows the octets that every lookup begins with.
fn head(request: &HeardRequest) -> (&str, &[String], &[u8], usize) {
    let body = request.body.get(..BEFORE_ELEMENTS).unwrap_or(&request.body);
    (&request.line, &request.fields, body, request.octets())
}

fn parts(heard: &[HeardRequest], path: &str) -> Vec<HeardRequest> {
    let is_for = |one: &&HeardRequest| one.line.contains(path);
    heard.iter().filter(is_for).cloned().collect()
}

#[tokio::test]
async fn lookups_of_one_person_and_of_many_differ_in_the_element_and_in_the_bucket_alone() {
    let oracle = ScriptedOracle::start_with_buckets(OracleFlaw::None, PEOPLE, BUCKETS)
        .await
        .unwrap();
    let client = client(&oracle);
    // Fetches the parameters, which are kept.
    client.lookup(&subject(ALICE)).await.unwrap();
    let same = std::iter::repeat_n(ALICE.to_owned(), LOOKUPS);
    let same = heard(&oracle, &client, same).await;
    let people = (0..LOOKUPS).map(|n| match n % 2 {
        0 => format!("person.{n}{}@{n}.example", "x".repeat(n % 50)),
        _ => format!("+1555{n:07}"),
    });
    let many = heard(&oracle, &client, people).await;

    let evaluations = [parts(&same, "/v1/evaluate"), parts(&many, "/v1/evaluate")].concat();
    let buckets = [&same, &many].map(|heard| parts(heard, "/v1/bucket/"));
    assert_eq!(same.len() + many.len(), 4 * LOOKUPS);
    assert_eq!(evaluations.len(), 2 * LOOKUPS);
    assert_eq!(buckets.each_ref().map(Vec::len), [LOOKUPS; 2]);
    // Each lookup is an evaluation and then a bucket, over the one connection.
    for pair in same.chunks(2).chain(many.chunks(2)) {
        assert_eq!(pair[0].line, "POST /v1/evaluate");
        assert!(pair[1].line.starts_with("GET /v1/bucket/"));
    }
    assert_eq!(oracle.connections(), 1);

    let elements: BTreeSet<_> = evaluations
        .iter()
        .map(|one| &one.body[BEFORE_ELEMENTS..])
        .collect();
    assert_eq!(elements.len(), 2 * LOOKUPS, "each is blinded anew");
    for one in &evaluations {
        assert_eq!(one.body.len(), BEFORE_ELEMENTS + 32);
        assert_eq!(head(one), head(&evaluations[0]));
    }

    let cut = |one: &HeardRequest| {
        let (route, index) = one.line.rsplit_once('/').unwrap();
        (route.to_owned(), index.to_owned())
    };
    let (route, _) = cut(&buckets[0][0]);
    for one in buckets.iter().flatten() {
        assert_eq!(cut(one).0, route);
        assert_eq!(one.fields, buckets[0][0].fields);
        assert!(one.body.is_empty());
    }
    let indices = buckets.map(|heard| heard.iter().map(|one| cut(one).1).collect());
    let [of_one, of_many]: [BTreeSet<String>; 2] = indices;
    assert_eq!(of_one.len(), 1, "the same person lies in the same bucket");
    assert!(of_many.len() > 1);
}
