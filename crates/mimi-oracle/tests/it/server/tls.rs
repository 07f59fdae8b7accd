//! Certificates, the two versions of HTTP, and how a server ends.

use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt, Empty};
use hyper::body::Bytes;
use hyper::client::conn::{http1, http2};
use hyper::{Request, Version};
use hyper_util::rt::{TokioExecutor, TokioIo};
use mimi_oracle::server::{CertificateFiles, OracleServer, PublishError, StartError, Transport};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use super::oracle::{ACCOUNT, ALICE, NOW, Oracle};

const NAME: &str = "oracle.example.net";

/// Writes a new certificate into a folder: for the name, and for the address.
pub(super) fn certify(folder: &Path) -> (CertificateFiles, CertificateDer<'static>) {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed([NAME.to_owned(), "127.0.0.1".to_owned()]).unwrap();
    let files = CertificateFiles {
        certificate: folder.join("certificate.pem"),
        key: folder.join("key.pem"),
    };
    fs::write(&files.certificate, cert.pem()).unwrap();
    fs::write(&files.key, signing_key.serialize_pem()).unwrap();
    (files, cert.der().clone())
}

/// An oracle over TLS, and its certificate.
async fn over_tls() -> (Oracle, CertificateDer<'static>) {
    let mut certificate = None;
    let oracle = Oracle::start_with(|config, folder| {
        let (files, der) = certify(folder);
        certificate = Some(der);
        config.transport = Transport::Tls(files);
    })
    .await;
    (oracle, certificate.unwrap())
}

async fn connect(
    address: SocketAddr,
    certificate: &CertificateDer<'static>,
    protocol: &[u8],
) -> std::io::Result<TlsStream<TcpStream>> {
    let mut roots = RootCertStore::empty();
    roots.add(certificate.clone()).unwrap();
    let mut config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![protocol.to_vec()];
    let stream = TcpStream::connect(address).await?;
    let name = ServerName::try_from(NAME).unwrap();
    TlsConnector::from(Arc::new(config))
        .connect(name, stream)
        .await
}

fn request(uri: &str) -> Request<Empty<Bytes>> {
    Request::get(uri)
        .header("host", NAME)
        .body(Empty::new())
        .unwrap()
}

#[tokio::test]
async fn over_tls_both_versions_of_http_are_served() {
    let (oracle, certificate) = over_tls().await;

    let stream = connect(oracle.address, &certificate, b"http/1.1")
        .await
        .unwrap();
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.unwrap();
    tokio::spawn(connection);
    let response = sender
        .send_request(request("/.well-known/mimi-oracle"))
        .await
        .unwrap();
    assert_eq!(
        (response.status().as_u16(), response.version()),
        (200, Version::HTTP_11)
    );

    let stream = connect(oracle.address, &certificate, b"h2").await.unwrap();
    let io = TokioIo::new(stream);
    let (mut sender, connection) = http2::handshake(TokioExecutor::new(), io).await.unwrap();
    tokio::spawn(connection);
    let uri = format!("https://{NAME}/v1/bucket/1800000000/0");
    let mut asked = Vec::new();
    for _ in 0..5 {
        asked.push(tokio::spawn(sender.send_request(request(&uri))));
    }
    for response in asked {
        let response = response.await.unwrap().unwrap();
        assert_eq!(
            (response.status().as_u16(), response.version()),
            (200, Version::HTTP_2)
        );
        let body = response.into_body().collect().await.unwrap().to_bytes();
        assert_eq!(body.len(), 65_600);
    }
}

