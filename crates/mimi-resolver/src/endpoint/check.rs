//! The lookups behind [`check_endpoints`], and what their answers come to.

use std::collections::BTreeMap;
use std::future::Future;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use futures_util::future::{join, join_all};
use mimi_discovery::{
    Assurance, Failure, Outcome, Question, RecordFinding, RecordLookup, RecordResult, Response,
    Step, TemporaryFailure,
};
use mimi_id::{Endpoint, special_use};
use mimi_name::DomainName;

use super::{
    EndpointCheck, EndpointChecks, EndpointFailure, EndpointLimits, EndpointRefusal, VettedEndpoint,
};

const A: u16 = 1;
const AAAA: u16 = 28;

/// Resolves the endpoints of every account of an outcome, and looks at where they lead.
///
/// `ask` answers one question as [`Upstream::ask`](crate::Upstream::ask) does, for A and AAAA records. One special-use address among several
/// refuses the host; so that none stays unseen, a failure of either type is a failure of the host.
pub async fn check_endpoints<F, R>(
    outcome: &Outcome,
    limits: EndpointLimits,
    ask: F,
) -> EndpointChecks
where
    F: Fn(Question) -> R,
    R: Future<Output = Result<Response, Failure>>,
{
    let contacts = || outcome.groups().iter().flat_map(|group| &group.contacts);
    let mut hosts: Vec<DomainName> = Vec::new();
    for contact in contacts() {
        let endpoint = Endpoint::parse(contact.mssi.mse()).ok();
        if let Some(host) = endpoint.as_ref().and_then(Endpoint::host)
            && !hosts.contains(host)
        {
            hosts.push(host.clone());
        }
    }
    // Each host needs two questions. Equal shares, so that the order of answers decides nothing.
    let asked_for = hosts
        .len()
        .min(limits.hosts)
        .min(usize::from(limits.questions / 2));
    hosts.truncate(asked_for);
    let share = usize::from(limits.questions) / 2 / asked_for.max(1);
    let ask = &ask;
    let checks = hosts.into_iter().map(|host| async move {
        let found = resolve(&host, share, limits.require_secure, ask);
        let found = tokio::time::timeout(limits.time_left, found).await;
        let timeout =
            EndpointCheck::Unresolved(EndpointFailure::Temporary(TemporaryFailure::Timeout));
        (host, found.unwrap_or(timeout))
    });
    let checked: BTreeMap<DomainName, EndpointCheck> = join_all(checks).await.into_iter().collect();
    let by_text = contacts().map(|contact| {
        let text = contact.mssi.mse();
        (text.to_owned(), check_of(text, &checked))
    });
    EndpointChecks {
        by_text: by_text.collect(),
    }
}

/// The check of an endpoint's text, given those of the hosts.
fn check_of(text: &str, checked: &BTreeMap<DomainName, EndpointCheck>) -> EndpointCheck {
    let endpoint = match Endpoint::parse(text) {
        Ok(endpoint) => endpoint,
        Err(error) => return EndpointCheck::Refused(EndpointRefusal::Text(error)),
    };
    let Some(host) = endpoint.host() else {
        return EndpointCheck::Refused(EndpointRefusal::NoHost);
    };
    match checked.get(host) {
        Some(EndpointCheck::Vetted(vetted)) => EndpointCheck::Vetted(VettedEndpoint {
            port: endpoint.port(),
            ..vetted.clone()
        }),
        Some(other) => other.clone(),
        None => EndpointCheck::Unresolved(EndpointFailure::Temporary(TemporaryFailure::Budget)),
    }
}

async fn resolve<F, R>(
    host: &DomainName,
    questions: usize,
    require_secure: bool,
    ask: &F,
) -> EndpointCheck
where
    F: Fn(Question) -> R,
    R: Future<Output = Result<Response, Failure>>,
{
    let look_up = |record_type| async move {
        let step = Step::Endpoint;
        let mut lookup = RecordLookup::new(host.clone(), record_type, step, require_secure);
        for _ in 0..questions {
            match ask(lookup.question().clone()).await {
                Ok(response) => {
                    if let Some(finding) = lookup.handle_response(&response) {
                        return finding;
                    }
                }
                Err(failure) => return lookup.handle_failure(failure),
            }
        }
        lookup.handle_failure(Failure::Budget)
    };
    let (ipv4, ipv6) = join(look_up(A), look_up(AAAA)).await;
    judge(&ipv4, &ipv6)
}

/// What the A and the AAAA records of a host come to.
fn judge(ipv4: &RecordFinding, ipv6: &RecordFinding) -> EndpointCheck {
    let unresolved = EndpointCheck::Unresolved;
    let read = [
        read_addresses(ipv4, |octets: [u8; 4]| Ipv4Addr::from(octets).into()),
        read_addresses(ipv6, |octets: [u8; 16]| Ipv6Addr::from(octets).into()),
    ];
    // A refusal first: what else was not learnt would not undo it.
    let mut addresses: Vec<IpAddr> = read.iter().flatten().flatten().copied().collect();
    addresses.sort_unstable();
    addresses.dedup();
    for &address in &addresses {
        if let Some(block) = special_use(address) {
            return EndpointCheck::Refused(EndpointRefusal::SpecialUse { address, block });
        }
    }
    let mut failures: Vec<EndpointFailure> = read.into_iter().filter_map(Result::err).collect();
    // One that cannot be trusted says more than one that may pass.
    failures.sort_by_key(|failure| !matches!(failure, EndpointFailure::Security(_)));
    if let Some(failure) = failures.first() {
        return unresolved(*failure);
    }
    if addresses.is_empty() {
        let both = [&ipv4.result, &ipv6.result];
        return unresolved(if both.contains(&&RecordResult::NoSuchName) {
            EndpointFailure::NoSuchName
        } else {
            EndpointFailure::NoAddress
        });
    }
    let links = [ipv4.assurance, ipv6.assurance];
    EndpointCheck::Vetted(VettedEndpoint {
        addresses,
        port: None,
        assurance: links.into_iter().flatten().reduce(Assurance::weakest),
        ttl: ipv4.ttl.min(ipv6.ttl).unwrap_or(0),
    })
}

/// The addresses of one type; none where it is absent.
fn read_addresses<const N: usize>(
    finding: &RecordFinding,
    read: impl Fn([u8; N]) -> IpAddr,
) -> Result<Vec<IpAddr>, EndpointFailure> {
    match &finding.result {
        RecordResult::Records(records) => {
            let addresses = records.iter().map(|rdata| {
                let octets = <[u8; N]>::try_from(rdata.as_slice()).ok();
                octets.map(&read)
            });
            let malformed = EndpointFailure::Temporary(TemporaryFailure::Malformed);
            addresses.collect::<Option<_>>().ok_or(malformed)
        }
        RecordResult::NoSuchName | RecordResult::NoData => Ok(Vec::new()),
        RecordResult::Temporary(failure) => Err(EndpointFailure::Temporary(*failure)),
        RecordResult::Security(failure) => Err(EndpointFailure::Security(*failure)),
        // What this version does not know is no address.
        _ => Err(EndpointFailure::Temporary(TemporaryFailure::Indeterminate)),
    }
}
