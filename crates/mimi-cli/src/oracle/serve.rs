//! `mimi oracle serve`: an oracle, until interrupted.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, anyhow};
use mimi_oracle::Quota;
#[cfg(feature = "postgres")]
use mimi_oracle::server::PostgresStore;
use mimi_oracle::server::{
    AddressSource, CertificateError, CertificateFiles, CommandSender, Config, Event, KeyFileError,
    MailSender, OracleServer, Running, Schedule, SqliteStore, StartError, Store, Transport,
};
use mimi_output::Shown;

use crate::exit::{Exit, Usage};
use crate::oracle::arguments::Serve;
use crate::oracle::data::{self, cannot_read_key, read_keys};
use crate::zones::shown_path;

const DAY: u64 = 24 * 3600;

pub(crate) fn run(options: &Serve) -> Result<Exit> {
    let mut config = config(options)?;
    // Held until the runtime is gone: a connection to PostgreSQL is not to be closed inside of it.
    let _store = config.store.clone();
    config.events = Arc::new(tell);
    let runtime = tokio::runtime::Runtime::new().context("cannot start")?;
    runtime.block_on(async {
        let mut signals = Signals::new().context("cannot wait for an interrupt")?;
        let data = &options.data;
        let server = tokio::select! {
            started = OracleServer::start(config) => {
                started.map_err(|error| cannot_start(options, error))?
            }
            // The first epoch may take long to build.
            () = signals.end() => return Ok(Exit::Ok),
        };
        let mut out = anstream::stdout();
        let does = if options.follow {
            "following"
        } else {
            "serving"
        };
        writeln!(out, "{does} {}", shown_path(data))?;
        writeln!(out, "pin: {}", server.pin())?;
        let scheme = if options.plain { "http" } else { "https" };
        writeln!(out, "listening on {scheme}://{}", server.local_addr())?;
        if let Some(address) = server.metrics_addr() {
            writeln!(out, "metrics on http://{address}/metrics")?;
        }
        out.flush()?;
        signals.serve(&server).await;
        server.shutdown().await;
        Ok(Exit::Ok)
    })
}

fn config(options: &Serve) -> Result<Config> {
    let transport = match (&options.tls_certificate, &options.tls_key) {
        (Some(certificate), Some(key)) => Transport::Tls(CertificateFiles {
            certificate: certificate.clone(),
            key: key.clone(),
        }),
        _ if options.listen.ip().is_loopback() => Transport::PlainOnLoopback,
        _ => {
            return Err(anyhow!(Usage(format!(
                "--plain: {} can be reached from elsewhere; listen on 127.0.0.1 or [::1], behind a proxy with a certificate",
                options.listen
            ))));
        }
    };
    // Everything that may be wrong with the options, before a file is touched.
    let oracle = options.url.as_deref().unwrap_or_default();
    let email = match (smtp(options)?, &options.mail_from) {
        (Some(url), Some(from)) => Some(
            MailSender::new(&url, from, oracle)
                .map_err(|error| Usage(format!("--smtp, --mail-from, --url: {error}")))?,
        ),
        _ => None,
    };
    let telephone = options
        .telephone_command
        .as_ref()
        .map(|program| CommandSender::new(program, oracle));
    let address_source = match &options.address_header {
        Some(name) => AddressSource::Header(name.parse().map_err(|_| {
            Usage(format!(
                "--address-header: {} is no name of a header",
                Shown(name)
            ))
        })?),
        None => AddressSource::Peer,
    };
    let mut config = if options.follow {
        Config::follower(&options.data, options.listen, transport)
    } else {
        // Without secrets no store is made.
        read_keys(&options.data)?;
        Config::new(&options.data, store(options)?, options.listen, transport)
    };
    config.email = email.map(|sender| Arc::new(sender) as _);
    config.telephone = telephone.map(|sender| Arc::new(sender) as _);
    config.address_source = address_source;
    config.providers = options.providers.iter().cloned().collect();
    config.metrics = options.metrics;
    config.schedule = Schedule {
        period: options.period.into(),
        overlap: options.overlap.into(),
    };
    config.quota = Quota {
        burst: options.quota_burst.get(),
        per_day: options.quota_per_day.get(),
    };
    config.lifetime = u64::from(options.lifetime) * DAY;
    Ok(config)
}

