//! Servers that follow another: behind one load balancer they are one oracle.

use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use mimi_oracle::lookup::Blinding;
use mimi_oracle::server::{Config, KeyRing, OracleServer, Running, Transport};
use serde_json::json;
use tokio::sync::watch;
use tokio::time::timeout;

use super::http::send;
use super::oracle::{ALICE, HOUR, NOW, Oracle};
use crate::world::subject;

struct Follower {
    running: Running,
    address: SocketAddr,
    events: watch::Receiver<Vec<String>>,
}

impl Follower {
    /// Follows what lies in a folder, by the clock of an oracle.
    async fn start(oracle: &Oracle, data: &Path) -> Self {
        let (told, events) = watch::channel(Vec::new());
        let listen = "127.0.0.1:0".parse().unwrap();
        let mut config = Config::follower(data, listen, Transport::PlainOnLoopback);
        config.metrics = Some(listen);
        config.clock = oracle.clock();
        config.events = std::sync::Arc::new(move |event| {
            told.send_modify(|events| events.push(format!("{}: {event}", event.code())));
        });
        let running = OracleServer::start(config).await.unwrap();
        Self {
            address: running.local_addr(),
            running,
            events,
        }
    }

    /// Has it look into its folder until it has told this.
    async fn told(&mut self, code: &str) -> String {
        let find = |events: &Vec<String>| {
            let mut events = events.iter();
            events.find(|event| event.starts_with(code)).cloned()
        };
        self.running.wake();
        let told = self.events.wait_for(|events| find(events).is_some());
        let events = timeout(Duration::from_secs(60), told).await.unwrap();
        find(&events.unwrap()).unwrap()
    }

    /// Has it look into its folder, and gives it longer than from one look to the next.
    async fn looked(&self) {
        self.running.wake();
        tokio::time::sleep(Duration::from_secs(4)).await;
    }

    async fn numbers(&self, oracle: &Oracle) -> Vec<u64> {
        let parameters = oracle.parameters_of(self.address).await;
        parameters.epochs.iter().map(|epoch| epoch.number).collect()
    }
}

/// A copy of a data folder, as rsync leaves it, but for the registrations.
fn copy(from: &Path, to: &Path) {
    fs::copy(from.join(KeyRing::FILE), to.join(KeyRing::FILE)).unwrap();
    for epoch in fs::read_dir(from.join("epochs")).unwrap() {
        let epoch = epoch.unwrap().path();
        let into = to.join("epochs").join(epoch.file_name().unwrap());
        fs::create_dir_all(&into).unwrap();
        for file in fs::read_dir(&epoch).unwrap() {
            let file = file.unwrap();
            fs::copy(file.path(), into.join(file.file_name())).unwrap();
        }
    }
}

#[tokio::test]
async fn whichever_server_a_client_gets_to_the_answers_are_the_same() {
    let mut oracle = Oracle::start().await;
    oracle.register(ALICE).await;
    oracle.next_epoch().await;
    let follower = Follower::start(&oracle, oracle.folder.path()).await;
    let servers = [oracle.address, follower.address];
    for n in 0..8 {
        let at = [servers[n & 1], servers[n >> 1 & 1], servers[n >> 2 & 1]];
        let entry = oracle.look_up_at(ALICE, at).await;
        assert!(entry.is_some(), "{n}");
        assert_eq!(oracle.look_up_at("bob@example.com", at).await, None);
    }
    let path = format!("/v1/bucket/{}/0", NOW + HOUR);
    let [first, second] = [oracle.address, follower.address];
    let first = send(first, "GET", &path, &[], "").await;
    let second = send(second, "GET", &path, &[], "").await;
    assert_eq!(first.body, second.body);
    assert_eq!(
        first.header("cache-control"),
        second.header("cache-control")
    );
}

