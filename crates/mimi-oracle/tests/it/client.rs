//! The client over real TLS sockets, against oracles that are sound, and flawed in every way.

mod addresses;
mod batches;
mod flaws;
mod lookups;
mod registrations;
mod transcript;
mod transports;

use std::sync::Arc;
use std::time::Duration;

use mimi_id::Identifier;
use mimi_oracle::Subject;
use mimi_oracle::client::{OracleAddress, OracleClient, OracleClientConfig};
use mimi_testkit::{OracleFlaw, ScriptedOracle};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};

const ALICE: &str = "alice@example.com";
const ALICES: &str = "v=MIMI1; a=alice; e=im.example.org";
const PEOPLE: &[(&str, &[&str])] = &[(ALICE, &[ALICES])];

fn subject(text: &str) -> Subject {
    Subject::new(&Identifier::parse(text).unwrap()).unwrap()
}

fn tls(authority: &str) -> ClientConfig {
    let mut roots = RootCertStore::empty();
    let certificate = CertificateDer::from_pem_slice(authority.as_bytes()).unwrap();
    roots.add(certificate).unwrap();
    ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth()
}

async fn oracle(flaw: OracleFlaw) -> ScriptedOracle {
    ScriptedOracle::start(flaw, PEOPLE).await.unwrap()
}

fn client(oracle: &ScriptedOracle) -> OracleClient {
    client_with(oracle, |_| {})
}

fn client_with(
    oracle: &ScriptedOracle,
    change: impl FnOnce(&mut OracleClientConfig),
) -> OracleClient {
    let address: OracleAddress = oracle.url().parse().unwrap();
    let mut config = OracleClientConfig::default();
    // Longer than a busy machine needs: only silence is to take it.
    config.timeout = Duration::from_secs(20);
    change(&mut config);
    OracleClient::new(&address, tls(oracle.authority()), config)
}
