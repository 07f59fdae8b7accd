//! Whom to ask: an embedded server over zone files, given servers, or the system's.

use std::fs;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use anyhow::{Context, Result, bail};
use mimi_authority::RunningServer;
use mimi_resolver::discovery::Policy;
use mimi_resolver::{DnsClient, DnsClientConfig, Resolver, Server};

use crate::arguments::Resolve;
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
        let policy = Policy {
            type_codes,
            enum_suffix: options.enum_suffix.clone(),
            deadline: options.timeout,
            txt_bridge: options.txt_bridge,
            ..Policy::default()
        };
        let client = DnsClient::new(servers, DnsClientConfig::default());
        Ok(Self {
            resolver: Resolver::new(client, policy),
            embedded,
        })
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
