//! What anybody may ask, and what caches may do with the answers.

use mimi_oracle::limits::{BUCKET_OCTETS, MAX_BATCH};
use mimi_oracle::lookup::{Blinding, EvaluationRequest, EvaluationResponse};
use mimi_oracle::server::{Admission, Credentials, Refusal};
use std::sync::{Arc, Mutex};

use super::http::send;
use super::oracle::{HOUR, NOW, Oracle};
use crate::world::subject;

#[tokio::test]
async fn each_answer_says_how_long_it_may_be_kept() {
    let oracle = Oracle::start().await;
    let parameters = oracle.get("/.well-known/mimi-oracle").await;
    assert_eq!(
        parameters.header("cache-control"),
        Some("public, max-age=300")
    );
    assert_eq!(parameters.header("content-type"), Some("application/json"));

    oracle.advance(100);
    let bucket = oracle.get(&format!("/v1/bucket/{NOW}/0")).await;
    assert_eq!(bucket.body.len(), BUCKET_OCTETS);
    let until_the_end = format!("public, max-age={}, immutable", HOUR + 600 - 100);
    assert_eq!(bucket.header("cache-control"), Some(&*until_the_end));
    assert_eq!(
        bucket.header("content-type"),
        Some("application/octet-stream")
    );

    let subjects = [subject("alice@example.com")];
    let request = Blinding::new(&subjects).unwrap().request(NOW).encode();
    let evaluated = send(oracle.address, "POST", "/v1/evaluate", &[], request).await;
    assert_eq!(evaluated.header("cache-control"), Some("no-store"));
    assert_eq!(
        evaluated.header("content-type"),
        Some("application/octet-stream")
    );
}

#[tokio::test]
async fn a_batch_of_the_most_is_evaluated_with_one_proof() {
    let oracle = Oracle::start_with(|config, _| config.quota.burst = 2_000).await;
    let subjects: Vec<_> = (0..MAX_BATCH)
        .map(|n| subject(&format!("user{n}@example.com")))
        .collect();
    let blinding = Blinding::new(&subjects).unwrap();
    let request = blinding.request(NOW).encode();
    assert_eq!(request.len(), EvaluationRequest::MAX_OCTETS);
    let response = send(oracle.address, "POST", "/v1/evaluate", &[], request).await;
    let response = EvaluationResponse::decode(&response.body).unwrap();
    let parameters = oracle.parameters().await;
    let public = parameters.lookup_key(&parameters.epochs[0]).unwrap();
    let outputs = blinding.finalize(&response, public).unwrap();
    assert_eq!(outputs.len(), MAX_BATCH);
    let counted = format!("mimi_oracle_evaluations_total {MAX_BATCH}\n");
    assert!(oracle.metrics().await.contains(&counted));
}

#[tokio::test]
async fn an_epoch_is_served_beside_the_next_until_it_ends() {
    let mut oracle = Oracle::start().await;
    oracle.next_epoch().await;
    let numbers: Vec<u64> = oracle
        .parameters()
        .await
        .epochs
        .iter()
        .map(|e| e.number)
        .collect();
    assert_eq!(numbers, [NOW, NOW + HOUR]);
    let ask = async |oracle: &Oracle, number: u64| {
        let subjects = [subject("alice@example.com")];
        let request = Blinding::new(&subjects).unwrap().request(number).encode();
        let evaluated = send(oracle.address, "POST", "/v1/evaluate", &[], request).await;
        let bucket = oracle.get(&format!("/v1/bucket/{number}/0")).await;
        (evaluated.status.as_u16(), bucket.status.as_u16())
    };
    assert_eq!(ask(&oracle, NOW).await, (200, 200));
    assert_eq!(ask(&oracle, NOW + HOUR).await, (200, 200));
    assert_eq!(ask(&oracle, NOW + 1).await, (410, 404));
    oracle.advance(600);
    assert_eq!(ask(&oracle, NOW).await, (410, 404));
    assert_eq!(ask(&oracle, NOW + HOUR).await, (200, 200));
    assert_eq!(oracle.parameters().await.epochs.len(), 1);
}

#[tokio::test]
async fn an_oracle_whose_epochs_are_all_over_says_that_it_is_not_available() {
    let oracle = Oracle::start().await;
    let metrics = oracle.running().metrics_addr().unwrap();
    let healthy = send(metrics, "GET", "/healthz", &[], "").await;
    assert_eq!(healthy.status, 200);
    // Nobody wakes it, as if the build took long.
    oracle.advance(HOUR + 600);
    let parameters = oracle.get("/.well-known/mimi-oracle").await;
    assert_eq!(parameters.refusal(), (503, "unavailable".to_owned()));
    let ill = send(metrics, "GET", "/healthz", &[], "").await;
    assert_eq!(ill.status, 503);
}

/// Takes the place of quotas, as another scheme would.
#[derive(Default)]
struct Remembering(Mutex<Vec<(bool, u32)>>);

impl Admission for Remembering {
    fn admit(
        &self,
        credentials: &Credentials<'_>,
        evaluations: u32,
        _: u64,
    ) -> Result<(), Refusal> {
        let mut asked = self.0.lock().unwrap();
        asked.push((credentials.token == Some("a-private-token"), evaluations));
        if credentials.token.is_some() {
            Ok(())
        } else {
            Err(Refusal::Token)
        }
    }
}

#[tokio::test]
async fn another_scheme_of_admission_fits_in_the_place_of_quotas() {
    let scheme = Arc::new(Remembering::default());
    let admission = scheme.clone();
    let oracle = Oracle::start_with(|config, _| config.admission = Some(admission)).await;
    let subjects = [subject("alice@example.com"), subject("bob@example.com")];
    let request = Blinding::new(&subjects).unwrap().request(NOW).encode();
    let headers = [("authorization", "Bearer a-private-token")];
    let admitted = send(
        oracle.address,
        "POST",
        "/v1/evaluate",
        &headers,
        request.clone(),
    )
    .await;
    assert_eq!(admitted.status, 200);
    let refused = send(oracle.address, "POST", "/v1/evaluate", &[], request).await;
    assert_eq!(refused.refusal(), (401, "quota-token-refused".to_owned()));
    assert_eq!(*scheme.0.lock().unwrap(), [(true, 2), (false, 2)]);
}
