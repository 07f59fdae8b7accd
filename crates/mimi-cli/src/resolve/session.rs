//! Whom to ask: an embedded server over zone files, given servers, or the system's.

use std::fs;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use anyhow::{Context, Result, bail};
use mimi_authority::RunningServer;
use mimi_resolver::discovery::{Policy, Validation};
use mimi_resolver::{DnsClient, DnsClientConfig, DnsClientError, Resolver, Server, TrustAnchors};

use super::{anchors, oracles};
use crate::arguments::{DnssecMode, Resolve};
use crate::authorities;
use crate::exit::Usage;
use crate::zones::{self, Snippets};

const RESOLV_CONF: &str = "/etc/resolv.conf";

/// A resolver, and the embedded server it may ask.
pub(super) struct Session {
    pub(super) resolver: Resolver<DnsClient>,
    embedded: Option<RunningServer>,
}

impl Session {
    pub(super) async fn start(options: &Resolve) -> Result<Self> {
        let type_codes = options.types.codes()?;
        let (servers, embedded) = if !options.zones.is_empty() {
            let zones = zones::load(&options.zones, type_codes, Snippets::Welcome)?;
            let loopback = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
            let server = mimi_authority::Server::bind([loopback], zones)
                .await
                .context("cannot start the embedded server on loopback")?;
            (vec![Server::udp(server.local_addr())], Some(server))
        } else if !options.servers.is_empty() {
            (options.servers.clone(), None)
        } else {
            (system_servers()?, None)
        };
        let dnssec = dnssec_mode(options)?;
        let policy = Policy {
            type_codes,
            validation: match dnssec {
                DnssecMode::Off => Validation::Off,
                DnssecMode::Validate => Validation::Validate,
                DnssecMode::Require => Validation::Require,
            },
            enum_suffix: options.enum_suffix.clone(),
            deadline: options.timeout,
            txt_bridge: options.txt_bridge,
            oracle_on_insecure: options.oracle_on_insecure,
            ..Policy::default()
        };
        let config = client_config(options)?;
        let oracles = oracles::start(options, dnssec, &config.certificate_authorities)?;
        let client = DnsClient::new(servers, config).map_err(refused)?;
        let mut resolver = Resolver::new(client, policy).consulting(oracles);
        if options.trust_ad {
            resolver = resolver.trusting_upstream();
        } else if dnssec != DnssecMode::Off {
            resolver = resolver.validating(match &options.trust_anchor {
                Some(path) => anchors::read(path)?,
                None => TrustAnchors::root(),
            });
        }
        Ok(Self { resolver, embedded })
    }

    pub(super) async fn stop(self) -> Result<()> {
        match self.embedded {
            Some(server) => server
                .shutdown()
                .await
                .context("the embedded server failed"),
            None => Ok(()),
        }
    }
}

/// The mode asked for, or the default: servers given in the clear may be authoritative only, and then know no chain of trust.
fn dnssec_mode(options: &Resolve) -> Result<DnssecMode, Usage> {
    let is_plain = |server: &Server| !server.transport.is_encrypted();
    let may_be_authoritative = !options.zones.is_empty() || options.servers.iter().any(is_plain);
    let wants = options.trust_ad || options.trust_anchor.is_some();
    match options.dnssec {
        Some(DnssecMode::Off) if wants => Err(Usage(
            "--dnssec off validates nothing; leave out --trust-anchor and --trust-ad, or --dnssec"
                .to_owned(),
        )),
        Some(mode) => Ok(mode),
        None if may_be_authoritative && !wants => Ok(DnssecMode::Off),
        None => Ok(DnssecMode::Validate),
    }
}

fn client_config(options: &Resolve) -> Result<DnsClientConfig> {
    let mut config = DnsClientConfig::default();
    config.require_encrypted = options.require_encrypted;
    if let Some(path) = &options.tls_ca {
        if !options.zones.is_empty() && options.oracles.is_empty() {
            bail!(Usage(
                "--tls-ca: with --zone nobody is asked over TLS; leave it out, or name an oracle with --oracle"
                    .to_owned()
            ));
        }
        config.certificate_authorities = authorities::read(path)?;
    }
    Ok(config)
}

/// Servers that are not wanted are a matter of the arguments, also where they come from the system.
fn refused(error: DnsClientError) -> anyhow::Error {
    match error {
        DnsClientError::PlainServer { .. } => Usage(format!(
            "--require-encrypted: {error}; name an encrypted one with --server, such as --server tls://192.0.2.53#dns.example.net"
        ))
        .into(),
        error => error.into(),
    }
}

/// The `nameserver` lines of the system's configuration. Its search list is for other names than ours, which are absolute.
fn system_servers() -> Result<Vec<Server>> {
    let remedy = "name a server with --server, such as --server 192.0.2.53";
    let octets =
        fs::read(RESOLV_CONF).with_context(|| format!("cannot read {RESOLV_CONF}; {remedy}"))?;
    let config = resolv_conf::Config::parse(&octets)
        .with_context(|| format!("cannot read {RESOLV_CONF}; {remedy}"))?;
    let addresses = config
        .nameservers
        .iter()
        .map(|server| IpAddr::from(server.clone()));
    let servers: Vec<Server> = addresses
        .map(|address| Server::udp(SocketAddr::new(address, 53)))
        .collect();
    if servers.is_empty() {
        bail!("{RESOLV_CONF} names no server; {remedy}");
    }
    Ok(servers)
}
