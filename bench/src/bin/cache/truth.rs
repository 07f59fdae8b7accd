//! When the newest outcome of a person was learnt in truth, and when it is past its time: written anew, not taken from the cache.

use std::time::Duration;

use mimi_resolver::discovery::{Ending, Outcome, TemporaryFailure};

use crate::people::Person;

/// What is known of the people who may be looked up; in memory that does not grow.
pub(crate) struct Truth {
    new: Vec<Option<Known>>,
    popular: Vec<Option<Known>>,
}

#[derive(Clone, Copy)]
struct Known {
    number: u64,
    expires: Duration,
}

/// What an outcome from the cache is.
pub(crate) enum Checked {
    Fresh,
    PastItsTime,
    SomebodyElses,
}

impl Truth {
    /// Remembers as many of the newest people, and as many popular ones.
    pub(crate) fn new(new: u64, popular: u64) -> Self {
        Self {
            new: vec![None; new as usize + 1],
            popular: vec![None; popular as usize],
        }
    }

    /// An outcome was learnt by a discovery from `began` to `ended`.
    pub(crate) fn learn(
        &mut self,
        person: Person,
        outcome: &Outcome,
        began: Duration,
        ended: Duration,
    ) {
        let expires = match &outcome.ending {
            Ending::TemporaryFailure(_) | Ending::SecurityFailure(_) => ended + lifetime(outcome),
            _ => began + lifetime(outcome),
        };
        let (number, place) = self.place(person);
        *place = Some(Known { number, expires });
    }

    pub(crate) fn check(&mut self, person: Person, outcome: &Outcome, now: Duration) -> Checked {
        let account = person.account();
        let mut contacts = outcome.groups().iter().flat_map(|group| &group.contacts);
        if contacts.any(|contact| contact.mssi.mssa() != account) {
            return Checked::SomebodyElses;
        }
        match self.place(person) {
            (number, Some(known)) if number == known.number && now < known.expires => {
                Checked::Fresh
            }
            _ => Checked::PastItsTime,
        }
    }

    fn place(&mut self, person: Person) -> (u64, &mut Option<Known>) {
        match person {
            Person::New(number) => {
                let index = number as usize % self.new.len();
                (number, &mut self.new[index])
            }
            Person::Popular(number) => (number, &mut self.popular[number as usize]),
        }
    }
}

/// The longest that the outcome may be used, in the words of `docs/reliability.md`.
fn lifetime(outcome: &Outcome) -> Duration {
    let ttl = match outcome.ttl {
        Some(ttl) if ttl < 1 << 31 => u64::from(ttl),
        _ => 0,
    };
    Duration::from_secs(match &outcome.ending {
        Ending::Found(_) => ttl.min(3600),
        Ending::NoSuchName | Ending::NoMapping if outcome.asked.len() == 1 => ttl.clamp(5, 300),
        Ending::NoSuchName | Ending::NoMapping => ttl.min(300),
        Ending::TemporaryFailure(TemporaryFailure::Timeout) => 5,
        Ending::TemporaryFailure(_) | Ending::SecurityFailure(_) => 30,
        _ => 0,
    })
}
