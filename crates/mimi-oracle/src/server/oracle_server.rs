//! [`OracleServer`]: everything put together, on sockets.

mod config;
mod connections;
mod driver;

use std::error::Error;
use std::fmt;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};
use axum_server::{Handle, Server};
use tokio::sync::{Notify, Semaphore, watch};
use tokio::task::{JoinHandle, spawn_blocking};
use tokio::time::timeout;

pub use config::{Config, Transport};

use self::connections::Connections;
use self::driver::StepError;
use super::certificate::{CertificateError, CertificateFiles};
use super::epochs::{Follower, PublishError, Publisher, Served};
use super::events::{Event, EventSink};
use super::http::{Role, Service, observability, router};
use super::metrics::Metrics;
use super::quota::{ProofQuota, QuotaAdmission};
use super::registrar::{Registered, Registrar, STORE_REQUESTS};
use super::store::Vault;
use super::token::TokenSecret;
use super::{KeyFileError, KeyRing};

/// How long the head of a request, or the whole of the first, may take.
const HEAD_PATIENCE: Duration = Duration::from_secs(10);

/// How long requests in flight have when the server ends.
const LAST_REQUESTS: Duration = Duration::from_secs(15);

/// Octets of the longest head of a request.
const MAX_HEAD_OCTETS: usize = 16 * 1024;

/// Starts servers.
#[derive(Debug)]
pub struct OracleServer;

impl OracleServer {
    /// Starts a server in the runtime of the caller. Builds the first epoch before it answers, where none is there to
    /// be served; that ends early if the future is dropped. Without a store it follows what another server publishes, and where that is
    /// nothing yet, it answers all the same.
    ///
    /// # Errors
    /// [`StartError`].
    pub async fn start(config: Config) -> Result<Running, StartError> {
        let certificate = match &config.transport {
            Transport::Tls(files) => Some((files.clone(), read(files).await?)),
            Transport::PlainOnLoopback if config.listen.ip().is_loopback() => None,
            Transport::PlainOnLoopback => return Err(StartError::NotLoopback(config.listen)),
        };
        // Before the first epoch is built, which may take long: an address in use is to be told at once.
        let (listener, local_addr) = bind(config.listen)?;
        let metrics = config.metrics.map(bind).transpose()?;
        let opening = config.clone();
        let service = spawn_blocking(move || open(&opening))
            .await
            .map_err(|error| StartError::Interrupted(io::Error::other(error)))??;
        let service = Arc::new(service);
        match &service.role {
            Role::Publisher(registrar) => publish_first(&service, registrar).await?,
            Role::Follower(follower) => driver::look(&service, follower).await,
        }

        let (handle, metrics_handle) = (Handle::new(), Handle::new());
        let (stop, stopped) = watch::channel(false);
        let wake = Arc::new(Notify::new());
        let connections = Connections::new(
            config.connections,
            config.is_behind_proxy(),
            service.metrics.connections.clone(),
        );
        let events = &config.events;
        let mut tasks = vec![tokio::spawn(driver::drive(
            service.clone(),
            wake.clone(),
            stopped,
        ))];
        let metrics_addr = metrics.as_ref().map(|(_, address)| *address);
        if let Some((listener, _)) = metrics {
            let router = observability(service.clone());
            let server = server(listener, &metrics_handle, &service)?;
            tasks.push(spawn_server(server.serve(make(router)), events));
        }
        let server = server(listener, &handle, &service)?;
        let routes = make(router(service.clone()));
        let tls = match certificate {
            Some((files, config)) => {
                let config = RustlsConfig::from_config(config);
                let acceptor = RustlsAcceptor::new(config.clone()).acceptor(connections);
                tasks.push(spawn_server(
                    server.acceptor(acceptor).serve(routes),
                    events,
                ));
                Some((files, config))
            }
            None => {
                tasks.push(spawn_server(
                    server.acceptor(connections).serve(routes),
                    events,
                ));
                None
            }
        };
        Ok(Running {
            local_addr,
            metrics_addr,
            service,
            handles: [handle, metrics_handle],
            stop,
            wake,
            tasks,
            tls,
        })
    }
}

/// A server that runs. Dropping it ends it without waiting for anything; [`Running::shutdown`] ends it in order.
pub struct Running {
    local_addr: SocketAddr,
    metrics_addr: Option<SocketAddr>,
    service: Arc<Service>,
    handles: [Handle<SocketAddr>; 2],
    stop: watch::Sender<bool>,
    wake: Arc<Notify>,
    tasks: Vec<JoinHandle<()>>,
    tls: Option<(CertificateFiles, RustlsConfig)>,
}

