//! What no rule has anything to say about: the way that all but a few records of a zone go.
//!
//! A record that is passed over here is one that no rule which is on by default would find anything in; `tests/it/shortcut.rs` holds
//! the two against each other. Rules that are off by default are not considered: with one of them on, nothing is passed over.

use mimi_mssi::Mssi;
use mimi_name::DomainName;

use crate::endpoint;
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
        Self {
            is_on: is_on && only_default(),
            ttls: settings.shortest_ttl..=settings.longest_ttl,
            services: services
                .map(|service| service.identifier.as_str().into())
                .collect(),
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

    /// Whether no rule has anything to say about a MIMI record. `mssi` is what it says.
    pub(crate) fn passes_mimi(
        &mut self,
        owner: &DomainName,
        ttl: u32,
        text: &[u8],
        mssi: &Mssi<'_>,
    ) -> bool {
        self.is_on
            && self.ttls.contains(&ttl)
            && canonical_tags(text) == Some(read_tags(mssi))
            && is_plain_owner(owner)
            && is_plain_account(mssi.mssa())
            && mssi.extensions().next().is_none()
            && mssi.priority().is_none_or(|priority| priority <= 65_535)
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
    (at(0) ^ at(3) << 1 ^ at(octets.len() / 2) << 2 ^ octets.len() * 7) % REMEMBERED
}

/// Whether the text of a TXT record might be a definition string: its first character-string starts like one, in any case.
fn holds_version(rdata: &[u8]) -> bool {
    let text = rdata.get(1..).unwrap_or_default();
    let text = text.trim_ascii_start();
    let start = text.get(..10).unwrap_or(text);
    start
        .windows(4)
        .any(|window| window.eq_ignore_ascii_case(b"mimi"))
}

/// How many tags there are in a definition string that is spaced as the writer spaces it (D13): one space behind each semicolon and
/// nowhere else, nothing behind the last value. `None` for one that is spaced in another way, has a priority with a needless zero, or
/// marks that may be quotes or escapes of some kind in a value.
fn canonical_tags(text: &[u8]) -> Option<usize> {
    let mut semicolons = 0;
    let mut equals = 0;
    for (index, octet) in text.iter().enumerate() {
        match octet {
            b' ' if index == 0 || text.get(index - 1) != Some(&b';') => return None,
            b' ' => {}
            b';' if text.get(index + 1) != Some(&b' ') => return None,
            b';' => semicolons += 1,
            b'=' => equals += 1,
            b'"' | b'%' | b'&' | b'\'' | b'\\' => return None,
            b'0' if text
                .get(..index)
                .is_some_and(|before| before.ends_with(b"p="))
                && text.get(index + 1).is_some_and(u8::is_ascii_digit) =>
            {
                return None;
            }
            b'!'..=b'~' => {}
            _ => return None,
        }
    }
    // None but those behind names: one in a value may belong to an escape.
    (equals == semicolons + 1 && text.last() != Some(&b' ')).then_some(equals)
}

/// How many tags were read: `v`, `a`, `e`, and the optional ones that do not count as absent.
fn read_tags(mssi: &Mssi<'_>) -> usize {
    let optional = [
        mssi.protocol_version().is_some(),
        mssi.priority().is_some(),
        mssi.service().is_some(),
    ];
    3 + optional.into_iter().map(usize::from).sum::<usize>()
}

/// Whether an owner has nothing but lower-case letters, digits and hyphens, and is not below the usual suffixes of ENUM.
fn is_plain_owner(owner: &DomainName) -> bool {
    owner.labels().all(|label| {
        let is_plain = |octet: &u8| matches!(octet, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_');
        label.iter().all(is_plain) && !label.starts_with(b"xn--") && label.len() > 1
    })
}

/// Whether an account has a letter and no `@`.
fn is_plain_account(account: &str) -> bool {
    account.bytes().any(|octet| octet.is_ascii_lowercase()) && !account.contains('@')
}
