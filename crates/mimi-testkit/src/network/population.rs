//! People with identifiers of the three kinds, and the truth about each: what a discovery must find.

mod person;
mod truth;

use std::ops::Range;

use mimi_name::DomainName;

use self::person::Maker;
use super::dice::Dice;
use super::world::World;

pub use self::truth::Truth;

/// The name below which all of it stands.
pub const APEX: &str = "world.example";
/// Where telephone numbers stand.
pub const ENUM_SUFFIX: &str = "enum.world.example";

/// One person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// What somebody types who looks for the person.
    pub identifier: String,
    /// What must come of it.
    pub truth: Truth,
}

/// People, and the zone that says so.
#[derive(Debug)]
pub struct Population {
    /// In the order of their numbers.
    pub people: Vec<Person>,
    /// Their records.
    pub world: World,
}

impl Population {
    /// The people of these numbers. Each follows from the seed and the number alone, and shares no name with another one.
    pub fn make(seed: u64, numbers: Range<u32>) -> Self {
        let apex = DomainName::parse_absolute(APEX).unwrap_or_else(|_| DomainName::root());
        let mut world = World::new(apex);
        let people = numbers
            .map(|number| {
                let dice = Dice::of(seed, &[b"person", &number.to_be_bytes()]);
                Maker::new(&mut world, dice, number).make()
            })
            .collect();
        Self { people, world }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, HashSet};

    use super::Population;

    #[test]
    fn is_the_same_from_the_same_seed_and_only_from_that() {
        let people = |seed| Population::make(seed, 0..300).people;
        assert_eq!(people(1), people(1));
        assert_ne!(people(1), people(2));
        // Whoever is made with others is as if made alone.
        assert_eq!(Population::make(1, 200..201).people, people(1)[200..201]);
    }

    #[test]
    fn has_every_outcome_and_everybody_once() {
        let people = Population::make(3, 0..3000).people;
        let mut outcomes = BTreeMap::new();
        for person in &people {
            *outcomes.entry(person.truth.outcome.as_str()).or_insert(0) += 1;
        }
        let outcomes: Vec<_> = outcomes.into_iter().collect();
        let words: Vec<&str> = outcomes.iter().map(|(word, _)| *word).collect();
        let expected = [
            "found",
            "no_mapping",
            "no_such_name",
            "only_unusable",
            "provider_declines",
            "temporary_failure",
        ];
        assert_eq!(words, expected);
        assert!(
            outcomes.iter().all(|(_, count)| *count >= 30),
            "{outcomes:?}"
        );
        let identifiers: HashSet<_> = people.iter().map(|person| &person.identifier).collect();
        assert_eq!(identifiers.len(), people.len());
        let labels: Vec<_> = people
            .iter()
            .flat_map(|person| person.truth.groups.iter().flatten())
            .map(|account| &account.a)
            .collect();
        let distinct: HashSet<_> = labels.iter().collect();
        assert_eq!(
            distinct.len(),
            labels.len(),
            "an account belongs to one person"
        );
    }
}
