//! [`Digest`]: what MIMI records that stand together are compared by with others of the same owner elsewhere in the file, in a few bits.
//!
//! Where a rule about an RRset could find something in two such places, their digests say so; they may also say so for nothing.

use std::sync::atomic::{AtomicU64, Ordering};

/// Places where an owner has MIMI records; more are always looked at.
const FEW_PLACES: usize = 8;

/// More octets in one place are always looked at: so many fit [`FEW_PLACES`] times into an answer of 1232 octets.
pub(crate) const FEW_OCTETS: usize = 110;

/// What stands for all numbers that have none of their own.
const OTHER: u32 = 15;

/// The bits, from the highest: TTL (4), service (4; 0 for none), priority (4; 0 for none), usable (1), several (1), identifier (8).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Digest(pub(crate) u32);

/// Short numbers for the few values that a file mostly has, in the order of their first use.
#[derive(Debug, Default)]
pub(crate) struct Numbers([AtomicU64; OTHER as usize - 1]);

impl Numbers {
    /// 1 to 14, always the same for a value; 15 where there are too many.
    pub(crate) fn of(&self, value: u64) -> u32 {
        let value = value.max(1);
        for (number, slot) in (1..).zip(&self.0) {
            let found = match slot.load(Ordering::Relaxed) {
                0 => match slot.compare_exchange(0, value, Ordering::Relaxed, Ordering::Relaxed) {
                    Ok(_) => value,
                    Err(other) => other,
                },
                found => found,
            };
            if found == value {
                return number;
            }
        }
        OTHER
    }
}

impl Digest {
    /// Of several records, or one with something else beside it: always worth a look.
    pub(crate) const SEVERAL: Self = Self(1 << 8);

    /// Of a single record. `service` is a number of [`Numbers`].
    pub(crate) fn new(
        ttl: u32,
        service: Option<u32>,
        priority: Option<u32>,
        identifier: Option<u64>,
    ) -> Self {
        let priority = priority.map_or(0, |priority| priority.saturating_add(1).min(OTHER));
        let hash = identifier.map_or(0, |identifier| (identifier >> 56) as u32);
        let is_usable = u32::from(identifier.is_some());
        Self(ttl << 18 | service.unwrap_or(0) << 14 | priority << 10 | is_usable << 9 | hash)
    }

    fn ttl(self) -> u32 {
        self.0 >> 18 & 15
    }

    fn service(self) -> u32 {
        self.0 >> 14 & 15
    }

    fn priority(self) -> u32 {
        self.0 >> 10 & 15
    }

    fn is_usable(self) -> bool {
        self.0 >> 9 & 1 == 1
    }

    fn are_several(self) -> bool {
        self.0 >> 8 & 1 == 1
    }

    fn identifier(self) -> u32 {
        self.0 & 255
    }

    fn clashes_with(self, other: Self) -> bool {
        if self.ttl() != other.ttl() || self.ttl() == OTHER {
            return true;
        }
        let both = |one: u32, other: u32| one != 0 && one == other;
        self.is_usable()
            && other.is_usable()
            && (self.identifier() == other.identifier()
                || both(self.service(), other.service())
                || both(self.priority(), other.priority())
                || (self.priority() == 0) != (other.priority() == 0))
    }
}

/// Whether a rule about RRsets may have something to say about records that stand in several places.
pub(crate) fn are_worth_a_look(digests: impl Iterator<Item = Digest>) -> bool {
    let places: Vec<Digest> = digests.take(FEW_PLACES).collect();
    places.len() > 1
        && (places.len() == FEW_PLACES
            || places.iter().any(|digest| digest.are_several())
            || !places.iter().any(|digest| digest.is_usable())
            || places.iter().enumerate().any(|(index, one)| {
                let before = places.iter().take(index);
                before.into_iter().any(|other| one.clashes_with(*other))
            }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn worth(digests: &[Digest]) -> bool {
        are_worth_a_look(digests.iter().copied())
    }

    #[test]
    fn places_that_go_together_are_not_looked_at() {
        let one = Digest::new(1, Some(1), Some(0), Some(1 << 56));
        let other = Digest::new(1, Some(2), Some(1), Some(2 << 56));
        assert!(!worth(&[one]));
        assert!(!worth(&[one, other]));
        assert!(worth(&[one, Digest::SEVERAL]));
        assert!(worth(&[other; 8]));
    }

    #[test]
    fn each_thing_that_clashes_is_seen() {
        let one = Digest::new(1, Some(1), Some(14), Some(1 << 56));
        let clashing = [
            Digest::new(2, Some(2), Some(1), Some(2 << 56)),
            Digest::new(1, Some(1), Some(1), Some(2 << 56)),
            Digest::new(1, Some(2), Some(99), Some(2 << 56)),
            Digest::new(1, Some(2), None, Some(2 << 56)),
            Digest::new(1, Some(2), Some(1), Some(1 << 56)),
        ];
        for other in clashing {
            assert!(worth(&[one, other]), "{other:?}");
        }
        let unusable = Digest::new(1, None, None, None);
        assert!(!worth(&[one, unusable]));
        assert!(worth(&[unusable, unusable]));
        let far = Digest::new(OTHER, Some(2), Some(1), Some(2 << 56));
        assert!(worth(&[
            far,
            Digest::new(OTHER, None, Some(2), Some(3 << 56))
        ]));
    }

    #[test]
    fn numbers_are_given_in_the_order_of_first_use_until_there_are_none() {
        let numbers = Numbers::default();
        for value in 100..114 {
            assert_eq!(u64::from(numbers.of(value)), value - 99);
        }
        assert_eq!(numbers.of(7), OTHER);
        assert_eq!(numbers.of(100), 1);
    }
}
