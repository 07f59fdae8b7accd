//! [`LeftOpen`]: the names of which nothing can be said, since the network did not tell.

use std::collections::BTreeMap;

use mimi_name::DomainName;

/// Names that are not compared.
#[derive(Default)]
pub(super) struct LeftOpen {
    names: BTreeMap<DomainName, String>,
    /// This name and all behind it in canonical order.
    rest: Option<(DomainName, String)>,
}

impl LeftOpen {
    pub(super) fn add(&mut self, name: &DomainName, why: String) {
        self.names.entry(name.clone()).or_insert(why);
    }

    /// Leaves open all names from this one on.
    pub(super) fn add_rest(&mut self, name: &DomainName, why: String) {
        self.rest = Some((name.clone(), why));
    }

    pub(super) fn holds(&self, name: &DomainName) -> bool {
        let is_behind = self.rest.as_ref().is_some_and(|(from, _)| name >= from);
        is_behind || self.names.contains_key(name)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.names.is_empty() && self.rest.is_none()
    }

    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// One sentence for each name, and one for the rest.
    pub(super) fn sentences(&self) -> impl Iterator<Item = String> {
        let names = self.names.iter();
        let names = names.map(|(name, why)| format!("{}: {why}", mimi_output::Name(name)));
        let rest = self.rest.iter().map(|(name, why)| {
            format!("{} and all names behind it: {why}", mimi_output::Name(name))
        });
        names.chain(rest)
    }
}