impl Running {
    /// Where clients connect.
    pub fn local_addr(&self) -> SocketAddr {
        self.local_addr
    }

    /// Where `/metrics` and `/healthz` are, if anywhere.
    pub fn metrics_addr(&self) -> Option<SocketAddr> {
        self.metrics_addr
    }

    /// The pin that users need.
    pub fn pin(&self) -> crate::Pin {
        self.service.served.keys().pin()
    }

    /// Shows clients the certificate that the files now hold. What comes of it is an event; if it is no good, the one before stays.
    pub async fn reload_certificate(&self) {
        let Some((files, config)) = &self.tls else {
            return;
        };
        let event = match read(files).await {
            Ok(read) => {
                config.reload_from_config(read);
                Event::CertificateReloaded
            }
            Err(error) => Event::CertificateNotReloaded(error),
        };
        self.service.tell(&event);
    }

    /// Looks at once whether an epoch is due, as after the clock was set or keys were rotated.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    /// Ends the server: no new connections, no new epoch; requests that have begun are answered, and changes that were begun are stored.
    pub async fn shutdown(mut self) {
        self.end(Some(LAST_REQUESTS));
        // A little longer than the connections have.
        let patience = LAST_REQUESTS + Duration::from_secs(5);
        for task in self.tasks.drain(..) {
            let _ = timeout(patience, task).await;
        }
        if let Role::Publisher(registrar) = &self.service.role {
            let in_flight = registrar.in_flight.clone();
            let _ = timeout(patience, in_flight.acquire_many(STORE_REQUESTS)).await;
        }
    }

    fn end(&self, grace: Option<Duration>) {
        if let Role::Publisher(registrar) = &self.service.role {
            registrar.publisher.cancel();
        }
        let _ = self.stop.send(true);
        for handle in &self.handles {
            match grace {
                Some(_) => handle.graceful_shutdown(grace),
                None => handle.shutdown(),
            }
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if !self.tasks.is_empty() {
            self.end(None);
        }
    }
}

impl fmt::Debug for Running {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Running")
            .field("local_addr", &self.local_addr)
            .field("metrics_addr", &self.metrics_addr)
            .finish_non_exhaustive()
    }
}

/// Says what is damaged, and builds the first epoch where none is there to be served.
async fn publish_first(service: &Arc<Service>, registrar: &Registrar) -> Result<(), StartError> {
    let publisher = &registrar.publisher;
    for damage in publisher.damages() {
        service.tell(&Event::EpochDamaged(damage));
    }
    if publisher.epochs().announced(service.now()).is_empty() {
        let mut building = CancelOnDrop(Some(publisher.clone()));
        driver::step(service, registrar)
            .await
            .map_err(|error| match error {
                StepError::Publish(error) => StartError::Publish(error),
                StepError::Interrupted => {
                    StartError::Interrupted(io::ErrorKind::Interrupted.into())
                }
            })?;
        building.0 = None;
    }
    Ok(())
}

/// Opens the data folder. Blocks.
fn open(config: &Config) -> Result<Service, StartError> {
    let keys = KeyRing::read(&config.data.join(KeyRing::FILE)).map_err(StartError::Key)?;
    let tokens = Arc::new(TokenSecret::new(keys.token_secret()));
    let (role, served) = open_role(config, &keys, &tokens).map_err(StartError::Publish)?;
    let admission = config.admission.clone();
    Ok(Service {
        served,
        role,
        quota: config.quota,
        admission: admission.unwrap_or_else(|| Arc::new(QuotaAdmission::new(tokens, config.quota))),
        evaluations: Arc::new(Semaphore::new(config.evaluations.max(1))),
        address_source: config.address_source.clone(),
        metrics: Metrics::new(),
        clock: config.clock.clone(),
        events: config.events.clone(),
    })
}

fn open_role(
    config: &Config,
    keys: &KeyRing,
    tokens: &Arc<TokenSecret>,
) -> Result<(Role, Arc<Served>), PublishError> {
    let Some(store) = &config.store else {
        let follower = Follower::open(&config.data)?;
        let served = follower.served().clone();
        return Ok((Role::Follower(Arc::new(follower)), served));
    };
    let vault = Arc::new(Vault::new(keys.vault_secret()));
    let providers = Arc::new(config.providers.clone());
    let publications = Registered {
        store: store.clone(),
        vault: vault.clone(),
        providers: providers.clone(),
        events: config.events.clone(),
    };
    let publisher = Publisher::open(&config.data, config.schedule, Box::new(publications))?;
    let served = publisher.served().clone();
    let registrar = Registrar {
        publisher: Arc::new(publisher),
        store: store.clone(),
        vault,
        tokens: tokens.clone(),
        providers,
        proofs: ProofQuota::new(config.proofs),
        email: config.email.clone(),
        telephone: config.telephone.clone(),
        lifetime: config.lifetime,
        in_flight: Arc::new(Semaphore::new(STORE_REQUESTS as usize)),
    };
    Ok((Role::Publisher(Box::new(registrar)), served))
}

