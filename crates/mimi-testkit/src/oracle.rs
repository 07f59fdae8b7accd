//! An oracle of `mimi-oracle/1` on loopback over real TLS, sound or flawed in one way, that remembers everything it heard.

mod http;
mod world;

use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use mimi_oracle::Pin;
use rustls::ServerConfig;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

pub use self::http::HeardRequest;
use self::world::World;
use crate::encrypted::{Flaw, Issued};

/// What is wrong with an oracle, if anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OracleFlaw {
    /// Nothing.
    None,
    /// No authority that a client trusts vouches for its host.
    OtherAuthority,
    /// It accepts connections, and never says anything in them.
    SilentAtTls,
    /// It takes requests, and never answers.
    Silent,
    /// What it answers is not HTTP.
    NotHttp,
    /// Header fields without end.
    EndlessHead,
    /// It sends clients elsewhere: to itself, where the answer would be right.
    Redirects,
    /// Its answers are compressed.
    Compressed,
    /// Its answers are of the type `text/html`.
    OtherType,
    /// Parameters of another oracle.
    OtherKeys,
    /// Parameters that somebody changed.
    ChangedParameters,
    /// Parameters without end.
    EndlessParameters,
    /// Its only epoch is over.
    EpochOver,
    /// It says that the epoch which it announces is over.
    EpochGone,
    /// Evaluations with another key than the announced.
    OtherLookupKey,
    /// A proof with one bit flipped.
    ForgedProof,
    /// The identity as an evaluated element.
    Identity,
    /// Another number of elements than asked.
    OtherCount,
    /// An evaluation that goes on after its end.
    LongEvaluation,
    /// Buckets without end.
    EndlessBuckets,
    /// Buckets one octet too short.
    ShortBuckets,
    /// Buckets one octet too long, and said to be.
    LongBuckets,
    /// Buckets signed by somebody else.
    OtherBucketSigner,
    /// Entries signed by somebody else, in buckets signed rightly.
    OtherEntrySigner,
    /// Entries that have expired.
    ExpiredEntries,
    /// No bucket is there.
    NoBuckets,
    /// Every client has asked too often, and is to come back after 77 seconds.
    QuotaExceeded,
    /// It fails, and says so in letters that no terminal should see.
    Unavailable,
    /// It closes each connection after an answer, without saying so before.
    ClosesConnections,
}

/// An oracle, until it is dropped.
pub struct ScriptedOracle {
    address: SocketAddr,
    pin: Pin,
    authority: String,
    world: Arc<World>,
    connections: Arc<AtomicUsize>,
    heard: Arc<Mutex<Vec<HeardRequest>>>,
    task: JoinHandle<()>,
}

impl ScriptedOracle {
    /// Starts an oracle that knows these people, each by their identifier with their definition strings.
    ///
    /// # Errors
    /// When loopback or TLS cannot be used, or an identifier is none or a MUI.
    pub async fn start(flaw: OracleFlaw, people: &[(&str, &[&str])]) -> io::Result<Self> {
        Self::start_with_buckets(flaw, people, 1).await
    }

    /// The same with as many buckets.
    ///
    /// # Errors
    /// As [`start`](Self::start), or when the people do not fit.
    pub async fn start_with_buckets(
        flaw: OracleFlaw,
        people: &[(&str, &[&str])],
        buckets: u32,
    ) -> io::Result<Self> {
        let world = Arc::new(World::new(flaw, people, buckets)?);
        let certificate_flaw = match flaw {
            OracleFlaw::OtherAuthority => Flaw::OtherAuthority,
            _ => Flaw::None,
        };
        let issued = Issued::new(certificate_flaw).map_err(io::Error::other)?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(io::Error::other)?
            .with_no_client_auth()
            .with_single_cert(vec![issued.certificate.clone()], issued.key.clone_key())
            .map_err(io::Error::other)?;
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let connections = Arc::new(AtomicUsize::new(0));
        let heard = Arc::default();
        let task = tokio::spawn(accept(
            listener,
            acceptor,
            Arc::clone(&world),
            Arc::clone(&connections),
            Arc::clone(&heard),
        ));
        Ok(Self {
            address,
            pin: world.pin(),
            authority: issued.authority,
            world,
            connections,
            heard,
            task,
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// How a user names it: `https://127.0.0.1:PORT#KEY`.
    pub fn url(&self) -> String {
        format!("https://{}#{}", self.address, self.pin)
    }

    /// The authority to trust, in PEM form.
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// How often somebody connected, whatever they then said.
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// Every request, in the order in which they came.
    pub fn heard(&self) -> Vec<HeardRequest> {
        self.heard
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Begins a new epoch, and forgets the one before at once.
    pub fn begin_epoch(&self) {
        self.world.begin_epoch();
    }
}

impl Drop for ScriptedOracle {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn accept(
    listener: TcpListener,
    acceptor: TlsAcceptor,
    world: Arc<World>,
    connections: Arc<AtomicUsize>,
    heard: Arc<Mutex<Vec<HeardRequest>>>,
) {
    // Ends those who are served when it is dropped itself.
    let mut serving = tokio::task::JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let number = connections.fetch_add(1, Ordering::SeqCst);
        let (acceptor, world, heard) = (acceptor.clone(), Arc::clone(&world), Arc::clone(&heard));
        serving.spawn(async move {
            if world.flaw() == OracleFlaw::SilentAtTls {
                std::future::pending::<()>().await;
            }
            // Who does not finish a handshake, or goes away, is not served.
            if let Ok(stream) = acceptor.accept(stream).await {
                let _ = http::serve(stream, number, &world, &heard).await;
            }
        });
    }
}
