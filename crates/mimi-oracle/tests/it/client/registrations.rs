//! Proving, listing, changing and removing, as a holder does it.

use mimi_oracle::client::{ProofChannel, ProviderSignature};
use mimi_testkit::OracleFlaw;

use super::{ALICE, ALICES, client, oracle, subject};

#[tokio::test]
async fn a_holder_proves_sets_shows_and_removes() {
    let oracle = oracle(OracleFlaw::None).await;
    let client = client(&oracle);
    let alice = subject(ALICE);
    let sent = client.request_proof(&alice).await.unwrap();
    assert_eq!(sent.sent, ProofChannel::Email);
    let strings = [ALICES.to_owned()];
    let provider = ProviderSignature {
        name: "example".to_owned(),
        signature: "c2ln".to_owned(),
    };
    let set = client
        .set(&alice, "good", &strings, Some(&provider))
        .await
        .unwrap();
    assert_eq!(set.definition_strings, strings);
    let shown = client.show(&alice, "good").await.unwrap();
    assert_eq!(shown.expires, Some(4_100_000_000));
    assert!(client.remove(&alice, "good").await.unwrap().removed);
    let heard = oracle.heard();
    let said: Vec<String> = heard
        .iter()
        .map(|one| format!("{} {}", one.line, String::from_utf8_lossy(&one.body)))
        .collect();
    assert_eq!(
        said,
        [
            r#"POST /v1/proof {"identifier":"mailto:alice@example.com"}"#,
            r#"POST /v1/registration/set {"identifier":"mailto:alice@example.com","token":"good","definition_strings":["v=MIMI1; a=alice; e=im.example.org"],"provider":{"name":"example","signature":"c2ln"}}"#,
            r#"POST /v1/registration/show {"identifier":"mailto:alice@example.com","token":"good"}"#,
            r#"POST /v1/registration/remove {"identifier":"mailto:alice@example.com","token":"good"}"#,
        ]
    );
    // Nobody could tell whether a change arrived over a connection that was closed meanwhile.
    assert_eq!(oracle.connections(), 4);
}

#[tokio::test]
async fn a_wrong_token_is_an_error_with_a_code_and_an_escaped_message() {
    let oracle = oracle(OracleFlaw::None).await;
    let error = client(&oracle)
        .remove(&subject(ALICE), "wrong")
        .await
        .unwrap_err();
    assert_eq!(error.code(), Some("token-refused"));
    assert_eq!(
        error.to_string(),
        r"the oracle refuses (status 401): Ask for a new token.\u{1b}[2J [token-refused]"
    );
}