#[tokio::test]
async fn a_new_certificate_is_shown_once_it_is_asked_for_and_a_broken_one_never() {
    let (oracle, first) = over_tls().await;
    let (files, second) = certify(oracle.folder.path());
    assert!(connect(oracle.address, &first, b"h2").await.is_ok());
    oracle.running().reload_certificate().await;
    assert!(connect(oracle.address, &first, b"h2").await.is_err());
    // Counted, and no event: whoever connects decides how often it happens.
    while !oracle
        .metrics()
        .await
        .contains("mimi_oracle_connection_failures_total 1\n")
    {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert!(
        !oracle
            .events()
            .iter()
            .any(|event| event.starts_with("accept-failed"))
    );
    assert!(connect(oracle.address, &second, b"h2").await.is_ok());

    for (file, content) in [
        (&files.certificate, "no certificate"),
        (&files.key, "no key"),
    ] {
        let before = fs::read(file).unwrap();
        fs::write(file, content).unwrap();
        oracle.running().reload_certificate().await;
        fs::write(file, before).unwrap();
        assert!(connect(oracle.address, &second, b"h2").await.is_ok());
    }
    // A certificate of one key and another key.
    let other = tempfile::tempdir().unwrap();
    let (other, _) = certify(other.path());
    fs::copy(&other.key, &files.key).unwrap();
    oracle.running().reload_certificate().await;
    assert!(connect(oracle.address, &second, b"h2").await.is_ok());
    let codes: Vec<String> = oracle
        .events()
        .iter()
        .filter_map(|event| Some(event.split_once(':')?.0.to_owned()))
        .filter(|code| code.starts_with("certificate"))
        .collect();
    assert_eq!(
        codes,
        [
            "certificate-reloaded",
            "certificate-not-reloaded",
            "certificate-not-reloaded",
            "certificate-not-reloaded"
        ]
    );
}

#[tokio::test]
async fn without_encryption_a_server_listens_on_this_machine_only() {
    let mut config = None;
    let oracle = Oracle::start_with(|of_oracle, _| config = Some(of_oracle.clone())).await;
    let mut config = config.unwrap();
    config.listen = "0.0.0.0:0".parse().unwrap();
    let error = OracleServer::start(config.clone()).await.unwrap_err();
    assert!(matches!(error, StartError::NotLoopback(_)), "{error}");
    config.listen = oracle.address;
    let error = OracleServer::start(config.clone()).await.unwrap_err();
    assert!(matches!(error, StartError::Listen(..)), "{error}");
    // Two servers do not publish from one folder.
    config.listen = "127.0.0.1:0".parse().unwrap();
    let error = OracleServer::start(config).await.unwrap_err();
    assert!(matches!(error, StartError::Publish(_)), "{error}");
    assert_eq!(oracle.get("/.well-known/mimi-oracle").await.status, 200);
}

#[tokio::test]
async fn a_server_that_ends_answers_what_has_begun_and_keeps_what_it_acknowledged() {
    let mut oracle = Oracle::start().await;
    let token = oracle.token(ALICE).await;
    let body = json!({"identifier": ALICE, "token": token, "definition_strings": [ACCOUNT]});
    let body = body.to_string();
    let (front, back) = body.split_at(20);
    let mut stream = TcpStream::connect(oracle.address).await.unwrap();
    let length = body.len();
    let head = format!(
        "POST /v1/registration/set HTTP/1.1\r\nhost: {NAME}\r\ncontent-length: {length}\r\n\r\n{front}"
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    // Until the server has seen the first half.
    while !oracle
        .metrics()
        .await
        .contains("mimi_oracle_connections 1\n")
    {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    tokio::time::sleep(Duration::from_millis(100)).await;
    let address = oracle.address;
    let (answer, ()) = tokio::join!(
        async {
            while TcpStream::connect(address).await.is_ok() {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            stream.write_all(back.as_bytes()).await.unwrap();
            let mut answer = String::new();
            stream.read_to_string(&mut answer).await.unwrap();
            answer
        },
        oracle.shutdown(),
    );
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    oracle.restart_after_shutdown().await;
    oracle.next_epoch().await;
    assert!(oracle.look_up(ALICE).await.is_some());
}

#[tokio::test]
async fn a_start_that_is_given_up_or_fails_leaves_the_folder_to_the_next() {
    let mut config = None;
    let mut oracle = Oracle::start_with(|of_oracle, _| config = Some(of_oracle.clone())).await;
    let config = config.unwrap();
    oracle.shutdown().await;
    fs::remove_dir_all(oracle.folder.path().join("epochs")).unwrap();
    // Given up at its first wait, and at its second, and so on, until one start gets through.
    for waits in 0_u32.. {
        let mut left = waits;
        let mut start = Box::pin(OracleServer::start(config.clone()));
        let started = std::future::poll_fn(|context| {
            let polled = start.as_mut().poll(context);
            if polled.is_pending() && left == 0 {
                return std::task::Poll::Ready(None);
            }
            left = left.saturating_sub(1);
            polled.map(Some)
        })
        .await;
        drop(start);
        match started {
            // The thread of one that was given up may still hold the folder.
            None | Some(Err(StartError::Publish(PublishError::Locked))) => {}
            Some(Err(error)) => unreachable!("{waits}: {error}"),
            Some(Ok(running)) => {
                running.shutdown().await;
                break;
            }
        }
    }
    let names = fs::read_dir(oracle.folder.path().join("epochs")).unwrap();
    let names: Vec<_> = names.map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, [NOW.to_string().as_str()]);
}
