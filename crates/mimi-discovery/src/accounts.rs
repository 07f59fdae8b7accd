//! From the MIMI records of one or more names to priority groups of accounts (D27, D28, D30, D32).

use alloc::borrow::ToOwned;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;
use core::fmt;

use mimi_id::Unmappable;
use mimi_mssi::{Code, OwnedMssi, Refusal, Verdict, parse_strict};
use mimi_name::DomainName;
use mimi_rr::{MimiRdataError, MimixRdataError};

use crate::limits;
use crate::question::Step;

/// One account under which the person can be reached.
///
/// `Debug` shows neither the account nor the name.
#[derive(Clone, PartialEq, Eq)]
pub struct Contact {
    /// The account label, the endpoint and the optional tags.
    pub mssi: OwnedMssi,
    /// The name whose record said so; `None` where an oracle did.
    pub name: Option<DomainName>,
    /// Whether a signature shows that a wildcard made the record (D38). An unsigned wildcard cannot be seen.
    pub wildcard: bool,
}

impl fmt::Debug for Contact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Contact")
            .field("priority", &self.mssi.priority())
            .field("service", &self.mssi.service())
            .field("wildcard", &self.wildcard)
            .finish_non_exhaustive()
    }
}

/// The accounts that the person wants equally (D28), in octet order of service, endpoint and account label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriorityGroup {
    /// The `p` that they share; `None` for those without one, which come last (D27).
    pub priority: Option<u32>,
    /// At least one account.
    pub contacts: Vec<Contact>,
}

/// A record that was not used.
///
/// `Debug` does not show the record.
#[derive(Clone, PartialEq, Eq)]
pub struct Dropped {
    /// The step that the record belongs to.
    pub step: Step,
    /// A definition string, or a MIMIX target as text; RDATA octets where there is neither.
    pub record: Vec<u8>,
    /// Why it was not used.
    pub reason: DropReason,
}

impl fmt::Debug for Dropped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dropped")
            .field("step", &self.step)
            .field("octets", &self.record.len())
            .field("reason", &self.reason)
            .finish()
    }
}

/// Why a record was not used.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DropReason {
    /// RDATA that is no sequence of character-strings (D1).
    MimiRdata(MimiRdataError),
    /// RDATA that is not one uncompressed name (D3).
    MimixRdata(MimixRdataError),
    /// A definition string that is ignored or rejected (D8 to D32).
    DefinitionString(Refusal),
    /// The same account at the same endpoint stands in a record with a better claim (D30).
    DuplicateAccount,
    /// More MIMI records than are used of one RRset (D32).
    TooManyMimi,
    /// More MIMIX records than are used of one RRset (D34).
    TooManyMimix,
    /// A `.` beside MIMIX records with a target (D34).
    DeclineBesideTargets,
    /// No name can be made of the address below this target (D45).
    UnmappableTarget(Unmappable),
    /// A TXT record of the bridge without a usable target (D57).
    BridgeTarget,
}

impl DropReason {
    /// A stable code in kebab case.
    pub fn code(&self) -> &'static str {
        match self {
            Self::MimiRdata(error) => error.code(),
            Self::MimixRdata(error) => error.code(),
            Self::DefinitionString(refusal) => refusal.code.as_str(),
            Self::DuplicateAccount => "duplicate-account",
            Self::TooManyMimi => "too-many-mimi-records",
            Self::TooManyMimix => "too-many-mimix-records",
            Self::DeclineBesideTargets => "decline-beside-targets",
            Self::UnmappableTarget(reason) => reason.code(),
            Self::BridgeTarget => "bridge-target",
        }
    }

    /// Whether the record is broken (*rejected*) or merely not for us (*ignored*).
    pub fn verdict(&self) -> Verdict {
        match self {
            Self::MimiRdata(_) | Self::MimixRdata(_) | Self::BridgeTarget => Verdict::Rejected,
            Self::DefinitionString(refusal) => refusal.verdict,
            Self::DuplicateAccount
            | Self::TooManyMimi
            | Self::TooManyMimix
            | Self::DeclineBesideTargets
            | Self::UnmappableTarget(_) => Verdict::Ignored,
        }
    }
}

impl fmt::Display for DropReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MimiRdata(error) => error.fmt(f),
            Self::MimixRdata(error) => error.fmt(f),
            Self::DefinitionString(refusal) => refusal.fmt(f),
            Self::DuplicateAccount => {
                f.write_str("another record names the same account at the same endpoint")
            }
            Self::TooManyMimi => write!(
                f,
                "a name has at most {} usable MIMI records",
                limits::MIMI_RECORDS
            ),
            Self::TooManyMimix => write!(
                f,
                "a domain has at most {} usable MIMIX records",
                limits::MIMIX_RECORDS
            ),
            Self::DeclineBesideTargets => f.write_str(
                "\".\" says that the domain takes no part, and other records say that it does",
            ),
            Self::UnmappableTarget(reason) => reason.fmt(f),
            Self::BridgeTarget => f.write_str("expected \"v=MIMIX1; d=\" and a domain name"),
        }
    }
}