/// The mail server, from where a password is not seen in the list of processes.
fn smtp(options: &Serve) -> Result<Option<String>> {
    let Some(path) = &options.smtp_file else {
        return Ok(options.smtp.clone());
    };
    first_line(path).map(Some)
}

/// Where registrations are kept.
fn store(options: &Serve) -> Result<Arc<dyn Store>> {
    #[cfg(feature = "postgres")]
    if let Some(path) = &options.postgres {
        let store = PostgresStore::open(&first_line(path)?)
            .map_err(|error| anyhow!("cannot use PostgreSQL: {}", Shown(&error.to_string())))?;
        return Ok(Arc::new(store));
    }
    let registrations = data::registrations(&options.data);
    let store = SqliteStore::open(&registrations)
        .map_err(|error| anyhow!("cannot use {}: {error}", shown_path(&registrations)))?;
    Ok(Arc::new(store))
}

/// What is better not seen on the command line.
fn first_line(path: &Path) -> Result<String> {
    let content =
        fs::read_to_string(path).with_context(|| format!("cannot read {}", shown_path(path)))?;
    Ok(content.lines().next().unwrap_or_default().trim().to_owned())
}

fn cannot_start(options: &Serve, error: StartError) -> anyhow::Error {
    match error {
        StartError::Key(KeyFileError::Io(error))
            if options.follow && error.kind() == io::ErrorKind::NotFound =>
        {
            anyhow!(
                "there is no {}; copy it from the folder of the server that publishes",
                shown_path(&data::key_file(&options.data))
            )
        }
        StartError::Key(error) => cannot_read_key(&data::key_file(&options.data), &error),
        StartError::Publish(error) => {
            anyhow!("cannot publish from {}: {error}", shown_path(&options.data))
        }
        StartError::Certificate(CertificateError::Certificate(path, error)) => {
            anyhow!("no certificate in {}: {error}", shown_path(&path))
        }
        StartError::Certificate(CertificateError::Key(path, error)) => {
            anyhow!("no private key in {}: {error}", shown_path(&path))
        }
        error => anyhow!("{error}"),
    }
}

/// Tells what happened. No event names anybody.
fn tell(event: &Event<'_>) {
    let level = if event.is_failure() { "error" } else { "note" };
    // A closed standard error leaves nobody to tell.
    let _ = writeln!(
        io::stderr(),
        "{level}: {} [{}]",
        Shown(&event.to_string()),
        event.code()
    );
}

/// What the process may be told from outside.
struct Signals {
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
    #[cfg(unix)]
    hang_up: tokio::signal::unix::Signal,
}

impl Signals {
    #[cfg(unix)]
    fn new() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};

        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            hang_up: signal(SignalKind::hangup())?,
        })
    }

    /// Waits until the process is to end, and reads what may have changed whenever it is told to.
    #[cfg(unix)]
    async fn serve(&mut self, server: &Running) {
        loop {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => return,
                _ = self.terminate.recv() => return,
                _ = self.hang_up.recv() => {
                    server.reload_certificate().await;
                    server.wake();
                }
            }
        }
    }

    #[cfg(unix)]
    async fn end(&mut self) {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = self.terminate.recv() => {}
        }
    }

    #[cfg(not(unix))]
    fn new() -> io::Result<Self> {
        Ok(Self {})
    }

    #[cfg(not(unix))]
    async fn serve(&mut self, _: &Running) {
        self.end().await;
    }

    #[cfg(not(unix))]
    async fn end(&mut self) {
        let _ = tokio::signal::ctrl_c().await;
    }
}
