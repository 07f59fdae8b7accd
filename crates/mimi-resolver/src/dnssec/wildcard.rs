//! The proof that an answer made from a wildcard had to be made from it (RFC 4035 §5.3.4), for NSEC.
//!
//! hickory 0.26.3 asks that the wildcard itself be proved absent, and so refuses every name that stands one label below its wildcard, which is where
//! wildcards are used. This is asked instead, of records that hickory has verified.

use hickory_proto::dnssec::Proof as HickoryProof;
use hickory_proto::dnssec::rdata::DNSSECRData;
use hickory_proto::op::Message;
use hickory_proto::rr::RData;
use mimi_name::DomainName;
use mimi_rr::hickory::from_hickory_name;

/// Whether a verified NSEC record says that nothing stands between `name` and the wildcard of `labels` labels that its records were made from.
pub(super) fn is_proved(message: &Message, name: &DomainName, labels: usize) -> bool {
    message.authorities.iter().any(|record| {
        let RData::DNSSEC(DNSSECRData::NSEC(nsec)) = &record.data else {
            return false;
        };
        let owner = from_hickory_name(&record.name);
        let next = from_hickory_name(nsec.next_domain_name());
        let (Ok(owner), Ok(next)) = (owner, next) else {
            return false;
        };
        let is_above_cut = nsec.is_ancestor_delegation() && name.is_within(&owner);
        record.proof == HickoryProof::Secure
            && !is_above_cut
            && covers(&owner, &next, name)
            && closest_encloser(&owner, &next, name) == labels
    })
}

/// Whether no name between `owner` and `next` exists, and `name` would stand there (RFC 4034 §4.1.1, §6.1).
fn covers(owner: &DomainName, next: &DomainName, name: &DomainName) -> bool {
    // The last record of a zone leads back to the apex.
    let is_last = next <= owner && name.is_within(next);
    owner < name && (name < next || is_last)
}

/// How many labels the longest ancestor of `name` has that the record shows to exist: one of its two names stands at it or below.
fn closest_encloser(owner: &DomainName, next: &DomainName, name: &DomainName) -> usize {
    shared_labels(owner, name).max(shared_labels(next, name))
}

/// The labels that two names have in common, from the root on.
fn shared_labels(one: &DomainName, other: &DomainName) -> usize {
    let mut ancestor = Some(one.clone());
    while let Some(name) = ancestor {
        if other.is_within(&name) {
            return name.label_count();
        }
        ancestor = name.parent();
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> DomainName {
        DomainName::parse_absolute(text).unwrap()
    }

    /// Owner, next, the name asked for, the labels of its wildcard, and whether that is proved.
    const CASES: &[(&str, &str, &str, usize, bool)] = &[
        // The wildcard's own record, one label above the name.
        ("*.w.example", "xx.example", "x.w.example", 2, true),
        // RFC 4035 §B.6.
        ("x.y.w.example", "xx.example", "a.z.w.example", 2, true),
        // The last record of the zone.
        ("*.w.example", "example", "x.w.example", 2, true),
        // Something stands between the name and the wildcard.
        ("x.y.w.example", "xx.example", "z.y.w.example", 2, false),
        // The name exists.
        ("x.w.example", "xx.example", "x.w.example", 2, false),
        // Before, and behind.
        ("*.w.example", "b.w.example", "c.w.example", 2, false),
        ("b.w.example", "c.w.example", "a.w.example", 2, false),
        // The last record of another zone.
        ("*.w.example", "other", "x.w.example", 2, true),
        ("z.other", "other", "x.w.example", 2, false),
    ];

    /// D38: a wildcard answer stands only where no closer name exists.
    #[test]
    fn d38_only_the_gap_that_holds_the_name_proves_a_wildcard() {
        for (owner, next, asked, labels, expected) in CASES {
            let (owner, next, asked) = (name(owner), name(next), name(asked));
            let proved =
                covers(&owner, &next, &asked) && closest_encloser(&owner, &next, &asked) == *labels;
            assert_eq!(proved, *expected, "{owner} {next} {asked}");
        }
    }
}