/// A usable record: the account, and the definition string that says so.
#[derive(Clone)]
pub(crate) struct Usable {
    contact: Contact,
    record: Vec<u8>,
}

/// What the records of one name came to.
#[derive(Default)]
pub(crate) struct Judged {
    pub(crate) usable: Vec<Usable>,
    pub(crate) dropped: Vec<Dropped>,
}

/// Where records came from.
pub(crate) struct Source<'a> {
    pub(crate) step: Step,
    pub(crate) name: Option<&'a DomainName>,
    pub(crate) wildcard: bool,
}

/// Judges the RDATA of every record of an RRset: MIMI records, or TXT records of the same shape (D1, D57).
pub(crate) fn judge_rdata(rdata: &[Vec<u8>], source: &Source<'_>) -> Judged {
    let mut judged = Judged::default();
    let mut definition_strings = Vec::with_capacity(rdata.len());
    for octets in rdata {
        match mimi_rr::definition_string(octets) {
            Ok(definition_string) => definition_strings.push(definition_string.into_owned()),
            Err(_) if source.step == Step::Txt => {}
            Err(error) => judged.dropped.push(Dropped {
                step: source.step,
                record: octets.clone(),
                reason: DropReason::MimiRdata(error),
            }),
        }
    }
    if source.step == Step::Txt {
        // TXT records of another form are passed over in silence, and take no place (D57).
        definition_strings.retain(|record| is_definition_string(record));
    }
    judge_definition_strings(definition_strings, source, &mut judged);
    judged
}

/// Whether text begins as a definition string does, usable or not.
fn is_definition_string(text: &[u8]) -> bool {
    match parse_strict(text) {
        Ok(_) => true,
        Err(refusal) => refusal.verdict == Verdict::Rejected && refusal.code != Code::NoTags,
    }
}

/// Judges definition strings, the first [`limits::MIMI_RECORDS`] in octet order (D32).
pub(crate) fn judge_definition_strings(
    mut definition_strings: Vec<Vec<u8>>,
    source: &Source<'_>,
    judged: &mut Judged,
) {
    // Octet order, since answer order carries no meaning (D28).
    definition_strings.sort_unstable();
    for (index, record) in definition_strings.into_iter().enumerate() {
        let reason = if index >= limits::MIMI_RECORDS {
            DropReason::TooManyMimi
        } else {
            match parse_strict(&record) {
                Ok(mssi) => {
                    let contact = Contact {
                        mssi: mssi.to_owned(),
                        name: source.name.cloned(),
                        wildcard: source.wildcard,
                    };
                    judged.usable.push(Usable { contact, record });
                    continue;
                }
                Err(refusal) => DropReason::DefinitionString(refusal),
            }
        };
        judged.dropped.push(Dropped {
            step: source.step,
            record,
            reason,
        });
    }
}

/// Unites the accounts of all names into priority groups; of equal accounts the one with the lowest `p` stays (D30).
pub(crate) fn unite(mut usable: Vec<Usable>, step: Step) -> (Vec<PriorityGroup>, Vec<Dropped>) {
    usable.sort_by(|a, b| {
        (rank(&a.contact.mssi), &a.record).cmp(&(rank(&b.contact.mssi), &b.record))
    });
    let mut seen = BTreeSet::new();
    let mut kept = Vec::with_capacity(usable.len());
    let mut dropped = Vec::new();
    for Usable { contact, record } in usable {
        let account = (
            contact.mssi.mse().to_owned(),
            contact.mssi.mssa().to_owned(),
        );
        if seen.insert(account) {
            kept.push(contact);
        } else {
            dropped.push(Dropped {
                step,
                record,
                reason: DropReason::DuplicateAccount,
            });
        }
    }
    let mut groups: BTreeMap<(bool, u32), PriorityGroup> = BTreeMap::new();
    for contact in kept {
        groups
            .entry(rank(&contact.mssi))
            .or_insert_with(|| PriorityGroup {
                priority: contact.mssi.priority(),
                contacts: Vec::new(),
            })
            .contacts
            .push(contact);
    }
    let mut groups: Vec<PriorityGroup> = groups.into_values().collect();
    for group in &mut groups {
        group
            .contacts
            .sort_by(|a, b| neutral_key(&a.mssi).cmp(&neutral_key(&b.mssi)));
    }
    (groups, dropped)
}

/// Lower comes first; without a `p` comes last (D27).
fn rank(mssi: &OwnedMssi) -> (bool, u32) {
    mssi.priority()
        .map_or((true, 0), |priority| (false, priority))
}

/// The order inside a group when the client has no preference (D28).
fn neutral_key(mssi: &OwnedMssi) -> (Option<&str>, &str, &str) {
    (mssi.service(), mssi.mse(), mssi.mssa())
}
