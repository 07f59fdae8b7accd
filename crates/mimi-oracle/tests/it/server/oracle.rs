//! An oracle with a clock that is set by hand, a mail server beside it, and what is asked of it.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use mimi_oracle::lookup::{Blinding, EvaluationResponse};
use mimi_oracle::server::{
    Config, KeyRing, MailSender, OracleServer, Running, SqliteStore, Transport,
};
use mimi_oracle::{Bucket, Entry, Parameters, Pin, Place};
use mimi_testkit::MailServer;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::watch;
use tokio::time::timeout;

use super::http::{Response, send};
use crate::world::subject;

pub(crate) const NOW: u64 = 1_800_000_000;
pub(crate) const HOUR: u64 = 3_600;
pub(crate) const ALICE: &str = "alice@example.com";
pub(crate) const ACCOUNT: &str = "v=MIMI1; a=alice; e=im.example.org";

pub(crate) struct Oracle {
    pub(crate) folder: TempDir,
    pub(crate) address: SocketAddr,
    pub(crate) mail: MailServer,
    running: Option<Running>,
    clock: Arc<AtomicU64>,
    events: watch::Receiver<Vec<String>>,
}

impl Oracle {
    pub(crate) async fn start() -> Self {
        Self::start_with(|_, _| {}).await
    }

    /// An oracle whose configuration is changed first; the folder is that of its data.
    pub(crate) async fn start_with(change: impl FnOnce(&mut Config, &Path)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let keys = KeyRing::generate(2).unwrap();
        keys.create(&folder.path().join(KeyRing::FILE)).unwrap();
        let mail = MailServer::start().await.unwrap();
        let clock = Arc::new(AtomicU64::new(NOW));
        let (told, events) = watch::channel(Vec::new());
        let mut config = configure(folder.path(), &mail, &clock, told);
        change(&mut config, folder.path());
        let running = OracleServer::start(config).await.unwrap();
        Self {
            address: running.local_addr(),
            running: Some(running),
            folder,
            mail,
            clock,
            events,
        }
    }

    /// Ends it and starts it again with the same data, and with the configuration of [`Oracle::start`].
    pub(crate) async fn restart(&mut self) {
        self.shutdown().await;
        self.restart_after_shutdown().await;
    }

    /// Starts it again after it was shut down.
    pub(crate) async fn restart_after_shutdown(&mut self) {
        let (told, events) = watch::channel(Vec::new());
        let config = configure(self.folder.path(), &self.mail, &self.clock, told);
        let running = OracleServer::start(config).await.unwrap();
        self.address = running.local_addr();
        self.running = Some(running);
        self.events = events;
    }

    pub(crate) fn running(&self) -> &Running {
        self.running.as_ref().unwrap()
    }

    pub(crate) fn pin(&self) -> Pin {
        self.running().pin()
    }

    /// What reads its clock.
    pub(crate) fn clock(&self) -> mimi_oracle::server::Clock {
        let clock = self.clock.clone();
        Arc::new(move || clock.load(Ordering::SeqCst))
    }

    pub(crate) fn now(&self) -> u64 {
        self.clock.load(Ordering::SeqCst)
    }

    /// Lets time pass without anybody noticing.
    pub(crate) fn advance(&self, seconds: u64) {
        self.clock.fetch_add(seconds, Ordering::SeqCst);
    }

    /// Lets time pass until the next epoch is there.
    pub(crate) async fn next_epoch(&mut self) {
        let built = |events: &Vec<String>| {
            let built = events
                .iter()
                .filter(|event| event.starts_with("epoch-built"));
            built.count()
        };
        let before = built(&self.events.borrow());
        self.advance(HOUR);
        self.running().wake();
        let built = self.events.wait_for(|events| built(events) > before);
        let waited = timeout(Duration::from_secs(60), built).await;
        drop(waited.unwrap().unwrap());
    }

    pub(crate) fn events(&self) -> Vec<String> {
        self.events.borrow().clone()
    }

    pub(crate) async fn shutdown(&mut self) {
        self.running.take().unwrap().shutdown().await;
    }

