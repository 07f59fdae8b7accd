//! What the server says of the people whose data pass through it: nothing.

use data_encoding::{BASE64, BASE64URL_NOPAD, HEXLOWER};
use mimi_oracle::lookup::Blinding;
use mimi_testkit::MailMood;
use serde_json::json;

use super::http::send;
use super::oracle::{ACCOUNT, ALICE, NOW, Oracle};
use crate::world::subject;

#[tokio::test]
async fn no_event_and_no_metric_names_anybody() {
    let mut oracle = Oracle::start().await;
    let mut secrets = vec![ALICE.to_owned(), "alice".to_owned(), ACCOUNT.to_owned()];
    secrets.extend(["127.0.0.1", "example.com", "im.example.org"].map(str::to_owned));
    let token = oracle.token(ALICE).await;
    secrets.push(token.clone());
    let body = json!({"identifier": ALICE, "token": token, "definition_strings": [ACCOUNT]});
    assert_eq!(
        oracle
            .post("/v1/registration/set", body.clone())
            .await
            .status,
        200
    );
    assert_eq!(
        oracle
            .post("/v1/registration/set", body.clone())
            .await
            .status,
        409
    );
    assert_eq!(
        oracle
            .post("/v1/registration/show", body.clone())
            .await
            .status,
        200
    );
    oracle.next_epoch().await;
    assert!(oracle.look_up(ALICE).await.is_some());

    // The blinded elements are all that a lookup says of whom it is about.
    let subjects = [subject(ALICE), subject("bob@example.com")];
    let request = Blinding::new(&subjects).unwrap().request(NOW).encode();
    for element in request[10..].chunks(32) {
        secrets.push(HEXLOWER.encode(&element[..8]));
        secrets.push(BASE64.encode(&element[..9]));
        secrets.push(BASE64URL_NOPAD.encode(&element[..9]));
        secrets.push(format!("{:?}", &element[..4]).replace(['[', ']'], ""));
    }
    let headers = [("authorization", "Bearer of-a-client")];
    let response = send(
        oracle.address,
        "POST",
        "/v1/evaluate",
        &headers,
        request.clone(),
    )
    .await;
    assert_eq!(response.status, 401);
    secrets.push("of-a-client".to_owned());
    let response = send(oracle.address, "POST", "/v1/evaluate", &[], request).await;
    assert_eq!(response.status, 200);

    // Failures are told with reasons; the reasons of others quote what they refuse.
    oracle
        .mail
        .be(MailMood::Say("550 <alice@example.com> is unknown\r\n"));
    let response = oracle.post("/v1/proof", json!({"identifier": ALICE})).await;
    assert_eq!(response.status, 503);
    for junk in ["{\"identifier\": \"alice\"", "\"alice\"", "alice"] {
        let response = send(oracle.address, "POST", "/v1/proof", &[], junk).await;
        assert_eq!(response.status, 400);
        let text = String::from_utf8(response.body).unwrap();
        assert!(!text.contains("alice"), "{text}");
    }
    oracle.get("/v1/alice@example.com").await;
    // The token has expired by now.
    let response = oracle.post("/v1/registration/remove", body).await;
    assert_eq!(response.status, 401);

    let mut said = oracle.events();
    said.push(oracle.metrics().await);
    oracle.shutdown().await;
    said.extend(oracle.events());
    assert!(said.iter().any(|text| text.contains("refused with 550")));
    assert!(
        said.iter()
            .any(|text| text.contains("mimi_oracle_requests_total"))
    );
    for text in &said {
        for secret in &secrets {
            assert!(!text.contains(secret), "{secret} is in {text}");
        }
    }
}

#[tokio::test]
async fn the_metrics_of_a_conversation() {
    let mut oracle = Oracle::start().await;
    oracle.register(ALICE).await;
    oracle.next_epoch().await;
    oracle.look_up(ALICE).await;
    oracle.get("/nowhere").await;
    oracle.advance(17);
    let metrics = oracle.metrics().await;
    // Connections of a moment ago may still be open, and builds take what they take.
    let mut lines: Vec<&str> = metrics
        .lines()
        .filter(|line| !line.starts_with("mimi_oracle_connections "))
        .filter(|line| !line.starts_with("mimi_oracle_build_seconds "))
        .collect();
    lines.sort_unstable();
    insta::assert_snapshot!(lines.join("\n"));
}