async fn read(files: &CertificateFiles) -> Result<Arc<rustls::ServerConfig>, CertificateError> {
    let files = files.clone();
    let read = spawn_blocking(move || files.read()).await;
    read.unwrap_or_else(|error| Err(CertificateError::Interrupted(io::Error::other(error))))
}

/// A listener, and the address that it got.
fn bind(address: SocketAddr) -> Result<(TcpListener, SocketAddr), StartError> {
    TcpListener::bind(address)
        .and_then(|listener| {
            let address = listener.local_addr()?;
            Ok((listener, address))
        })
        .map_err(|error| StartError::Listen(address, error))
}

/// Ends a build whose outcome nobody waits for any more: a thread cannot be dropped.
struct CancelOnDrop(Option<Arc<Publisher>>);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        if let Some(publisher) = &self.0 {
            publisher.cancel();
        }
    }
}

type MakeService = axum::extract::connect_info::IntoMakeServiceWithConnectInfo<Router, SocketAddr>;

fn make(router: Router) -> MakeService {
    router.into_make_service_with_connect_info()
}

fn server(
    listener: TcpListener,
    handle: &Handle<SocketAddr>,
    service: &Arc<Service>,
) -> Result<Server<SocketAddr>, StartError> {
    let service = service.clone();
    let mut server = axum_server::from_tcp(listener)
        .map_err(StartError::Interrupted)?
        .handle(handle.clone())
        .first_request_timeout(HEAD_PATIENCE)
        .accept_error_handler(move |client, error| match client {
            // Handshakes that fail and connections beyond the most: whoever connects decides how many of them there are.
            Some(_) => {
                service.metrics.connection_failures.inc();
            }
            None => service.tell(&Event::AcceptFailed(error.kind().into())),
        });
    let builder = server.http_builder();
    builder
        .http1()
        .header_read_timeout(HEAD_PATIENCE)
        .max_buf_size(MAX_HEAD_OCTETS);
    builder
        .http2()
        .max_concurrent_streams(16)
        .max_header_list_size(u32::try_from(MAX_HEAD_OCTETS).unwrap_or(u32::MAX))
        .keep_alive_interval(HEAD_PATIENCE)
        .keep_alive_timeout(HEAD_PATIENCE);
    Ok(server)
}

fn spawn_server(
    server: impl Future<Output = io::Result<()>> + Send + 'static,
    events: &EventSink,
) -> JoinHandle<()> {
    let events = events.clone();
    tokio::spawn(async move {
        if let Err(error) = server.await {
            events(&Event::ListenerFailed(error));
        }
    })
}

/// Why a server did not start.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// The file `oracle.key` cannot be used.
    Key(KeyFileError),
    /// The data folder cannot be published from, or the first epoch was not built.
    Publish(PublishError),
    /// There is no certificate.
    Certificate(CertificateError),
    /// Without encryption, a server listens on addresses of this machine only.
    NotLoopback(SocketAddr),
    /// Nothing can listen on this address.
    Listen(SocketAddr, io::Error),
    /// The runtime ended, or gave no sockets.
    Interrupted(io::Error),
}

impl From<CertificateError> for StartError {
    fn from(error: CertificateError) -> Self {
        Self::Certificate(error)
    }
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(error) => error.fmt(f),
            Self::Publish(error) => error.fmt(f),
            Self::Certificate(error) => error.fmt(f),
            Self::NotLoopback(address) => write!(
                f,
                "{address} can be reached from elsewhere; without TLS, listen on 127.0.0.1 or ::1 behind a proxy"
            ),
            Self::Listen(address, error) => write!(f, "cannot listen on {address}: {error}"),
            Self::Interrupted(error) => write!(f, "the server did not start: {error}"),
        }
    }
}

impl Error for StartError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Key(error) => Some(error),
            Self::Publish(error) => Some(error),
            Self::Certificate(error) => Some(error),
            Self::NotLoopback(_) => None,
            Self::Listen(_, error) | Self::Interrupted(error) => Some(error),
        }
    }
}