    pub(crate) async fn get(&self, path: &str) -> Response {
        send(self.address, "GET", path, &[], "").await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Response {
        send(self.address, "POST", path, &[], body.to_string()).await
    }

    pub(crate) async fn metrics(&self) -> String {
        let address = self.running().metrics_addr().unwrap();
        let response = send(address, "GET", "/metrics", &[], "").await;
        String::from_utf8(response.body).unwrap()
    }

    /// Has a token sent, and reads the mail.
    pub(crate) async fn token(&self, identifier: &str) -> String {
        let before = self.mail.mails().len();
        let response = self
            .post("/v1/proof", json!({"identifier": identifier}))
            .await;
        assert_eq!(response.status, 202, "{response:?}");
        let mails = self.mail.mails();
        assert_eq!(mails.len(), before + 1);
        mails.last().unwrap().token().unwrap().to_owned()
    }

    /// Registers one account of an address, by a token that comes by mail.
    pub(crate) async fn register(&self, identifier: &str) -> Response {
        let token = self.token(identifier).await;
        let body =
            json!({"identifier": identifier, "token": token, "definition_strings": [ACCOUNT]});
        self.post("/v1/registration/set", body).await
    }

    pub(crate) async fn parameters(&self) -> Parameters {
        self.parameters_of(self.address).await
    }

    /// What the server at this address says, which is this oracle or follows it.
    pub(crate) async fn parameters_of(&self, address: SocketAddr) -> Parameters {
        let response = send(address, "GET", "/.well-known/mimi-oracle", &[], "").await;
        Parameters::from_json(&response.body, &self.pin()).unwrap()
    }

    /// Looks up as a client does.
    pub(crate) async fn look_up(&self, identifier: &str) -> Option<Entry> {
        self.look_up_at(identifier, [self.address; 3]).await
    }

    /// Looks up with the parameters, the evaluation and the bucket of a server each.
    pub(crate) async fn look_up_at(
        &self,
        identifier: &str,
        [parameters, evaluate, bucket]: [SocketAddr; 3],
    ) -> Option<Entry> {
        let parameters = self.parameters_of(parameters).await;
        let epoch = parameters.epoch_at(self.now()).unwrap();
        let subjects = [subject(identifier)];
        let blinding = Blinding::new(&subjects).unwrap();
        let request = blinding.request(epoch.number).encode();
        let response = send(evaluate, "POST", "/v1/evaluate", &[], request).await;
        assert_eq!(response.status, 200, "{response:?}");
        let response = EvaluationResponse::decode(&response.body).unwrap();
        let public = parameters.lookup_key(epoch).unwrap();
        let outputs = blinding.finalize(&response, public).unwrap();
        let place = Place::new(&outputs[0], epoch);
        let path = format!("/v1/bucket/{}/{}", epoch.number, place.bucket());
        let response = send(bucket, "GET", &path, &[], "").await;
        let bucket = Bucket::verify(&response.body, &parameters, epoch, place.bucket()).unwrap();
        bucket
            .find(&place, &parameters, &subjects[0], epoch, self.now())
            .unwrap()
    }
}

fn configure(
    folder: &Path,
    mail: &MailServer,
    clock: &Arc<AtomicU64>,
    told: watch::Sender<Vec<String>>,
) -> Config {
    let store = SqliteStore::open(&folder.join("registrations.sqlite")).unwrap();
    let mut config = Config::new(
        folder,
        Arc::new(store),
        "127.0.0.1:0".parse().unwrap(),
        Transport::PlainOnLoopback,
    );
    let url = format!("smtp://{}", mail.address());
    let from = "MIMI oracle <oracle@example.net>";
    let sender = MailSender::new(&url, from, "https://oracle.example.net").unwrap();
    config.email = Some(Arc::new(sender));
    config.metrics = Some("127.0.0.1:0".parse().unwrap());
    config.schedule.period = HOUR;
    let clock = clock.clone();
    config.clock = Arc::new(move || clock.load(Ordering::SeqCst));
    config.events = Arc::new(move |event| {
        let line = format!("{}: {event} {event:?}", event.code());
        told.send_modify(|events| events.push(line));
    });
    config
}
