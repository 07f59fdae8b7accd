//! From the mail to the bucket, and out of it again.

use std::fs;
use std::path::Path;

use data_encoding::BASE64URL_NOPAD;
use mimi_oracle::SigningKey;
use mimi_oracle::server::{KeyRing, Providers, Vault, endorsed_octets};
use mimi_testkit::MailMood;
use serde_json::{Value, json};

use super::oracle::{ACCOUNT, ALICE, HOUR, NOW, Oracle};
use crate::world::subject;

#[tokio::test]
async fn s5_1_2_who_reads_the_mail_registers_and_is_found_from_the_next_epoch_on() {
    let mut oracle = Oracle::start().await;
    let token = oracle.token("ALICE@Example.com").await;
    assert_eq!(oracle.mail.mails()[0].to, "<alice@example.com>");
    let who = json!({"identifier": ALICE, "token": token});
    let shown = oracle.post("/v1/registration/show", who.clone()).await;
    let nothing = json!({
        "definition_strings": [], "expires": null, "provider": null, "effective": NOW + HOUR,
    });
    assert_eq!((shown.status.as_u16(), shown.json()), (200, nothing));

    let mut body = who.clone();
    body["definition_strings"] = json!([ACCOUNT]);
    let set = oracle.post("/v1/registration/set", body.clone()).await;
    let expires = NOW + 180 * 24 * HOUR;
    let registered = json!({
        "definition_strings": [ACCOUNT], "expires": expires, "provider": null,
        "effective": NOW + HOUR,
    });
    assert_eq!((set.status.as_u16(), set.json()), (200, registered.clone()));
    assert_eq!(set.header("cache-control"), Some("no-store"));
    assert_eq!(oracle.look_up(ALICE).await, None);

    // A token is for one change. Showing does not spend it.
    let again = oracle.post("/v1/registration/set", body).await;
    assert_eq!(again.refusal(), (409, "token-spent".to_owned()));
    let shown = oracle.post("/v1/registration/show", who).await;
    assert_eq!(shown.json(), registered);

    oracle.next_epoch().await;
    let entry = oracle.look_up(ALICE).await.unwrap();
    assert_eq!(entry.definition_strings, [ACCOUNT.as_bytes()]);
    // No longer than the epoch: what is removed must not outlive it.
    assert_eq!(entry.expires, NOW + 2 * HOUR + 600);
    assert_eq!(oracle.look_up("bob@example.com").await, None);
    assert!(
        oracle
            .metrics()
            .await
            .contains("mimi_oracle_registrations 1\n")
    );
}

#[tokio::test]
async fn removal_takes_effect_with_the_next_epoch_and_leaves_nothing_behind() {
    let mut store = None;
    let mut oracle = Oracle::start_with(|config, _| store = config.store.clone()).await;
    assert_eq!(oracle.register(ALICE).await.status, 200);
    let keys = KeyRing::read(&oracle.folder.path().join(KeyRing::FILE)).unwrap();
    let id = Vault::new(keys.vault_secret()).id(&subject(ALICE));
    let sealed = store.take().unwrap().get(id).unwrap().unwrap();
    assert!(is_below(oracle.folder.path(), &sealed[..32]));
    oracle.next_epoch().await;
    assert!(oracle.look_up(ALICE).await.is_some());

    let token = oracle.token(ALICE).await;
    let who = json!({"identifier": ALICE, "token": token});
    let removed = oracle.post("/v1/registration/remove", who.clone()).await;
    let expected = json!({"removed": true, "effective": NOW + 2 * HOUR});
    assert_eq!((removed.status.as_u16(), removed.json()), (200, expected));
    let again = oracle.post("/v1/registration/remove", who).await;
    assert_eq!(again.refusal(), (409, "token-spent".to_owned()));
    oracle.next_epoch().await;
    assert_eq!(oracle.look_up(ALICE).await, None);

    let token = oracle.token(ALICE).await;
    let who = json!({"identifier": ALICE, "token": token});
    let removed = oracle.post("/v1/registration/remove", who).await;
    assert_eq!(removed.json()["removed"], json!(false));
    // The epoch with the entry ends 600 s after the next began.
    oracle.next_epoch().await;
    oracle.shutdown().await;
    let epochs = fs::read_dir(oracle.folder.path().join("epochs")).unwrap();
    let epochs: Vec<_> = epochs.map(|entry| entry.unwrap().file_name()).collect();
    assert!(
        !epochs.iter().any(|name| name == &*(NOW + HOUR).to_string()),
        "{epochs:?}"
    );
    for trace in [&id.0[..], &sealed[..32], b"alice", b"im.example.org"] {
        assert!(!is_below(oracle.folder.path(), trace));
    }
}

