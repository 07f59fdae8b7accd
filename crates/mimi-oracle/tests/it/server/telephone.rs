//! Tokens to telephones, by a program.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use mimi_oracle::server::CommandSender;
use serde_json::json;

use super::oracle::{ACCOUNT, Oracle};

const NUMBER: &str = "+15551234567";

/// A program that does this, in a shell.
fn program(folder: &Path, script: &str) -> PathBuf {
    let path = folder.join("send");
    fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).unwrap();
    path
}

async fn oracle(script: &str) -> Oracle {
    Oracle::start_with(|config, folder| {
        let script = script.replace("FOLDER", folder.to_str().unwrap());
        let sender = CommandSender::new(program(folder, &script), "https://oracle.example.net")
            .with_patience(Duration::from_secs(2));
        config.telephone = Some(Arc::new(sender));
    })
    .await
}

#[tokio::test]
async fn s5_2_2_a_number_is_registered_by_a_token_that_a_program_sends() {
    let mut oracle = oracle("echo \"$# $1\" > FOLDER/argument; cat > FOLDER/text").await;
    let body = json!({"identifier": "tel:+1-555-123-4567"});
    let response = oracle.post("/v1/proof", body).await;
    assert_eq!(response.status, 202, "{response:?}");
    assert_eq!(response.json()["sent"], "telephone");
    let argument = fs::read_to_string(oracle.folder.path().join("argument")).unwrap();
    assert_eq!(argument, format!("1 {NUMBER}\n"));
    let text = fs::read_to_string(oracle.folder.path().join("text")).unwrap();
    let token = text.split(' ').next().unwrap();
    let body = json!({"identifier": NUMBER, "token": token, "definition_strings": [ACCOUNT]});
    let response = oracle.post("/v1/registration/set", body).await;
    assert_eq!(response.status, 200, "{response:?}");
    oracle.next_epoch().await;
    assert!(oracle.look_up(NUMBER).await.is_some());
    // The number as a local part is somebody else.
    assert_eq!(oracle.look_up("15551234567@example.com").await, None);
}

#[tokio::test]
async fn a_program_that_fails_hangs_or_is_not_there_sends_nothing() {
    for (script, event) in [
        ("exit 3", "status 3"),
        ("kill -9 $$", "was killed"),
        ("sleep 60", "too long"),
        ("rm FOLDER/send; exec FOLDER/send", "status 127"),
    ] {
        let oracle = oracle(script).await;
        let response = oracle
            .post("/v1/proof", json!({"identifier": NUMBER}))
            .await;
        assert_eq!(response.refusal(), (503, "not-sent".to_owned()), "{script}");
        let told = oracle.events().pop().unwrap();
        assert!(told.contains(event), "{script}: {told}");
    }
    let oracle = oracle("").await;
    fs::remove_file(oracle.folder.path().join("send")).unwrap();
    let response = oracle
        .post("/v1/proof", json!({"identifier": NUMBER}))
        .await;
    assert_eq!(response.refusal(), (503, "not-sent".to_owned()));
    assert!(oracle.events().pop().unwrap().contains("could not be run"));
}

#[tokio::test]
async fn without_a_program_numbers_are_not_served() {
    let oracle = Oracle::start().await;
    let response = oracle
        .post("/v1/proof", json!({"identifier": NUMBER}))
        .await;
    assert_eq!(response.refusal(), (400, "kind-not-served".to_owned()));
}
