//! Every answer that is not what was asked for.

use std::fmt::Write;
use std::time::Duration;

use mimi_oracle::lookup::{Blinding, EvaluationRequest};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::http::{Response, send};
use super::oracle::{ACCOUNT, ALICE, NOW, Oracle};
use crate::world::subject;

/// What of a response is for people and programs to read.
fn shown(response: &Response) -> String {
    let mut text = response.status.as_u16().to_string();
    for name in ["allow", "cache-control", "retry-after", "www-authenticate"] {
        if let Some(value) = response.header(name) {
            write!(text, "\n{name}: {value}").unwrap();
        }
    }
    assert_eq!(response.header("content-type"), Some("application/json"));
    format!("{text}\n{:#}", response.json())
}

#[tokio::test]
async fn what_is_wrong_with_a_lookup() {
    let oracle = Oracle::start().await;
    let subjects = [subject(ALICE)];
    let good = Blinding::new(&subjects).unwrap().request(NOW).encode();
    let mut identity = good.clone();
    identity[10..].fill(0);
    let mut over = good.clone();
    over[7] ^= 1;
    let evaluate = "/v1/evaluate";
    let longer = [good.clone(), vec![0]].concat();
    let mut none = good[..10].to_vec();
    none[9] = 0;
    let too_long = vec![0; EvaluationRequest::MAX_OCTETS + 1];
    let mut texts = Vec::new();
    for (what, method, path, body) in [
        ("no octets", "POST", evaluate, Vec::new()),
        ("cut short", "POST", evaluate, good[..41].to_vec()),
        ("goes on", "POST", evaluate, longer),
        ("no elements", "POST", evaluate, none),
        ("the identity", "POST", evaluate, identity),
        ("another epoch", "POST", evaluate, over),
        ("too long", "POST", evaluate, too_long),
        ("a method", "GET", evaluate, Vec::new()),
        ("a method", "POST", "/.well-known/mimi-oracle", Vec::new()),
        ("a path", "GET", "/", Vec::new()),
        ("a bucket", "GET", "/v1/bucket/1800000000/1", Vec::new()),
    ] {
        let response = send(oracle.address, method, path, &[], body).await;
        texts.push(format!("# {what}: {method} {path}\n{}", shown(&response)));
    }
    insta::assert_snapshot!(texts.join("\n\n"));
}

