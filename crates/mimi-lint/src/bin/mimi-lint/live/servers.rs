//! Which zone a name is in, and which servers answer for it.

use std::fs;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};

use anyhow::{Context, Result, bail};
use mimi_lint::observations::{Failure, Reason};
use mimi_name::DomainName;

use super::exchange::{Asker, NoReply, Reply};
use super::message::{Message, Record};
use super::render::types;

const RESOLV_CONF: &str = "/etc/resolv.conf";

/// How many addresses of a zone's servers are asked.
const MOST_SERVERS: usize = 8;

/// How many names are tried on the way up to the zone's.
const MOST_UPWARDS: usize = 16;

/// Whom to ask.
pub(super) struct Whom {
    /// The servers that were given; none when those of each zone are looked for.
    pub(super) given: Vec<SocketAddr>,
    /// Who looks for them, and for hosts.
    pub(super) resolvers: Vec<SocketAddr>,
}

/// A server of a zone.
#[derive(Clone, Debug)]
pub(super) struct Authority {
    pub(super) name: Option<DomainName>,
    pub(super) address: SocketAddr,
}

/// A zone and its servers.
pub(super) struct Found {
    pub(super) apex: DomainName,
    pub(super) servers: Vec<Authority>,
    pub(super) has_ds: Option<bool>,
    /// What could not be learnt on the way.
    pub(super) failures: Vec<Failure>,
}

impl Whom {
    /// The servers given, or the system's resolvers.
    pub(super) fn new(given: &[SocketAddr], resolvers: &[SocketAddr]) -> Result<Self> {
        let resolvers = match (given, resolvers) {
            ([], []) => system_resolvers()?,
            (_, []) => given.to_vec(),
            _ => resolvers.to_vec(),
        };
        let mut given = given.to_vec();
        given.truncate(MOST_SERVERS);
        Ok(Self { given, resolvers })
    }

    /// Finds the zone of a name.
    pub(super) fn find(&self, asker: &Asker, name: &DomainName) -> Result<Found, Failure> {
        match self.given.is_empty() {
            true => self.look_for(asker, name),
            false => self.among_given(asker, name),
        }
    }

    /// The zone that the servers given have: the closest one above the name.
    fn among_given(&self, asker: &Asker, name: &DomainName) -> Result<Found, Failure> {
        let mut found: Option<DomainName> = None;
        let mut answering = Vec::new();
        let mut silent = Vec::new();
        let mut last = None;
        for &server in &self.given {
            match find_apex(name, |name| asker.ask(server, name, types::SOA, false)) {
                Ok(apex) => {
                    if found.as_ref().is_none_or(|found| apex.is_within(found)) {
                        found = Some(apex.clone());
                    }
                    answering.push((apex, server));
                }
                Err((at, error)) => {
                    let failure = asker.failure(Some(server), &at, types::SOA, error);
                    // One that answers for other zones is given for those.
                    if !matches!(
                        error.reason,
                        Reason::Lame | Reason::Refused | Reason::NotAuthoritative
                    ) {
                        silent.push(failure.clone());
                    }
                    last = Some(failure);
                }
            }
        }
        let Some(apex) = found else {
            let none = || asker.failure(None, name, types::SOA, NoReply::of(Reason::NoServers));
            return Err(last.unwrap_or_else(none));
        };
        for failure in &mut silent {
            failure.name = apex.to_string();
        }
        let servers: Vec<_> = answering
            .into_iter()
            .filter(|(of_server, _)| *of_server == apex)
            .map(|(_, address)| Authority {
                name: None,
                address,
            })
            .collect();
        let has_ds = servers.iter().find_map(|server| {
            let reply = asker.ask(server.address, &apex, types::DS, false).ok()?;
            says_ds(&reply.message, &apex)
        });
        Ok(Found {
            apex,
            servers,
            has_ds,
            failures: silent,
        })
    }

    fn look_for(&self, asker: &Asker, name: &DomainName) -> Result<Found, Failure> {
        let ask = |name: &DomainName, record_type| self.resolve(asker, name, record_type);
        let apex = find_apex(name, |name| ask(name, types::SOA)).map_err(|(at, error)| {
            asker.failure(self.resolvers.first().copied(), &at, types::SOA, error)
        })?;
        let of_resolver = |name: &DomainName, record_type, error| {
            asker.failure(self.resolvers.first().copied(), name, record_type, error)
        };
        let reply = ask(&apex, types::NS).map_err(|error| of_resolver(&apex, types::NS, error))?;
        let mut servers: Vec<Authority> = Vec::new();
        let mut failures = Vec::new();
        for record in of_type(&reply.message.answer, types::NS).take(MOST_SERVERS) {
            let Ok(server) = DomainName::from_wire(&record.rdata) else {
                continue;
            };
            let before = servers.len();
            for record_type in [types::A, types::AAAA] {
                match ask(&server, record_type) {
                    Ok(reply) => {
                        let addresses = addresses(&reply.message);
                        servers.extend(addresses.map(|address| Authority {
                            name: Some(server.clone()),
                            address: SocketAddr::new(address, 53),
                        }));
                    }
                    Err(error) => failures.push(of_resolver(&server, record_type, error)),
                }
            }
            if servers.len() == before {
                let none = NoReply::of(Reason::NoServers);
                failures.push(of_resolver(&server, types::A, none));
            }
        }
        // A machine without IPv6 says nothing about servers that have it, unless they have nothing else.
        if servers.iter().any(|server| has_way_to(server.address)) {
            servers.retain(|server| has_way_to(server.address));
        }
        servers.truncate(MOST_SERVERS);
        if servers.is_empty() {
            let none = NoReply::of(Reason::NoServers);
            return Err(of_resolver(&apex, types::NS, none));
        }
        let has_ds = match ask(&apex, types::DS) {
            Ok(reply) if reply.message.has_recursion => {
                Some(of_type(&reply.message.answer, types::DS).next().is_some())
            }
            Ok(reply) => says_ds(&reply.message, &apex),
            Err(error) => {
                failures.push(of_resolver(&apex, types::DS, error));
                None
            }
        };
        Ok(Found {
            apex,
            servers,
            has_ds,
            failures,
        })
    }

