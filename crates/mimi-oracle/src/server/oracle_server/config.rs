//! [`Config`]: what a server is told.

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::parameters::Quota;
use crate::server::certificate::CertificateFiles;
use crate::server::epochs::Schedule;
use crate::server::events::EventSink;
use crate::server::http::{AddressSource, Clock};
use crate::server::providers::Providers;
use crate::server::quota::{Admission, ProofLimits};
use crate::server::senders::ProofSender;
use crate::server::store::Store;

/// How the server is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Transport {
    /// Over TLS.
    Tls(CertificateFiles),
    /// Without encryption, on an address of this machine only: for a reverse proxy beside it.
    PlainOnLoopback,
}

/// What a server is told. [`Config::new`] has a default for everything that can have one.
#[derive(Clone)]
#[non_exhaustive]
pub struct Config {
    /// The folder with `oracle.key` and `epochs`.
    pub data: PathBuf,
    /// Where registrations are kept. Without, the server publishes nothing: it follows what another one publishes in the folder, or in the one
    /// that this is a copy of, and answers lookups alone.
    pub store: Option<Arc<dyn Store>>,
    /// Where clients connect; port 0 picks a free one.
    pub listen: SocketAddr,
    /// How they connect.
    pub transport: Transport,
    /// Where `/metrics` and `/healthz` are, without encryption; nowhere by default.
    pub metrics: Option<SocketAddr>,
    /// When epochs begin and end.
    pub schedule: Schedule,
    /// What clients without a token may ask for: 1,000 elements at once and in a day, an address book of most people.
    pub quota: Quota,
    /// What takes the place of quotas, if anything does. [`Config::quota`] is announced all the same.
    pub admission: Option<Arc<dyn Admission>>,
    /// How many tokens are sent.
    pub proofs: ProofLimits,
    /// Who sends tokens by mail. Without, no address can be registered.
    pub email: Option<Arc<dyn ProofSender>>,
    /// Who sends tokens to telephones. Without, no number can be registered.
    pub telephone: Option<Arc<dyn ProofSender>>,
    /// Who may stand by registrations of others.
    pub providers: Providers,
    /// Seconds for which a registration is published unless it is made again: 180 days, since numbers and addresses change hands.
    pub lifetime: u64,
    /// Where the address of a client is learnt from.
    pub address_source: AddressSource,
    /// Connections open at the same time: 1,024, which may hold 16 buckets each, a gigaoctet at the very most. A client has at most a
    /// sixteenth of them, unless all come through a proxy.
    pub connections: usize,
    /// Batches computed at the same time, on a thread each: as many as there are cores.
    pub evaluations: usize,
    /// What says the time.
    pub clock: Clock,
    /// Who is told of events: nobody by default.
    pub events: EventSink,
}

impl Config {
    /// A server with these folders and addresses.
    pub fn new(
        data: impl Into<PathBuf>,
        store: Arc<dyn Store>,
        listen: SocketAddr,
        transport: Transport,
    ) -> Self {
        let mut config = Self::follower(data, listen, transport);
        config.store = Some(store);
        config
    }

    /// A server that follows another, with these folders and addresses.
    pub fn follower(data: impl Into<PathBuf>, listen: SocketAddr, transport: Transport) -> Self {
        Self {
            data: data.into(),
            store: None,
            listen,
            transport,
            metrics: None,
            schedule: Schedule::default(),
            quota: Quota {
                burst: 1_000,
                per_day: 1_000,
            },
            admission: None,
            proofs: ProofLimits::default(),
            email: None,
            telephone: None,
            providers: Providers::default(),
            lifetime: 180 * 24 * 3_600,
            address_source: AddressSource::default(),
            connections: 1_024,
            evaluations: std::thread::available_parallelism().map_or(1, usize::from),
            clock: Arc::new(system_clock),
            events: Arc::new(|_| {}),
        }
    }

    /// Whether all connections come from a proxy.
    pub(super) fn is_behind_proxy(&self) -> bool {
        self.transport == Transport::PlainOnLoopback || self.address_source != AddressSource::Peer
    }
}

fn system_clock() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs())
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("data", &self.data)
            .field("listen", &self.listen)
            .field("transport", &self.transport)
            .finish_non_exhaustive()
    }
}
