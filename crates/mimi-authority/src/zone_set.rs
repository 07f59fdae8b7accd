//! Several zones, and the whole answer to a question: RFC 1034 §4.3.2, RFC 2308, RFC 6672, RFC 8482.

use std::collections::HashMap;

use mimi_name::DomainName;

use crate::record::{Record, Rrset, types};
use crate::zone::{Match, Zone};

/// How many aliases (CNAME, DNAME) an answer follows inside the set (D37). A client asks on from there.
pub const MAX_ALIASES: usize = 8;

/// The TTL of the HINFO record that answers ANY, in seconds (RFC 8482 §4.2).
const ANY_TTL: u32 = 3600;

/// The zones that a server answers for.
#[derive(Debug, Default)]
pub struct ZoneSet {
    pub(crate) zones: HashMap<DomainName, Zone>,
}

/// What to answer to a question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// The outcome, for the last name of a chain of aliases (RFC 6604 §3).
    pub outcome: Outcome,
    /// Whether the server speaks with authority for the name asked: not for referrals.
    pub authoritative: bool,
    /// The answer section: aliases in the order of following, then the records asked for.
    pub answers: Vec<Record>,
    /// The authority section: an SOA for a negative answer, NS for a referral.
    pub authorities: Vec<Record>,
    /// The additional section: addresses of the servers in a referral.
    pub additionals: Vec<Record>,
}

impl Answer {
    fn has_owner(&self, name: &DomainName) -> bool {
        self.answers.iter().any(|record| &record.owner == name)
    }
}

/// The RCODE of an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// NOERROR: an answer, NODATA or a referral.
    #[default]
    NoError,
    /// NXDOMAIN.
    NoSuchName,
    /// YXDOMAIN: a DNAME makes a name that is too long (RFC 6672 §2.2).
    NameTooLong,
    /// REFUSED: no zone for the name.
    Refused,
}

impl ZoneSet {
    /// The zones, in canonical order of their names.
    pub fn zones(&self) -> Vec<&Zone> {
        let mut zones: Vec<&Zone> = self.zones.values().collect();
        zones.sort_by(|a, b| a.apex().cmp(b.apex()));
        zones
    }

    /// The zone that is to answer for a name and a type: the longest matching apex, for DS at an apex the one above it.
    pub fn zone_for(&self, name: &DomainName, record_type: u16) -> Option<&Zone> {
        let mut zones = std::iter::successors(Some(name.clone()), DomainName::parent)
            .filter_map(|candidate| self.zones.get(&candidate));
        let closest = zones.next()?;
        if record_type == types::DS && closest.apex() == name {
            return zones.next().or(Some(closest));
        }
        Some(closest)
    }

    /// Answers a question of class IN, following aliases from zone to zone.
    pub fn lookup(&self, name: &DomainName, record_type: u16) -> Answer {
        let mut answer = Answer::default();
        let mut name = name.clone();
        for aliases in 0..=MAX_ALIASES {
            let Some(zone) = self.zone_for(&name, record_type) else {
                if aliases == 0 {
                    answer.outcome = Outcome::Refused;
                }
                return answer;
            };
            let found = zone.lookup(&name, record_type);
            if aliases == 0 {
                answer.authoritative = !matches!(found, Match::Delegation { .. });
            }
            match step(&mut answer, zone, &name, record_type, found) {
                // In a loop, every record of it is in the answer by now.
                Some(target) if answer.has_owner(&target) => return answer,
                Some(target) => name = target,
                None => return answer,
            }
        }
        answer
    }
}

/// Adds what a zone says to the answer. Returns the name to go on with, if it is an alias.
fn step(
    answer: &mut Answer,
    zone: &Zone,
    name: &DomainName,
    record_type: u16,
    found: Match<'_>,
) -> Option<DomainName> {
    match found {
        Match::Found(rrset) => answer.answers.extend(rrset.records(name)),
        Match::Any => answer.answers.push(minimal_any(name)),
        Match::Alias(rrset) => {
            answer.answers.extend(rrset.records(name));
            return rrset.targets().next();
        }
        Match::Redirection { owner, rrset } => {
            return redirect(answer, name, record_type, &owner, rrset);
        }
        Match::Delegation { cut, rrset } => {
            answer.authorities.extend(rrset.records(&cut));
            for server in rrset.targets() {
                answer.additionals.extend(zone.addresses(&server));
            }
        }
        Match::NoData => answer.authorities.extend(zone.negative_soa()),
        Match::NoSuchName | Match::OutOfZone => {
            answer.outcome = Outcome::NoSuchName;
            answer.authorities.extend(zone.negative_soa());
        }
    }
    None
}

/// Adds a DNAME record and the CNAME record that it makes for the name (RFC 6672 §3.1).
fn redirect(
    answer: &mut Answer,
    name: &DomainName,
    record_type: u16,
    owner: &DomainName,
    rrset: &Rrset,
) -> Option<DomainName> {
    answer.answers.extend(rrset.records(owner));
    let target = rrset.targets().next()?;
    let kept = name.label_count().saturating_sub(owner.label_count());
    let labels = name.labels().take(kept).chain(target.labels());
    let Ok(target) = DomainName::from_labels(labels) else {
        answer.outcome = Outcome::NameTooLong;
        return None;
    };
    answer.answers.push(Record {
        owner: name.clone(),
        record_type: types::CNAME,
        ttl: rrset.ttl(),
        rdata: target.as_wire().to_vec(),
    });
    // For a question about CNAME this is the answer.
    (record_type != types::CNAME).then_some(target)
}

/// The one record that answers ANY (RFC 8482 §4.2): nobody gets all of a name's records at once.
fn minimal_any(name: &DomainName) -> Record {
    Record {
        owner: name.clone(),
        record_type: types::HINFO,
        ttl: ANY_TTL,
        rdata: b"\x07RFC8482\x00".to_vec(),
    }
}
