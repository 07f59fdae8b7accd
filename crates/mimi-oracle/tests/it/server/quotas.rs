//! What one client may have, and what tells one from another.

use mimi_oracle::Quota;
use mimi_oracle::lookup::{Blinding, EvaluationRequest};
use mimi_oracle::server::{AddressSource, KeyRing, TokenSecret};
use serde_json::json;

use super::http::{Response, send};
use super::oracle::{NOW, Oracle};
use crate::world::subject;

/// Asks for so many evaluations.
async fn ask(oracle: &Oracle, elements: usize, headers: &[(&str, &str)]) -> Response {
    let subjects = vec![subject("alice@example.com"); elements];
    let request = Blinding::new(&subjects).unwrap().request(NOW).encode();
    send(oracle.address, "POST", "/v1/evaluate", headers, request).await
}

async fn oracle(burst: u32) -> Oracle {
    let quota = Quota {
        burst,
        per_day: 86_400 / 10,
    };
    Oracle::start_with(|config, _| config.quota = quota).await
}

#[tokio::test]
async fn a_client_that_has_had_its_quota_is_told_exactly_when_to_come_back() {
    let oracle = oracle(10).await;
    assert_eq!(ask(&oracle, 8, &[]).await.status, 200);
    for _ in 0..3 {
        let refused = ask(&oracle, 5, &[]).await;
        assert_eq!(refused.refusal(), (429, "quota-exceeded".to_owned()));
        assert_eq!(refused.header("retry-after"), Some("30"));
        assert_eq!(refused.json()["retry_after"], 30);
    }
    oracle.advance(29);
    assert_eq!(ask(&oracle, 5, &[]).await.header("retry-after"), Some("1"));
    oracle.advance(1);
    assert_eq!(ask(&oracle, 5, &[]).await.status, 200);
    let never = ask(&oracle, 11, &[]).await;
    assert_eq!(never.refusal(), (429, "quota-exceeded".to_owned()));
    assert_eq!(never.header("retry-after"), None);
}

#[tokio::test]
async fn what_is_malformed_or_of_no_epoch_costs_nothing() {
    let oracle = oracle(10).await;
    let subjects = [subject("alice@example.com")];
    let request = Blinding::new(&subjects).unwrap().request(NOW + 1);
    for body in [
        request.encode(),
        b"junk".to_vec(),
        vec![0; EvaluationRequest::MAX_OCTETS + 1],
    ] {
        for _ in 0..20 {
            let response = send(oracle.address, "POST", "/v1/evaluate", &[], body.clone()).await;
            assert!(matches!(response.status.as_u16(), 400 | 410 | 413));
        }
    }
    assert_eq!(ask(&oracle, 10, &[]).await.status, 200);
}

#[tokio::test]
async fn an_issued_token_has_a_quota_of_its_own() {
    let oracle = oracle(2).await;
    let keys = KeyRing::read(&oracle.folder.path().join(KeyRing::FILE)).unwrap();
    let secret = TokenSecret::new(keys.token_secret());
    let larger = Quota {
        burst: 20,
        per_day: 20,
    };
    let token = secret.issue_quota(larger, NOW + 600);
    let bearer = format!("Bearer {token}");
    assert_eq!(
        ask(&oracle, 20, &[("authorization", &bearer)]).await.status,
        200
    );
    assert_eq!(
        ask(&oracle, 1, &[("authorization", &bearer)]).await.status,
        429
    );
    assert_eq!(ask(&oracle, 2, &[]).await.status, 200);
    oracle.advance(660);
    let junk = ["Bearer junk", "Basic YTpi", "Bearer", "", &bearer];
    for value in junk {
        let refused = ask(&oracle, 1, &[("authorization", value)]).await;
        assert_eq!(
            refused.refusal(),
            (401, "quota-token-refused".to_owned()),
            "{value}"
        );
        assert_eq!(refused.header("www-authenticate"), Some("Bearer"));
    }
}

#[tokio::test]
async fn a_header_tells_clients_apart_only_where_it_is_to_be_believed() {
    let unbelieving = oracle(1).await;
    let headers = |value| [("x-forwarded-for", value)];
    assert_eq!(
        ask(&unbelieving, 1, &headers("192.0.2.1")).await.status,
        200
    );
    assert_eq!(
        ask(&unbelieving, 1, &headers("192.0.2.2")).await.status,
        429
    );

    let believing = Oracle::start_with(|config, _| {
        config.quota.burst = 1;
        config.address_source = AddressSource::Header("x-forwarded-for".parse().unwrap());
    })
    .await;
    // The last is what the proxy added; those before may be anybody's invention.
    for (value, status) in [
        ("192.0.2.1", 200),
        ("192.0.2.1", 429),
        ("192.0.2.9, 192.0.2.1", 429),
        ("192.0.2.1, 192.0.2.2", 200),
        ("192.0.2.3:4711", 200),
        ("192.0.2.3", 429),
        ("[2001:db8::1]:4711", 200),
        ("2001:db8::2", 429),
        // Nobody's address: that of the connection.
        ("unknown", 200),
        ("", 429),
    ] {
        let response = ask(&believing, 1, &headers(value)).await;
        assert_eq!(response.status, status, "{value}");
    }
}

#[tokio::test]
async fn nobody_is_flooded_with_tokens() {
    let oracle = Oracle::start().await;
    let ask = async |identifier: &str| {
        oracle
            .post("/v1/proof", json!({"identifier": identifier}))
            .await
    };
    for _ in 0..3 {
        assert_eq!(ask("alice@example.com").await.status, 202);
    }
    let refused = ask("Alice@example.com").await;
    assert_eq!(refused.refusal(), (429, "quota-exceeded".to_owned()));
    assert_eq!(refused.header("retry-after"), Some("1200"));
    // The refused one counts for the client, which may ask for six more.
    for n in 0..6 {
        assert_eq!(ask(&format!("user{n}@example.com")).await.status, 202);
    }
    let refused = ask("user6@example.com").await;
    assert_eq!(refused.header("retry-after"), Some("360"));
    assert_eq!(oracle.mail.mails().len(), 9);
}
