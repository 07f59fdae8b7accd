//! The registry of services, the values of `s` (draft §6, D29).
//!
//! IANA keeps no such registry yet. The table shipped here is provisional: the two values that the draft uses in its
//! examples. A caller can extend it. It never affects a verdict; a value of `s` is compared exactly.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

/// A registered service.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Service {
    /// The value of `s`.
    pub identifier: String,
    /// What people call it.
    pub title: String,
}

/// The values of the provisional table, with their titles.
const PROVISIONAL: [(&str, &str); 2] = [("telegram", "Telegram"), ("whatsapp", "WhatsApp")];

/// Names shorter than this are too easily one letter apart.
const SHORTEST_SUGGESTION: usize = 4;

/// A table of services.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceRegistry {
    services: Vec<Service>,
}

impl ServiceRegistry {
    /// A table without entries.
    pub const fn empty() -> Self {
        Self {
            services: Vec::new(),
        }
    }

    /// The table of this crate: `telegram` and `whatsapp`, from the examples of the draft (§4.5).
    pub fn provisional() -> Self {
        let services = PROVISIONAL
            .into_iter()
            .map(|(identifier, title)| Service {
                identifier: identifier.into(),
                title: title.into(),
            })
            .collect();
        Self { services }
    }

    /// Adds a service.
    ///
    /// # Errors
    ///
    /// Values are unique and cannot be empty (§6, D22).
    pub fn register(
        &mut self,
        identifier: impl Into<String>,
        title: impl Into<String>,
    ) -> Result<(), RegistryError> {
        let identifier = identifier.into();
        if identifier.is_empty() {
            return Err(RegistryError::Empty);
        }
        if self.lookup(&identifier).is_some() {
            return Err(RegistryError::Taken);
        }
        self.services.push(Service {
            identifier,
            title: title.into(),
        });
        Ok(())
    }

    /// The service of exactly this identifier (D29).
    pub fn lookup(&self, identifier: &str) -> Option<&Service> {
        self.iter().find(|service| service.identifier == identifier)
    }

    /// For an identifier that is not registered, a registered one that was perhaps meant: one that differs from it in
    /// case, or in case and one letter.
    pub fn suggest(&self, identifier: &str) -> Option<&Service> {
        if self.lookup(identifier).is_some() {
            return None;
        }
        self.iter()
            .find(|service| service.identifier.eq_ignore_ascii_case(identifier))
            .or_else(|| {
                self.iter().find(|service| {
                    service.identifier.len() >= SHORTEST_SUGGESTION
                        && one_edit_apart(service.identifier.as_bytes(), identifier.as_bytes())
                })
            })
    }

    /// All services, in order of registration.
    pub fn iter(&self) -> impl Iterator<Item = &Service> {
        self.services.iter()
    }
}

impl Default for ServiceRegistry {
    /// The provisional table.
    fn default() -> Self {
        Self::provisional()
    }
}

/// Whether one octet inserted, removed or replaced turns one into the other, apart from ASCII case.
fn one_edit_apart(left: &[u8], right: &[u8]) -> bool {
    let same = |(left, right): &(&u8, &u8)| left.eq_ignore_ascii_case(right);
    let prefix = left.iter().zip(right).take_while(same).count();
    let suffix = left
        .iter()
        .rev()
        .zip(right.iter().rev())
        .take_while(same)
        .count();
    left.len().abs_diff(right.len()) <= 1 && prefix + suffix + 1 >= left.len().max(right.len())
}

/// Why a service cannot be registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RegistryError {
    /// The identifier is empty.
    Empty,
    /// The identifier is registered already.
    Taken,
}

impl RegistryError {
    /// The stable name, in kebab case.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty-identifier",
            Self::Taken => "identifier-taken",
        }
    }
}

impl fmt::Display for RegistryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "expected a service identifier, found none",
            Self::Taken => "expected a new service identifier, found one that is registered",
        })
    }
}

impl core::error::Error for RegistryError {}
