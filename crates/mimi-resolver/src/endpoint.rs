//! [`check_endpoints`]: where the endpoints of found accounts lead, and whether an application may go there (D54).
//!
//! Whoever publishes a record chooses its endpoint. Before an application connects anywhere, the host has to resolve to public addresses
//! only, and the connection has to go to one of the addresses that were looked at: a second lookup may say something else (DNS rebinding).
//! So the result is *pinned* addresses. Nothing here connects to anything.

mod check;

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use mimi_discovery::{
    Assurance, Contact, Outcome, Policy, SecurityFailure, TemporaryFailure, Validation,
};
use mimi_id::{EndpointError, SpecialBlock};

pub use self::check::check_endpoints;

/// What checking the endpoints of one identifier may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EndpointLimits {
    /// How many hosts are resolved, the ones of the most wanted accounts. Default: [`EndpointLimits::HOSTS`].
    pub hosts: usize,
    /// How many questions may be asked; every host has an equal share.
    pub questions: u16,
    /// How long it may take.
    pub time_left: Duration,
    /// Whether addresses that are not proved by DNSSEC are a failure (D55).
    pub require_secure: bool,
}

impl EndpointLimits {
    /// Hosts of one identifier that are resolved: more accounts than that have nobody who would read them.
    pub const HOSTS: usize = 8;

    /// What a discovery under this policy, that took `elapsed`, has left of its budget and its time (D39).
    pub fn after(outcome: &Outcome, policy: &Policy, elapsed: Duration) -> Self {
        Self {
            hosts: Self::HOSTS,
            questions: policy.question_budget().saturating_sub(outcome.questions),
            time_left: policy.deadline.saturating_sub(elapsed),
            require_secure: policy.validation == Validation::Require,
        }
    }
}

/// What became of one endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EndpointCheck {
    /// All its addresses are public.
    Vetted(VettedEndpoint),
    /// It is not to be connected to, now or later.
    Refused(EndpointRefusal),
    /// Where it leads cannot be said.
    Unresolved(EndpointFailure),
}

/// Addresses that an application may connect to. It should connect to these, and not resolve the host again.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct VettedEndpoint {
    /// At least one address, in order, each of them looked at.
    pub addresses: Vec<IpAddr>,
    /// The port, where the endpoint names one.
    pub port: Option<u16>,
    /// How sure the addresses are: the weakest link of their lookups (D55).
    pub assurance: Option<Assurance>,
    /// Seconds for which they may be kept.
    pub ttl: u32,
}

/// Why an endpoint is not to be connected to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EndpointRefusal {
    /// Its text is refused (D54).
    Text(EndpointError),
    /// Its text names no host.
    NoHost,
    /// One of its addresses, perhaps of several, is set aside for something else than a public service.
    SpecialUse {
        /// The address.
        address: IpAddr,
        /// The block that it, or the IPv4 address that it carries, lies in.
        block: &'static SpecialBlock,
    },
}

impl EndpointRefusal {
    /// A stable code in kebab case.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Text(error) => error.code(),
            Self::NoHost => "no-host",
            Self::SpecialUse { .. } => "special-use-address",
        }
    }
}

impl fmt::Display for EndpointRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(error) => error.fmt(f),
            Self::NoHost => f.write_str("no host stands in it"),
            Self::SpecialUse { address, block } => {
                write!(f, "it leads to {address} ({block})")
            }
        }
    }
}

impl Error for EndpointRefusal {}

/// Why it cannot be said where an endpoint leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EndpointFailure {
    /// Its host does not exist.
    NoSuchName,
    /// Its host has no address.
    NoAddress,
    /// Nothing can be said now.
    Temporary(TemporaryFailure),
    /// The answer cannot be trusted.
    Security(SecurityFailure),
}

impl EndpointFailure {
    /// A stable code in kebab case.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoSuchName => "no-such-name",
            Self::NoAddress => "no-address",
            Self::Temporary(failure) => failure.code(),
            Self::Security(failure) => failure.code(),
        }
    }
}

impl fmt::Display for EndpointFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchName => f.write_str("its host does not exist"),
            Self::NoAddress => f.write_str("its host has no address"),
            Self::Temporary(failure) => failure.fmt(f),
            Self::Security(failure) => failure.fmt(f),
        }
    }
}

impl Error for EndpointFailure {}

/// What became of the endpoints of one outcome.
///
/// `Debug` shows how many there are.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct EndpointChecks {
    by_text: BTreeMap<String, EndpointCheck>,
}

impl EndpointChecks {
    /// What became of the endpoint of this account; `None` for an account of another outcome.
    pub fn of(&self, contact: &Contact) -> Option<&EndpointCheck> {
        self.by_text.get(contact.mssi.mse())
    }

    /// Every endpoint's check, in octet order of the endpoints.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &EndpointCheck)> {
        self.by_text
            .iter()
            .map(|(text, check)| (text.as_str(), check))
    }
}

impl fmt::Debug for EndpointChecks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EndpointChecks({} endpoints)", self.by_text.len())
    }
}
