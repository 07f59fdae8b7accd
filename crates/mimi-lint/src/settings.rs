//! [`Settings`]: what an operator can decide about the rules.

use std::collections::BTreeMap;

use mimi_mssi::registry::ServiceRegistry;
use mimi_name::DomainName;
use mimi_rr::TypeCodes;

use crate::level::Level;
use crate::rule::Rule;

/// How the rules are applied.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The codes of the record types (D2).
    pub types: TypeCodes,
    /// The known values of `s` (D29).
    pub services: ServiceRegistry,
    /// The name below which telephone numbers stand (D52).
    pub enum_suffix: DomainName,
    /// A TTL below this, in seconds, is too short to be worth caching.
    pub shortest_ttl: u32,
    /// A TTL above this, in seconds, is too long to revoke an account.
    pub longest_ttl: u32,
    /// Whether the rules that are off by default are on.
    pub pedantic: bool,
    /// What was decided about single rules, by their code; `None` turns one off.
    levels: BTreeMap<&'static str, Option<Level>>,
}

impl Settings {
    /// Sets the level of a rule's findings; `None` turns it off.
    pub fn set_level(&mut self, rule: &'static Rule, level: Option<Level>) {
        self.levels.insert(rule.code, level);
    }

    /// The level of a rule's findings; `None` when it is off.
    pub fn level_of(&self, rule: &'static Rule) -> Option<Level> {
        match self.levels.get(rule.code) {
            Some(level) => *level,
            None if rule.is_pedantic && !self.pedantic => None,
            None => Some(rule.level),
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            types: TypeCodes::DEFAULT,
            services: ServiceRegistry::provisional(),
            enum_suffix: mimi_id::e164_arpa(),
            // A minute: below it every message costs a question to the zone's servers.
            shortest_ttl: 60,
            // A day: who loses an account is reached through it for that long.
            longest_ttl: 86_400,
            pedantic: false,
            levels: BTreeMap::new(),
        }
    }
}
