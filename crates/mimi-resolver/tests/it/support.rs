//! What the tests share: servers that play a conversation, a client with short waits, and an upstream without sockets.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use mimi_name::DomainName;
use mimi_resolver::discovery::{
    Channel, Failure, Outcome, Policy, Proof, Question, Record, Response,
};
use mimi_resolver::{DnsClient, DnsClientConfig, DnssecRequest, Resolver, Server, Upstream};
use mimi_rr::{Mimi, Mimix, TypeCodes};
use mimi_testkit::{Exchange, Overheard, ScriptedDns, ServerKind};

/// Long enough for loopback on a busy machine, short enough for twelve of them.
pub(crate) const WAIT: Duration = Duration::from_millis(100);

pub(crate) fn short_waits() -> DnsClientConfig {
    let mut config = DnsClientConfig::default();
    config.first_wait = WAIT;
    config.longest_wait = WAIT;
    config.patience = WAIT;
    config
}

pub(crate) fn name(text: &str) -> DomainName {
    DomainName::parse_absolute(text).unwrap()
}

/// Exchanges as they stand in scenarios.
pub(crate) fn conversation(json: serde_json::Value) -> Vec<Exchange> {
    serde_json::from_value(json).unwrap()
}

/// The answer to `bob.example. MIMI`, and what comes of its sendings.
pub(crate) fn bob(sendings: serde_json::Value) -> Vec<Exchange> {
    let mut exchange = serde_json::json!({
        "name": "bob.example.", "type": "MIMI",
        "answer": {"answer": [{"owner": "bob.example.", "type": "MIMI", "data": "v=MIMI1; a=bob; e=m.example"}]},
    });
    for (key, value) in sendings.as_object().unwrap() {
        exchange[key] = value.clone();
    }
    conversation(serde_json::json!([exchange]))
}

/// Servers of one test, in order of preference.
pub(crate) struct Servers(Vec<ScriptedDns>);

impl Servers {
    pub(crate) async fn start(kinds: &[ServerKind], conversation: &[Exchange]) -> Self {
        let mut servers = Vec::new();
        for kind in kinds {
            servers.push(ScriptedDns::start(*kind, conversation).await.unwrap());
        }
        Self(servers)
    }

    pub(crate) async fn scripted(conversation: &[Exchange]) -> Self {
        Self::start(&[ServerKind::Scripted], conversation).await
    }

    pub(crate) fn client(&self, config: DnsClientConfig) -> DnsClient {
        let servers = self.0.iter().map(|server| {
            let scheme = if server.is_tcp_only() { "tcp" } else { "udp" };
            let text = format!("{scheme}://{}", server.address());
            text.parse::<Server>().unwrap()
        });
        DnsClient::new(servers, config).unwrap()
    }

    pub(crate) fn resolver(&self, policy: Policy) -> Resolver<DnsClient> {
        Resolver::new(self.client(short_waits()), policy)
    }

    pub(crate) async fn discover(&self, identifier: &str) -> Outcome {
        let resolver = self.resolver(Policy::default());
        resolver.discover_text(identifier).await
    }

    /// Everything that reached any server.
    pub(crate) fn overheard(&self) -> Vec<Overheard> {
        self.0.iter().flat_map(ScriptedDns::overheard).collect()
    }

    /// What reached each server.
    pub(crate) fn counts(&self) -> Vec<usize> {
        self.0
            .iter()
            .map(|server| server.overheard().len())
            .collect()
    }
}

/// The outcome's word and its code, where it has one.
pub(crate) fn summary(outcome: &Outcome) -> String {
    let code = outcome.ending.code();
    let code = code.map(|code| format!(" {code}")).unwrap_or_default();
    format!("{}{code}", outcome.ending.as_str())
}

pub(crate) fn question(text: &str, record_type: u16) -> Question {
    Question {
        name: name(text),
        record_type,
        step: mimi_resolver::discovery::Step::Mimi,
    }
}

pub(crate) fn mimi(owner: &DomainName, definition_string: &str) -> Record {
    let rdata = Mimi::new(definition_string.as_bytes()).unwrap().to_rdata();
    record(owner, TypeCodes::DEFAULT.mimi(), rdata)
}

pub(crate) fn mimix(owner: &DomainName, target: &str) -> Record {
    let rdata = Mimix::new(name(target)).to_rdata();
    record(owner, TypeCodes::DEFAULT.mimix(), rdata)
}

fn record(owner: &DomainName, record_type: u16, rdata: Vec<u8>) -> Record {
    Record {
        owner: owner.clone(),
        class: 1,
        record_type,
        ttl: 3600,
        rdata,
        proof: Proof::Unchecked,
    }
}

pub(crate) fn answer(record: Record) -> Response {
    Response {
        rcode: 0,
        truncated: false,
        answer: vec![record],
        authority: Vec::new(),
        denial: Proof::Unchecked,
        channel: Channel::Plain,
    }
}

/// How many questions an [`Unwired`] was asked, how many were abandoned or answered, and how many are open.
#[derive(Clone, Default)]
pub(crate) struct Counts {
    pub(crate) asked: Arc<AtomicUsize>,
    pub(crate) open: Arc<AtomicUsize>,
}

impl Counts {
    pub(crate) fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    pub(crate) fn open(&self) -> usize {
        self.open.load(Ordering::SeqCst)
    }
}

/// An upstream without sockets: every domain has the MIMI resolution domain `m.example`, every name one account, after a delay.
pub(crate) struct Unwired {
    pub(crate) delay: Duration,
    pub(crate) counts: Counts,
}

impl Upstream for Unwired {
    fn ask(
        &self,
        question: &Question,
        _dnssec: DnssecRequest,
    ) -> impl Future<Output = Result<Response, Failure>> + Send {
        struct Open(Counts);
        impl Drop for Open {
            fn drop(&mut self) {
                self.0.open.fetch_sub(1, Ordering::SeqCst);
            }
        }
        let question = question.clone();
        let counts = self.counts.clone();
        let delay = self.delay;
        async move {
            counts.asked.fetch_add(1, Ordering::SeqCst);
            counts.open.fetch_add(1, Ordering::SeqCst);
            let _open = Open(counts);
            tokio::time::sleep(delay).await;
            Ok(answer(if question.type_name() == "MIMIX" {
                mimix(&question.name, "m.example")
            } else {
                mimi(&question.name, "v=MIMI1; a=bob; e=m.example")
            }))
        }
    }
}