    /// Asks one resolver after the other until one answers.
    pub(super) fn resolve(
        &self,
        asker: &Asker,
        name: &DomainName,
        record_type: u16,
    ) -> Result<Reply, NoReply> {
        let mut last = NoReply::of(Reason::NoServers);
        for &resolver in &self.resolvers {
            match asker.ask(resolver, name, record_type, true) {
                Ok(reply) if reply.message.has_recursion || reply.message.is_authoritative => {
                    return Ok(reply);
                }
                Ok(_) => last = NoReply::of(Reason::Lame),
                Err(error) => last = error,
            }
        }
        Err(last)
    }
}

/// The owner of the SOA record that an answer to the name, or to a name above it, brings.
fn find_apex(
    name: &DomainName,
    ask: impl Fn(&DomainName) -> Result<Reply, NoReply>,
) -> Result<DomainName, (DomainName, NoReply)> {
    let mut at = name.clone();
    for _ in 0..MOST_UPWARDS {
        let message = ask(&at).map_err(|error| (at.clone(), error))?.message;
        let is_sure = message.is_authoritative || message.has_recursion;
        let records = message.answer.iter().chain(&message.authority);
        let mut soa =
            records.filter(|one| one.record_type == types::SOA && at.is_within(&one.owner));
        if is_sure && let Some(soa) = soa.next() {
            return Ok(soa.owner.clone());
        }
        // A name that is an alias says nothing of the zone it is in.
        let is_alias = message
            .answer
            .iter()
            .any(|one| one.record_type == types::CNAME);
        match at.parent() {
            Some(parent) if is_alias && is_sure => at = parent,
            _ => return Err((at, NoReply::of(Reason::Lame))),
        }
    }
    Err((at, NoReply::of(Reason::Lame)))
}

/// Whether the zone above has a DS record, as far as this answer comes from there.
fn says_ds(message: &Message, apex: &DomainName) -> Option<bool> {
    if of_type(&message.answer, types::DS).next().is_some() {
        return Some(true);
    }
    let soa = of_type(&message.authority, types::SOA).next()?;
    (message.is_authoritative && soa.owner != *apex).then_some(false)
}

pub(super) fn of_type(records: &[Record], record_type: u16) -> impl Iterator<Item = &Record> {
    records
        .iter()
        .filter(move |record| record.record_type == record_type)
}

/// The addresses in an answer.
pub(super) fn addresses(message: &Message) -> impl Iterator<Item = IpAddr> + '_ {
    message.answer.iter().filter_map(|record| {
        let rdata = record.rdata.as_slice();
        match record.record_type {
            types::A => Some(IpAddr::from(<[u8; 4]>::try_from(rdata).ok()?)),
            types::AAAA => Some(IpAddr::from(<[u8; 16]>::try_from(rdata).ok()?)),
            _ => None,
        }
    })
}

/// Whether this machine has a route there at all. Nothing is sent.
fn has_way_to(server: SocketAddr) -> bool {
    let any: SocketAddr = match server {
        SocketAddr::V4(_) => (Ipv4Addr::UNSPECIFIED, 0).into(),
        SocketAddr::V6(_) => (Ipv6Addr::UNSPECIFIED, 0).into(),
    };
    UdpSocket::bind(any).is_ok_and(|socket| socket.connect(server).is_ok())
}

/// The `nameserver` lines of the system's configuration.
fn system_resolvers() -> Result<Vec<SocketAddr>> {
    let remedy = "name a server with --server, such as --server 192.0.2.53";
    let octets =
        fs::read(RESOLV_CONF).with_context(|| format!("cannot read {RESOLV_CONF}; {remedy}"))?;
    let config = resolv_conf::Config::parse(&octets)
        .with_context(|| format!("cannot read {RESOLV_CONF}; {remedy}"))?;
    let addresses = config.nameservers.iter();
    let resolvers: Vec<_> = addresses
        .map(|server| SocketAddr::new(IpAddr::from(server.clone()), 53))
        .take(MOST_SERVERS)
        .collect();
    if resolvers.is_empty() {
        bail!("{RESOLV_CONF} names no server; {remedy}");
    }
    Ok(resolvers)
}
