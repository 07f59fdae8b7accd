//! What a lookup sends and receives: a real oracle over TLS on loopback, behind a proxy that counts octets.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use mimi_id::Identifier;
use mimi_oracle::Subject;
use mimi_oracle::client::{OracleAddress, OracleClient, OracleClientConfig};
use mimi_oracle::server::{
    CertificateFiles, Config, KeyRing, OracleServer, Registration, SpentToken, SqliteStore, Store,
    Transport, Vault,
};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::crypto::ring::default_provider;
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};

use crate::Failure;

/// An address book.
const PEOPLE: u32 = 1_000;

#[derive(Default)]
struct Octets {
    up: AtomicU64,
    down: AtomicU64,
}

/// Prints a table: one lookup over a new connection, one over the same, and an address book.
pub(crate) async fn table() -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let keys = KeyRing::generate(1)?;
    keys.create(&folder.path().join(KeyRing::FILE))?;
    let store = SqliteStore::open(&folder.path().join("registrations.sqlite"))?;
    let vault = Vault::new(keys.vault_secret());
    let mut subjects = Vec::new();
    for n in 0..PEOPLE {
        let subject = Subject::new(&Identifier::parse(&format!("+1555{n:07}"))?).ok_or("a MUI")?;
        // Every other one is registered.
        if n % 2 == 0 {
            let registration = Registration {
                subject: subject.clone(),
                definition_strings: vec![b"v=MIMI1; a=15551234567; e=im.example.org".to_vec()],
                expires: u64::from(u32::MAX),
                provider: None,
            };
            let sealed = vault.seal(&registration)?;
            let token = SpentToken {
                nonce: u64::from(n).to_be_bytes(),
                expires: u64::from(u32::MAX),
            };
            store.put(vault.id(&subject), &sealed, registration.expires, token)?;
        }
        subjects.push(subject);
    }

    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["localhost".to_owned()])?;
    let files = CertificateFiles {
        certificate: folder.path().join("certificate.pem"),
        key: folder.path().join("key.pem"),
    };
    fs::write(&files.certificate, cert.pem())?;
    fs::write(&files.key, signing_key.serialize_pem())?;
    let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let mut config = Config::new(
        folder.path(),
        Arc::new(store),
        listen,
        Transport::Tls(files),
    );
    config.quota.burst = 100_000;
    config.quota.per_day = 100_000;
    let server = OracleServer::start(config).await?;
    let counted = Arc::new(Octets::default());
    let proxy = proxy(server.local_addr(), Arc::clone(&counted)).await?;

    let mut roots = RootCertStore::empty();
    roots.add(cert.der().clone())?;
    let tls = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let address = format!("https://localhost:{}#{}", proxy.port(), server.pin());
    let address: OracleAddress = address.parse()?;
    let client = OracleClient::new(&address, tls, OracleClientConfig::default());

    println!();
    println!("| lookup | octets up | octets down | ms |");
    println!("|---|---:|---:|---:|");
    let row = |what: &str, begun: Instant| {
        let up = counted.up.swap(0, Ordering::SeqCst);
        let down = counted.down.swap(0, Ordering::SeqCst);
        let millis = begun.elapsed().as_secs_f64() * 1e3;
        println!("| {what} | {up} | {down} | {millis:.1} |");
    };
    let (alice, bob) = (
        subjects.first().ok_or("nobody")?,
        subjects.get(1).ok_or("nobody")?,
    );
    let begun = Instant::now();
    client.lookup(alice).await?.ok_or("not found")?;
    row("one, the first: TLS, parameters, evaluation, bucket", begun);
    let begun = Instant::now();
    client.lookup(alice).await?.ok_or("not found")?;
    row("one, with kept connection and parameters", begun);
    let begun = Instant::now();
    if client.lookup(bob).await?.is_some() {
        return Err("found somebody who is not there".into());
    }
    row("one that is not registered", begun);
    let begun = Instant::now();
    let found = client.lookup_all(&subjects).await;
    let found = found
        .into_iter()
        .filter(|one| matches!(one, Ok(Some(_))))
        .count();
    if found != 500 {
        return Err(format!("{found} of 500 found").into());
    }
    row(
        "1,000 in one batch, half of them registered, 500 registrations in all",
        begun,
    );
    server.shutdown().await;
    Ok(())
}

/// Passes connections on, and counts what goes through.
async fn proxy(server: SocketAddr, counted: Arc<Octets>) -> Result<SocketAddr, Failure> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            let Ok(server) = TcpStream::connect(server).await else {
                return;
            };
            let is_prompt = client.set_nodelay(true).and(server.set_nodelay(true));
            if is_prompt.is_err() {
                return;
            }
            let (from_client, to_client) = client.into_split();
            let (from_server, to_server) = server.into_split();
            let (up, down) = (Arc::clone(&counted), Arc::clone(&counted));
            tokio::spawn(async move { pass(from_client, to_server, &up.up).await });
            tokio::spawn(async move { pass(from_server, to_client, &down.down).await });
        }
    });
    Ok(address)
}

async fn pass(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, count: &AtomicU64) {
    let mut octets = vec![0; 64 * 1024];
    while let Ok(read @ 1..) = from.read(&mut octets).await {
        count.fetch_add(read as u64, Ordering::SeqCst);
        let Some(read) = octets.get(..read) else {
            return;
        };
        if to.write_all(read).await.is_err() {
            return;
        }
    }
}
