//! [`Metrics`]: counters and gauges in the text form of Prometheus. No label holds anything about a person or a client.

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;

/// What is counted of a server.
#[derive(Debug)]
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<Request, Counter>,
    refusals: Family<Refused, Counter>,
    proofs: Family<Proof, Counter>,
    pub(crate) evaluations: Counter,
    pub(crate) registrations: Gauge,
    pub(crate) connections: Gauge,
    pub(crate) connection_failures: Counter,
    pub(crate) builds: Counter,
    pub(crate) build_failures: Counter,
    pub(crate) build_seconds: Gauge,
    pub(crate) epoch_entries: Gauge,
    pub(crate) epoch_buckets: Gauge,
    epoch_number: Gauge,
    epoch_age: Gauge,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Request {
    route: &'static str,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Refused {
    reason: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Proof {
    kind: &'static str,
    result: &'static str,
}

impl Metrics {
    pub(crate) fn new() -> Self {
        let mut metrics = Self {
            registry: Registry::with_prefix("mimi_oracle"),
            requests: Family::default(),
            refusals: Family::default(),
            proofs: Family::default(),
            evaluations: Counter::default(),
            registrations: Gauge::default(),
            connections: Gauge::default(),
            connection_failures: Counter::default(),
            builds: Counter::default(),
            build_failures: Counter::default(),
            build_seconds: Gauge::default(),
            epoch_entries: Gauge::default(),
            epoch_buckets: Gauge::default(),
            epoch_number: Gauge::default(),
            epoch_age: Gauge::default(),
        };
        metrics.register();
        metrics
    }

    fn register(&mut self) {
        let registry = &mut self.registry;
        registry.register(
            "requests",
            "Requests by route and status",
            self.requests.clone(),
        );
        registry.register(
            "refusals",
            "Requests refused, by code",
            self.refusals.clone(),
        );
        registry.register("proofs", "Tokens sent or not, by kind", self.proofs.clone());
        registry.register(
            "evaluations",
            "Elements evaluated",
            self.evaluations.clone(),
        );
        let gauges = [
            ("registrations", "Registrations kept", &self.registrations),
            ("connections", "Open connections", &self.connections),
            (
                "build_seconds",
                "Seconds that the last build took",
                &self.build_seconds,
            ),
            (
                "epoch_entries",
                "Entries of the latest epoch",
                &self.epoch_entries,
            ),
            (
                "epoch_buckets",
                "Buckets of the latest epoch",
                &self.epoch_buckets,
            ),
            (
                "epoch_number",
                "The latest epoch served, by its begin",
                &self.epoch_number,
            ),
            (
                "epoch_age_seconds",
                "Seconds since it began",
                &self.epoch_age,
            ),
        ];
        for (name, help, gauge) in gauges {
            registry.register(name, help, gauge.clone());
        }
        registry.register(
            "connection_failures",
            "Connections refused, or given up in the handshake",
            self.connection_failures.clone(),
        );
        registry.register("builds", "Epochs built", self.builds.clone());
        registry.register(
            "build_failures",
            "Builds that failed",
            self.build_failures.clone(),
        );
    }

    pub(crate) fn count_request(&self, route: &'static str, status: u16) {
        self.requests
            .get_or_create(&Request { route, status })
            .inc();
    }

    pub(crate) fn count_refusal(&self, reason: &'static str) {
        self.refusals.get_or_create(&Refused { reason }).inc();
    }

    pub(crate) fn count_proof(&self, kind: &'static str, is_sent: bool) {
        let result = if is_sent { "sent" } else { "failed" };
        self.proofs.get_or_create(&Proof { kind, result }).inc();
    }

    /// The text, with the age of the latest epoch, if there is one, at `now`.
    pub(crate) fn render(&self, epoch: Option<u64>, now: u64) -> String {
        let number = epoch.unwrap_or_default();
        let age = epoch.map_or(0, |number| now.saturating_sub(number));
        self.epoch_number.set(to_gauge(number));
        self.epoch_age.set(to_gauge(age));
        let mut text = String::new();
        // Writing to memory does not fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}

pub(crate) fn to_gauge(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