#[tokio::test]
async fn a_token_of_another_address_of_another_time_or_of_nobody_is_refused_alike() {
    let oracle = Oracle::start().await;
    let bobs = oracle.token("bob@example.com").await;
    let alices = oracle.token(ALICE).await;
    let ask = |token: String| {
        let who = json!({"identifier": ALICE, "token": token, "definition_strings": [ACCOUNT]});
        let oracle = &oracle;
        async move {
            let mut answers = Vec::new();
            for action in ["show", "set", "remove"] {
                let path = format!("/v1/registration/{action}");
                let response = oracle.post(&path, who.clone()).await;
                assert_eq!(response.status, 401);
                answers.push(response.json());
            }
            answers
        }
    };
    let of_bob = ask(bobs).await;
    assert_eq!(of_bob[0]["code"], "token-refused");
    assert_eq!(ask("junk".to_owned()).await, of_bob);
    oracle.advance(1_860);
    assert_eq!(ask(alices).await, of_bob);
}

#[tokio::test]
async fn a_proof_is_answered_alike_whether_somebody_is_registered_or_not() {
    let mut oracle = Oracle::start().await;
    assert_eq!(oracle.register(ALICE).await.status, 200);
    oracle.next_epoch().await;
    let mut answers = Vec::new();
    for identifier in [ALICE, "nobody@example.com"] {
        let response = oracle
            .post("/v1/proof", json!({"identifier": identifier}))
            .await;
        let mut headers = response.headers.clone();
        headers.remove("date");
        answers.push((response.status, headers, response.json()));
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0].0, 202);
    let expected = json!({"sent": "email", "token_expires": NOW + HOUR + 1_800});
    assert_eq!(answers[0].2, expected);
}

#[tokio::test]
async fn a_registration_is_published_until_it_expires() {
    let mut oracle = Oracle::start_with(|config, _| config.lifetime = HOUR + 600).await;
    assert_eq!(oracle.register(ALICE).await.status, 200);
    oracle.next_epoch().await;
    assert_eq!(
        oracle.look_up(ALICE).await.unwrap().expires,
        NOW + HOUR + 600
    );
    oracle.next_epoch().await;
    assert_eq!(oracle.look_up(ALICE).await, None);
    assert!(
        oracle
            .metrics()
            .await
            .contains("mimi_oracle_registrations 0\n")
    );
}

#[tokio::test]
async fn mail_that_is_not_taken_is_said_to_be_not_sent() {
    let oracle = Oracle::start().await;
    let bodies = json!({"identifier": ALICE});
    for (mood, event) in [
        (MailMood::Say("550 no such user\r\n"), "refused with 550"),
        (MailMood::Say("451 later\r\n"), "for now, with 451"),
        (MailMood::HangUp, "could not be reached"),
    ] {
        oracle.mail.be(mood);
        // Others, since there is a limit for each.
        let response = oracle.post("/v1/proof", bodies.clone()).await;
        assert_eq!(response.refusal(), (503, "not-sent".to_owned()));
        assert_eq!(response.header("retry-after"), Some("60"));
        let told = oracle.events().pop().unwrap();
        assert!(
            told.starts_with("proof-not-sent") && told.contains(event),
            "{told}"
        );
    }
    oracle.mail.stop();
    let bobs = json!({"identifier": "bob@example.com"});
    let response = oracle.post("/v1/proof", bobs).await;
    assert_eq!(response.refusal(), (503, "not-sent".to_owned()));
    let counted = "mimi_oracle_proofs_total{kind=\"email\",result=\"failed\"} 4\n";
    assert!(oracle.metrics().await.contains(counted));
    assert_eq!(oracle.mail.mails().len(), 0);
}

#[tokio::test]
async fn addresses_in_other_scripts_get_mail_and_those_in_quotes_are_told_that_they_do_not() {
    let oracle = Oracle::start().await;
    let token = oracle.token("jörg@müller.example").await;
    let mail = oracle.mail.mails().remove(0);
    assert_eq!(mail.to, "<jörg@xn--mller-kva.example>");
    assert!(
        !mail.data.lines().any(|line| line.starts_with("To:")),
        "{}",
        mail.data
    );
    assert_eq!(token.len(), 38);
    let unreachable = async |identifier: &str| {
        let body = json!({"identifier": identifier});
        let response = oracle.post("/v1/proof", body).await;
        assert_eq!(response.refusal(), (400, "unreachable".to_owned()));
    };
    unreachable("\"a b\"@example.com").await;
    oracle.mail.be(MailMood::Old);
    unreachable("jörg@müller.example").await;
    oracle.token(ALICE).await;
}

