//! What an oracle sees of lookups, and what it cannot tell apart.

use std::collections::{BTreeMap, BTreeSet};

use mimi_oracle::lookup::Blinding;
use mimi_oracle::{Place, Subject};

use crate::world::{NOW, World, subject};

const LOOKUPS: usize = 10_000;

/// The octets that arrive at the oracle for single lookups of these subjects.
fn requests<'a>(subjects: impl Iterator<Item = &'a Subject>) -> Vec<Vec<u8>> {
    subjects
        .map(|one| {
            Blinding::new(std::slice::from_ref(one))
                .unwrap()
                .request(NOW)
                .encode()
        })
        .collect()
}

fn people() -> Vec<Subject> {
    (0..LOOKUPS)
        .map(|n| subject(&format!("+1555{n:07}")))
        .collect()
}

/// Pearson's statistic of the octets of all elements against the uniform distribution, with 255 degrees of freedom. The most significant octet
/// is left out: a canonical element is below 2^255 and even, so that it and the lowest are not uniform for anybody.
fn chi_squared(requests: &[Vec<u8>]) -> f64 {
    let mut counts = [0u32; 256];
    for request in requests {
        for octet in &request[11..41] {
            counts[usize::from(*octet)] += 1;
        }
    }
    let expected = requests.len() as f64 * 30.0 / 256.0;
    counts
        .iter()
        .map(|count| (f64::from(*count) - expected).powi(2) / expected)
        .sum()
}

/// Ten thousand lookups of one person, and ten thousand of as many people: the oracle gets the same in both cases.
#[test]
fn evaluation_requests_are_alike_whoever_is_looked_up() {
    let alice = subject("alice@example.com");
    let same = requests(std::iter::repeat_n(&alice, LOOKUPS));
    let people = people();
    let different = requests(people.iter());
    for requests in [&same, &different] {
        // One size: the number of the epoch, the count, one element.
        assert!(requests.iter().all(|request| request.len() == 8 + 2 + 32));
        // All but the element is the same in all.
        let heads: BTreeSet<&[u8]> = requests.iter().map(|request| &request[..10]).collect();
        assert_eq!(heads.len(), 1);
        // No element comes twice, also not for one person.
        let elements: BTreeSet<&[u8]> = requests.iter().map(|request| &request[10..]).collect();
        assert_eq!(elements.len(), LOOKUPS);
        // Beyond 400, a uniform source would come once in 40 million times.
        let statistic = chi_squared(requests);
        assert!((150.0..400.0).contains(&statistic), "{statistic}");
    }
    // What the test would see if elements were not blinded: with the same blind, one person gives one element.
    let world = World::new(1, 1);
    assert_eq!(
        world.output(&alice),
        world.output(&subject("Alice@Example.com"))
    );
}

/// The index of the bucket is what a lookup leaks: how many share it says how little that is.
#[test]
fn the_index_of_a_bucket_hides_a_person_among_many() {
    // One million entries of one slot, at 72 to a bucket.
    let buckets = 1_000_000u32.div_ceil(72);
    assert_eq!(buckets, 13_889);
    let world = World::new(1, buckets);
    let people = people();
    let mut shares: BTreeMap<u32, u32> = BTreeMap::new();
    for person in &people {
        let place: Place = world.place(person);
        assert!(place.bucket() < buckets);
        *shares.entry(place.bucket()).or_default() += 1;
    }
    // 10,000 people in 13,889 buckets: 7,128 different ones are expected, and at most a handful in one.
    assert!((6_900..7_350).contains(&shares.len()), "{}", shares.len());
    assert!(shares.values().all(|count| *count <= 9));
    // Of all 10^10 numbers of ten digits, as many share a bucket as a client of this size hides among.
    assert_eq!(10_000_000_000 / u64::from(buckets), 719_994);
}
