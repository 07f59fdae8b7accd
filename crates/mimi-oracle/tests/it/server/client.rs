//! The client of this crate, and this server: they were written apart, from the specification.

use std::sync::Arc;

use data_encoding::BASE64URL_NOPAD;
use mimi_oracle::client::{
    LookupError, OracleClient, OracleClientConfig, ProofChannel, ProviderSignature,
};
use mimi_oracle::server::{Providers, Transport, endorsed_octets};
use mimi_oracle::{Quota, SigningKey};
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use super::oracle::{ACCOUNT, ALICE, HOUR, NOW, Oracle};
use super::tls::certify;
use crate::world::subject;

async fn oracle(quota: Quota) -> (Oracle, CertificateDer<'static>, SigningKey) {
    let key = SigningKey::from_seed(&[5; 32]).unwrap();
    let provider = format!("im.example.org={}", BASE64URL_NOPAD.encode(&key.public()));
    let mut certificate = None;
    let oracle = Oracle::start_with(|config, folder| {
        let (files, der) = certify(folder);
        certificate = Some(der);
        config.transport = Transport::Tls(files);
        config.providers = Providers::from_iter([provider.parse().unwrap()]);
        config.quota = quota;
    })
    .await;
    (oracle, certificate.unwrap(), key)
}

/// A client that has kept nothing yet.
fn client(oracle: &Oracle, certificate: &CertificateDer<'static>) -> OracleClient {
    let mut roots = RootCertStore::empty();
    roots.add(certificate.clone()).unwrap();
    let tls = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let address = format!("https://{}#{}", oracle.address, oracle.pin());
    let mut config = OracleClientConfig::default();
    config.now = oracle.clock();
    OracleClient::new(&address.parse().unwrap(), tls, config)
}

const QUOTA: Quota = Quota {
    burst: 1_000,
    per_day: 1_000,
};

#[tokio::test]
async fn s5_1_2_a_person_registers_is_found_and_is_gone_again() {
    let (mut oracle, certificate, key) = oracle(QUOTA).await;
    let person = client(&oracle, &certificate);
    let alice = subject(ALICE);
    let sent = person.request_proof(&alice).await.unwrap();
    assert_eq!(sent.sent, ProofChannel::Email);
    assert_eq!(sent.token_expires, NOW + 1_800);
    let token = oracle.mail.mails()[0].token().unwrap().to_owned();
    let strings = [ACCOUNT.to_owned()];
    let octets = [ACCOUNT.as_bytes().to_vec()];
    let nonce = BASE64URL_NOPAD.decode(token.as_bytes()).unwrap()[..8]
        .try_into()
        .unwrap();
    let message = endorsed_octets(&alice, &octets, nonce).unwrap();
    let provider = ProviderSignature {
        name: "im.example.org".to_owned(),
        signature: BASE64URL_NOPAD.encode(&key.sign(&message)),
    };
    let set = person
        .set(&alice, &token, &strings, Some(&provider))
        .await
        .unwrap();
    assert_eq!(set.definition_strings, strings);
    assert_eq!(set.provider.as_deref(), Some("im.example.org"));
    assert_eq!(set.effective, NOW + HOUR);
    let again = person
        .set(&alice, &token, &strings, None)
        .await
        .unwrap_err();
    assert_eq!(again.code(), Some("token-spent"));
    assert_eq!(person.show(&alice, &token).await.unwrap(), set);
    let refused = person
        .show(&subject("bob@example.com"), &token)
        .await
        .unwrap_err();
    assert_eq!(refused.code(), Some("token-refused"));
    assert_eq!(
        client(&oracle, &certificate).lookup(&alice).await.unwrap(),
        None
    );

    oracle.next_epoch().await;
    let friend = client(&oracle, &certificate);
    let entry = friend.lookup(&alice).await.unwrap().unwrap();
    assert_eq!(entry.definition_strings, octets);
    let found = friend
        .lookup_all(&[subject("bob@example.com"), alice.clone()])
        .await;
    assert!(matches!(&found[..], [Ok(None), Ok(Some(_))]), "{found:?}");

    person.request_proof(&alice).await.unwrap();
    let token = oracle.mail.mails()[1].token().unwrap().to_owned();
    assert!(person.remove(&alice, &token).await.unwrap().removed);
    oracle.next_epoch().await;
    assert_eq!(
        client(&oracle, &certificate).lookup(&alice).await.unwrap(),
        None
    );
}

#[tokio::test]
async fn a_client_that_has_had_its_quota_is_told_when_to_come_back() {
    let quota = Quota {
        burst: 2,
        per_day: 864,
    };
    let (oracle, certificate, _) = oracle(quota).await;
    let client = client(&oracle, &certificate);
    for _ in 0..2 {
        assert_eq!(client.lookup(&subject(ALICE)).await.unwrap(), None);
    }
    let error = client.lookup(&subject(ALICE)).await.unwrap_err();
    assert!(matches!(error, LookupError::Exchange(_)), "{error:?}");
    assert!(format!("{error:?}").contains("100"), "{error:?}");
}