/// A provider and how it is configured.
fn provider(seed: u8) -> (SigningKey, Providers) {
    let key = SigningKey::from_seed(&[seed; 32]).unwrap();
    let text = format!("im.example.org={}", BASE64URL_NOPAD.encode(&key.public()));
    (key, [text.parse().unwrap()].into_iter().collect())
}

fn endorsed(key: &SigningKey, identifier: &str, definition_strings: &[&str], token: &str) -> Value {
    let strings: Vec<Vec<u8>> = definition_strings.iter().map(|&s| s.into()).collect();
    let nonce = BASE64URL_NOPAD.decode(token.as_bytes()).unwrap()[..8]
        .try_into()
        .unwrap();
    let message = endorsed_octets(&subject(identifier), &strings, nonce).unwrap();
    let signature = BASE64URL_NOPAD.encode(&key.sign(&message));
    json!({"name": "im.example.org", "signature": signature})
}

#[tokio::test]
async fn a_provider_registers_with_the_same_token_and_a_signature_over_exactly_that() {
    let (key, providers) = provider(5);
    let mut oracle = Oracle::start_with(|config, _| config.providers = providers).await;
    let token = oracle.token(ALICE).await;
    let (other, _) = provider(6);
    let good = endorsed(&key, ALICE, &[ACCOUNT], &token);
    let set = |provider: Value| {
        let body = json!({
            "identifier": ALICE, "token": token, "definition_strings": [ACCOUNT],
            "provider": provider,
        });
        oracle.post("/v1/registration/set", body)
    };
    let mut unknown = good.clone();
    unknown["name"] = json!("im.example.net");
    let mut short = good.clone();
    short["signature"] = json!("AAAA");
    let refused = [
        endorsed(&other, ALICE, &[ACCOUNT], &token),
        endorsed(&key, "bob@example.com", &[ACCOUNT], &token),
        endorsed(&key, ALICE, &[ACCOUNT, ACCOUNT], &token),
        endorsed(&key, ALICE, &[], &token),
        endorsed(&key, ALICE, &[ACCOUNT], &oracle.token(ALICE).await),
        unknown,
        short,
    ];
    for provider in refused {
        let response = set(provider.clone()).await;
        let expected = (403, "provider-refused".to_owned());
        assert_eq!(response.refusal(), expected, "{provider}");
    }
    let response = set(good).await;
    assert_eq!(response.status, 200, "{response:?}");
    assert_eq!(response.json()["provider"], "im.example.org");
    oracle.next_epoch().await;
    assert!(oracle.look_up(ALICE).await.is_some());
}

#[tokio::test]
async fn what_a_provider_vouched_for_goes_when_the_provider_goes() {
    let (key, providers) = provider(5);
    let mut oracle = Oracle::start_with(|config, _| config.providers = providers).await;
    let token = oracle.token(ALICE).await;
    let body = json!({
        "identifier": ALICE, "token": token, "definition_strings": [ACCOUNT],
        "provider": endorsed(&key, ALICE, &[ACCOUNT], &token),
    });
    assert_eq!(oracle.post("/v1/registration/set", body).await.status, 200);
    assert_eq!(oracle.register("bob@example.com").await.status, 200);
    oracle.next_epoch().await;
    assert!(oracle.look_up(ALICE).await.is_some());
    oracle.restart().await;
    oracle.next_epoch().await;
    assert_eq!(oracle.look_up(ALICE).await, None);
    assert!(oracle.look_up("bob@example.com").await.is_some());
    let told = oracle.events();
    let told = told
        .iter()
        .find(|event| event.starts_with("registrations-of-former-providers"));
    assert!(told.unwrap().contains(" 1 registrations"));
}

/// Whether octets are in any file below a folder.
fn is_below(folder: &Path, trace: &[u8]) -> bool {
    fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() {
            return is_below(&path, trace);
        }
        let octets = fs::read(&path).unwrap();
        octets.windows(trace.len()).any(|window| window == trace)
    })
}
