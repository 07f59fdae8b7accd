//! What no rule has anything to say about: the way that all but a few records of a zone go.
//!
//! A record that is passed over here is one that no rule which is on by default would find anything in; `tests/it/shortcut.rs` holds
//! the two against each other. Rules that are off by default are not considered: with one of them on, nothing is passed over.

use mimi_mssi::Mssi;
use mimi_name::DomainName;

use crate::endpoint;
use crate::identifier::LONGEST_TO_TYPE;
use crate::record::types;
use crate::rules;
use crate::settings::Settings;

/// What a MIMI RRset may have in an answer of 1232 octets (D7), next to header, question and EDNS option.
pub(crate) const FITTING_OCTETS: usize = 1232 - 12 - (255 + 4) - 11;

/// How many endpoints are remembered.
const REMEMBERED: usize = 64;

/// Passes over what is plain.
pub(crate) struct Plain {
    is_on: bool,
    ttls: std::ops::RangeInclusive<u32>,
    services: Vec<Box<str>>,
    /// The parent of the last owner in wire form, and whether it is plain and in the zone.
    parent: (Vec<u8>, bool),
    /// Telephone numbers stand below it, if that is not in `arpa`.
    enum_suffix: Option<DomainName>,
    /// Endpoints that nothing can be said about, each at the place of its hash.
    endpoints: Box<[Box<str>]>,
}

impl Plain {
    pub(crate) fn new(settings: &Settings, is_on: bool) -> Self {
        let only_default = || {
            rules::RULES
                .iter()
                .all(|rule| !rule.is_pedantic || settings.level_of(rule).is_none())
        };
        let services = settings.services.iter();
        let is_taken = |code: u16| mimi_rr::squatters(code).is_some();
        Self {
            is_on: is_on
                && only_default()
                && !is_taken(settings.types.mimi())
                && !is_taken(settings.types.mimix()),
            enum_suffix: Some(settings.enum_suffix.clone())
                .filter(|suffix| suffix.labels().last() != Some(b"arpa")),
            ttls: settings.shortest_ttl..=settings.longest_ttl,
            services: services
                .map(|service| service.identifier.as_str().into())
                .collect(),
            parent: (Vec::new(), false),
            endpoints: vec![Box::default(); REMEMBERED].into(),
        }
    }

    /// Whether a record of another type than MIMI and MIMIX has nothing to do with them.
    pub(crate) fn passes_other(&self, record_type: u16, rdata: &[u8]) -> bool {
        self.is_on
            && match record_type {
                types::TXT => !holds_version(rdata),
                1..=255 => true,
                _ => false,
            }
    }

    /// Whether no rule has anything to say about an owner. `is_in_zone` says whether a name is in the zone.
    pub(crate) fn passes_owner(
        &mut self,
        owner: &DomainName,
        is_in_zone: impl Fn(&DomainName) -> bool,
    ) -> bool {
        let wire = owner.as_wire();
        let label = wire.first().map_or(0, |length| usize::from(*length) + 1);
        let (label, parent) = wire.split_at_checked(label).unwrap_or_default();
        // Neighbours in a file mostly have the same parent.
        if self.parent.0 != parent {
            self.parent.0.clear();
            self.parent.0.extend_from_slice(parent);
            self.parent.1 = self.is_on
                && owner
                    .parent()
                    .is_some_and(|parent| self.is_plain_parent(&parent, is_in_zone));
        }
        // The wire form has two octets more than the text.
        self.parent.1
            && wire.len() <= LONGEST_TO_TYPE + 2
            && label.get(1..).is_some_and(is_plain_label)
    }

    /// Whether names right below a name are plain if their first labels are: it ends in a word that is not `arpa`, and has nothing to do
    /// with telephone numbers.
    fn is_plain_parent(
        &self,
        parent: &DomainName,
        is_in_zone: impl Fn(&DomainName) -> bool,
    ) -> bool {
        let last = parent.labels().last().unwrap_or_default();
        let is_enum = |suffix: &DomainName| parent.is_within(suffix) || suffix.is_within(parent);
        is_in_zone(parent)
            && parent.labels().all(is_plain_label)
            && last.first().is_some_and(u8::is_ascii_lowercase)
            && last != b"arpa"
            && !self.enum_suffix.as_ref().is_some_and(is_enum)
    }

    /// Whether no rule has anything to say about a MIMI record, apart from its owner. `mssi` is that of a string in the form that the
    /// writer emits.
    pub(crate) fn passes_mimi(&mut self, ttl: u32, mssi: &Mssi<'_>) -> bool {
        self.is_on
            && self.ttls.contains(&ttl)
            && is_plain_account(mssi.mssa())
            && mssi.mssa() != mssi.mse()
            && mssi
                .service()
                .is_none_or(|service| self.services.iter().any(|known| **known == *service))
            && self.passes_endpoint(mssi.mse())
    }

    fn passes_endpoint(&mut self, endpoint: &str) -> bool {
        let slot = slot(endpoint);
        let Some(remembered) = self.endpoints.get_mut(slot) else {
            return false;
        };
        if **remembered == *endpoint {
            return true;
        }
        let is_plain = endpoint::is_plain(endpoint);
        if is_plain {
            *remembered = endpoint.into();
        }
        is_plain
    }
}

fn slot(endpoint: &str) -> usize {
    let octets = endpoint.as_bytes();
    let at = |index: usize| octets.get(index).copied().unwrap_or_default() as usize;
    (at(0) ^ (at(3) << 1) ^ (at(octets.len() / 2) << 2) ^ (octets.len() * 7)) % REMEMBERED
}

/// Whether the text of a TXT record might be a definition string: its first character-string starts like one, in any case.
pub(crate) fn holds_version(rdata: &[u8]) -> bool {
    let text = rdata.get(1..).unwrap_or_default();
    let text = text.trim_ascii_start();
    let start = text.get(..10).unwrap_or(text);
    start
        .windows(4)
        .any(|window| window.eq_ignore_ascii_case(b"mimi"))
}

/// Whether a label has nothing but lower-case letters, digits, hyphens and underscores, and is none of ENUM.
fn is_plain_label(label: &[u8]) -> bool {
    let is_plain = |octet: &u8| matches!(octet, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_');
    label.len() > 1 && label.iter().all(is_plain) && !label.starts_with(b"xn--")
}

/// Whether an account has a letter and no `@`.
fn is_plain_account(account: &str) -> bool {
    account.bytes().any(|octet| octet.is_ascii_lowercase()) && !account.contains('@')
}