#[tokio::test]
async fn a_follower_takes_no_registration_and_says_so() {
    let oracle = Oracle::start().await;
    let follower = Follower::start(&oracle, oracle.folder.path()).await;
    let token = oracle.token(ALICE).await;
    let body = json!({
        "identifier": ALICE,
        "token": token,
        "definition_strings": ["v=MIMI1; a=alice; e=im.example.org"],
    });
    for route in [
        "proof",
        "registration/show",
        "registration/set",
        "registration/remove",
    ] {
        let path = format!("/v1/{route}");
        let refused = send(follower.address, "POST", &path, &[], body.to_string()).await;
        assert_eq!(refused.refusal(), (404, "not-here".to_owned()), "{route}");
    }
    // The token is not spent.
    let set = oracle.post("/v1/registration/set", body).await;
    assert_eq!(set.status, 200);
    let metrics = follower.running.metrics_addr().unwrap();
    let metrics = send(metrics, "GET", "/metrics", &[], "").await;
    let metrics = String::from_utf8(metrics.body).unwrap();
    assert!(
        metrics.contains(r#"mimi_oracle_refusals_total{reason="not-here"} 4"#),
        "{metrics}"
    );
}

#[tokio::test]
async fn epochs_that_come_and_go_are_followed() {
    let mut oracle = Oracle::start().await;
    let mut follower = Follower::start(&oracle, oracle.folder.path()).await;
    assert_eq!(follower.numbers(&oracle).await, [NOW]);
    oracle.register(ALICE).await;
    oracle.next_epoch().await;
    follower
        .told(&format!(
            "epochs-followed: the epochs in the folder are now: {NOW} {}",
            NOW + HOUR
        ))
        .await;
    assert_eq!(follower.numbers(&oracle).await, [NOW, NOW + HOUR]);
    assert!(
        oracle
            .look_up_at(ALICE, [follower.address; 3])
            .await
            .is_some()
    );
    oracle.next_epoch().await;
    let numbers = [NOW + HOUR, NOW + 2 * HOUR];
    let [first, second] = numbers;
    follower
        .told(&format!(
            "epochs-followed: the epochs in the folder are now: {first} {second}"
        ))
        .await;
    assert_eq!(follower.numbers(&oracle).await, numbers);
}

#[tokio::test]
async fn a_rotated_key_is_followed_and_the_one_before_is_forgotten() {
    let mut oracle = Oracle::start().await;
    let mut follower = Follower::start(&oracle, oracle.folder.path()).await;
    let key_file = oracle.folder.path().join(KeyRing::FILE);
    KeyRing::update(&key_file, |keys| keys.rotate().is_ok()).unwrap();
    oracle.register(ALICE).await;
    oracle.next_epoch().await;
    follower
        .told(&format!(
            "epochs-followed: the epochs in the folder are now: {NOW} {}",
            NOW + HOUR
        ))
        .await;
    follower.told("keys-followed").await;
    let parameters = oracle.parameters_of(follower.address).await;
    let keys: Vec<u8> = parameters.epochs.iter().map(|epoch| epoch.key).collect();
    assert_eq!(keys, [0, 1]);
    assert!(
        oracle
            .look_up_at(ALICE, [follower.address; 3])
            .await
            .is_some()
    );
    // A key that was erased is of no use, whatever epochs somebody kept.
    KeyRing::update(&key_file, |keys| keys.erase_before(1)).unwrap();
    follower
        .told(&format!(
            "epochs-followed: the epochs in the folder are now: {}",
            NOW + HOUR
        ))
        .await;
    let request = Blinding::new(&[subject(ALICE)])
        .unwrap()
        .request(NOW)
        .encode();
    let over = send(follower.address, "POST", "/v1/evaluate", &[], request).await;
    assert_eq!(over.refusal(), (410, "epoch-over".to_owned()));
}

#[tokio::test]
async fn the_keys_of_another_oracle_are_not_taken() {
    let oracle = Oracle::start().await;
    let data = tempfile::tempdir().unwrap();
    copy(oracle.folder.path(), data.path());
    let mut follower = Follower::start(&oracle, data.path()).await;
    let key_file = data.path().join(KeyRing::FILE);
    fs::remove_file(&key_file).unwrap();
    KeyRing::generate(2).unwrap().create(&key_file).unwrap();
    let told = follower
        .told("follow-failed: what another server publishes cannot be read: oracle.key has become")
        .await;
    assert!(told.contains("another oracle"), "{told}");
    assert_eq!(follower.running.pin(), oracle.pin());
    assert_eq!(follower.numbers(&oracle).await, [NOW]);
}

#[tokio::test]
async fn a_copy_is_served_once_it_is_whole_and_told_once_if_it_stays_incomplete() {
    let oracle = Oracle::start().await;
    let data = tempfile::tempdir().unwrap();
    fs::copy(
        oracle.folder.path().join(KeyRing::FILE),
        data.path().join(KeyRing::FILE),
    )
    .unwrap();
    let mut follower = Follower::start(&oracle, data.path()).await;
    follower.told("nothing-to-serve").await;
    let unavailable = send(follower.address, "GET", "/.well-known/mimi-oracle", &[], "").await;
    assert_eq!(unavailable.refusal(), (503, "unavailable".to_owned()));

    copy(oracle.folder.path(), data.path());
    let buckets = data
        .path()
        .join("epochs")
        .join(NOW.to_string())
        .join("buckets");
    let whole = fs::read(&buckets).unwrap();
    fs::write(&buckets, &whole[..whole.len() - 1]).unwrap();
    follower.looked().await;
    assert_eq!(
        follower.events.borrow().len(),
        1,
        "{:?}",
        follower.events.borrow()
    );
    let bucket = send(
        follower.address,
        "GET",
        &format!("/v1/bucket/{NOW}/0"),
        &[],
        "",
    )
    .await;
    assert_eq!(bucket.refusal(), (404, "not-found".to_owned()));
    oracle.advance(120);
    follower.told("epoch-damaged").await;
    follower.looked().await;
    assert_eq!(
        follower.events.borrow().len(),
        2,
        "{:?}",
        follower.events.borrow()
    );

    fs::write(&buckets, &whole).unwrap();
    follower.told("epochs-followed").await;
    assert_eq!(follower.numbers(&oracle).await, [NOW]);
}
