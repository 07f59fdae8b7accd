//! Which account to use: the asking user's preferences and capabilities over the discovered user's priorities (§4.4).

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::accounts::{Contact, PriorityGroup};

/// What the asking user prefers and their client can do.
///
/// The discovered user's priorities come first; preferences order the accounts of one group (D28). Nothing is dropped in
/// silence: what the client cannot use is listed with the reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selector {
    preferred: Vec<String>,
    services: Option<Vec<String>>,
    protocol_versions: Option<Vec<String>>,
}

/// An account that the client can use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate<'a> {
    /// The account.
    pub contact: &'a Contact,
    /// The priority of its group.
    pub priority: Option<u32>,
}

/// Why the client cannot use an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Unsuitable {
    /// The client does not speak the service that `s` names.
    Service,
    /// The client does not speak the protocol version that `pv` names.
    ProtocolVersion,
}

impl fmt::Display for Unsuitable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Service => "your client does not speak this service",
            Self::ProtocolVersion => "your client does not speak this protocol version",
        })
    }
}

/// Every account of the groups, once: in `candidates` or in `unsuitable`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection<'a> {
    /// What the client can use, the best first.
    pub candidates: Vec<Candidate<'a>>,
    /// What it cannot use, and why.
    pub unsuitable: Vec<(&'a Contact, Unsuitable)>,
}

impl Selector {
    /// No preference, and every service and version will do.
    pub fn new() -> Self {
        Self::default()
    }

    /// Prefers services, the best first; exact values of `s` (D29).
    #[must_use]
    pub fn prefer<S: Into<String>>(mut self, services: impl IntoIterator<Item = S>) -> Self {
        self.preferred = services.into_iter().map(Into::into).collect();
        self
    }

    /// Lists the services that the client speaks. An account without `s` is generic MIMI, and always suits.
    #[must_use]
    pub fn speaks<S: Into<String>>(mut self, services: impl IntoIterator<Item = S>) -> Self {
        self.services = Some(services.into_iter().map(Into::into).collect());
        self
    }

    /// Lists the protocol versions that the client speaks. An account without `pv` always suits.
    #[must_use]
    pub fn speaks_versions<S: Into<String>>(
        mut self,
        versions: impl IntoIterator<Item = S>,
    ) -> Self {
        self.protocol_versions = Some(versions.into_iter().map(Into::into).collect());
        self
    }

    /// Orders the accounts inside each group by preference, and leaves the rest of their order alone (D28).
    pub fn arrange(&self, groups: &mut [PriorityGroup]) {
        for group in groups {
            group
                .contacts
                .sort_by_key(|contact| self.preference(contact));
        }
    }

    /// Ranks all accounts for this user.
    pub fn select<'a>(&self, groups: &'a [PriorityGroup]) -> Selection<'a> {
        let mut selection = Selection::default();
        for group in groups {
            let mut contacts: Vec<&Contact> = group.contacts.iter().collect();
            contacts.sort_by_key(|contact| self.preference(contact));
            for contact in contacts {
                match self.obstacle(contact) {
                    Some(reason) => selection.unsuitable.push((contact, reason)),
                    None => selection.candidates.push(Candidate {
                        contact,
                        priority: group.priority,
                    }),
                }
            }
        }
        selection
    }

    /// Lower is better.
    fn preference(&self, contact: &Contact) -> usize {
        let service = contact.mssi.service();
        self.preferred
            .iter()
            .position(|preferred| service == Some(preferred))
            .unwrap_or(self.preferred.len())
    }

    fn obstacle(&self, contact: &Contact) -> Option<Unsuitable> {
        let lacks = |spoken: &Option<Vec<String>>, value: Option<&str>| match (spoken, value) {
            (Some(spoken), Some(value)) => !spoken.iter().any(|one| one == value),
            _ => false,
        };
        if lacks(&self.services, contact.mssi.service()) {
            Some(Unsuitable::Service)
        } else if lacks(&self.protocol_versions, contact.mssi.protocol_version()) {
            Some(Unsuitable::ProtocolVersion)
        } else {
            None
        }
    }
}