#[tokio::test]
async fn a_bucket_has_one_url() {
    let oracle = Oracle::start().await;
    assert_eq!(oracle.get("/v1/bucket/1800000000/0").await.status, 200);
    for path in [
        "/v1/bucket/1800000000/00",
        "/v1/bucket/01800000000/0",
        "/v1/bucket/1800000000/+0",
        "/v1/bucket/1800000000/-0",
        "/v1/bucket/1800000000/0/",
        "/v1/bucket/1800000000/%30%30",
        "/v1/bucket/1800000000/4294967296",
        "/v1/bucket/1800000000/",
        "/v1/bucket/18446744073709551616/0",
        "/v1/bucket/1799999999/0",
        "/v1/bucket/x/0",
        "/v1/bucket/1800000000/%ff",
    ] {
        let response = oracle.get(path).await;
        assert!(
            matches!(response.status.as_u16(), 400 | 404),
            "{path}: {response:?}"
        );
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_registration() {
    let oracle = Oracle::start().await;
    let token = oracle.token(ALICE).await;
    let set = |strings: serde_json::Value| {
        json!({"identifier": ALICE, "token": token, "definition_strings": strings}).to_string()
    };
    let long = format!(
        "v=MIMI1; a=alice; e=im.example.org; x={}",
        "x".repeat(4_000)
    );
    let proof = "/v1/proof";
    let path = "/v1/registration/set";
    let mut texts = Vec::new();
    for (what, path, body) in [
        ("no JSON", proof, "identifier=alice".to_owned()),
        ("no object", proof, "[]".to_owned()),
        ("no identifier", proof, "{}".to_owned()),
        ("no text", proof, json!({"identifier": 7}).to_string()),
        ("no token", path, json!({"identifier": ALICE}).to_string()),
        (
            "no address",
            proof,
            json!({"identifier": "a@b@c"}).to_string(),
        ),
        (
            "no number",
            proof,
            json!({"identifier": "+1555x"}).to_string(),
        ),
        (
            "a MUI",
            proof,
            json!({"identifier": "alice.example.com"}).to_string(),
        ),
        (
            "a number",
            proof,
            json!({"identifier": "+15551234567"}).to_string(),
        ),
        ("too long", proof, " ".repeat(64 * 1024 + 1)),
        ("another token", path, set(json!([])).replace(&token, "x")),
        ("nothing", path, set(json!([]))),
        ("unusable", path, set(json!([ACCOUNT, "v=MIMI1; a=alice"]))),
        ("another format", path, set(json!(["v=spf1 -all"]))),
        ("many", path, set(json!(vec![ACCOUNT; 17]))),
        ("much", path, set(json!([long]))),
    ] {
        let response = send(oracle.address, "POST", path, &[], body).await;
        texts.push(format!("# {what}: {path}\n{}", shown(&response)));
    }
    // Nothing of it spent the token.
    let response = send(oracle.address, "POST", path, &[], set(json!([ACCOUNT]))).await;
    assert_eq!(response.status, 200);
    let response = send(oracle.address, "POST", path, &[], set(json!([ACCOUNT]))).await;
    texts.push(format!("# again: {path}\n{}", shown(&response)));
    insta::assert_snapshot!(texts.join("\n\n"));
}

#[tokio::test]
async fn a_body_that_does_not_come_is_waited_for_in_vain() {
    let oracle = Oracle::start().await;
    let mut stream = TcpStream::connect(oracle.address).await.unwrap();
    let head =
        "POST /v1/proof HTTP/1.1\r\nhost: oracle.example.net\r\ncontent-length: 100\r\n\r\n{";
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    let read = tokio::time::timeout(Duration::from_secs(60), stream.read_to_end(&mut answer));
    read.await.unwrap().unwrap();
    let answer = String::from_utf8(answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    assert!(answer.contains("\"code\":\"timed-out\""), "{answer}");
}

#[tokio::test]
async fn what_is_no_http_gets_no_answer_of_ours() {
    let oracle = Oracle::start().await;
    for junk in [
        &b"\0\0\0\0\0\0\0\0\r\n\r\n"[..],
        b"EHLO x\r\n\r\n",
        &[0xff; 70_000],
    ] {
        let mut stream = TcpStream::connect(oracle.address).await.unwrap();
        // It may close before it has read everything.
        let _ = stream.write_all(junk).await;
        let mut answer = Vec::new();
        let read = tokio::time::timeout(Duration::from_secs(60), stream.read_to_end(&mut answer));
        let _ = read.await.unwrap();
        let answer = String::from_utf8_lossy(&answer);
        assert!(
            answer.is_empty() || answer.starts_with("HTTP/1.1 4"),
            "{answer}"
        );
    }
    assert_eq!(oracle.get("/.well-known/mimi-oracle").await.status, 200);
}

#[tokio::test]
async fn connections_beyond_the_most_are_closed_and_those_before_are_served() {
    let oracle = Oracle::start_with(|config, _| config.connections = 1).await;
    let mut first = TcpStream::connect(oracle.address).await.unwrap();
    let request = "GET /v1/nothing HTTP/1.1\r\nhost: oracle.example.net\r\n\r\n";
    first.write_all(request.as_bytes()).await.unwrap();
    let mut octets = [0; 12];
    first.read_exact(&mut octets).await.unwrap();
    assert_eq!(&octets, b"HTTP/1.1 404");
    let mut second = TcpStream::connect(oracle.address).await.unwrap();
    let mut answer = Vec::new();
    let _ = second.read_to_end(&mut answer).await;
    assert!(answer.is_empty());
    first.write_all(request.as_bytes()).await.unwrap();
    drop(first);
    // Its place is free as soon as the server sees that it is gone.
    for _ in 0..500 {
        let mut third = TcpStream::connect(oracle.address).await.unwrap();
        let _ = third.write_all(request.as_bytes()).await;
        if third.read_exact(&mut octets).await.is_ok() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    unreachable!("the place stays taken");
}
