//! Random steps of the world and of the cache, compared with a naive model that knows the true time.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use mimi_id::Identifier;
use mimi_resolver::cache::lifetime;
use mimi_resolver::discovery::{BogusReason, Ending, Outcome, SecurityFailure, TemporaryFailure};
use mimi_resolver::{OutcomeCache, SleepAware};
use mimi_testkit::network::Dice;

use super::world::{World, failed, found, identifier, outcome};

const IDENTIFIERS: u64 = 100_000;

/// What was learnt, when in truth, and for how long it is good.
struct Known {
    outcome: Arc<Outcome>,
    at: Duration,
    lifetime: Duration,
}

fn any_outcome(random: &mut Dice, number: u64) -> Outcome {
    let ttl = random.next() as u32;
    // As often a TTL of minutes, which time can catch up with.
    let ttl = if random.below(2) == 0 { ttl } else { ttl % 600 };
    match random.below(10) {
        0 => outcome(Ending::NoSuchName, Some(ttl)),
        1 => outcome(Ending::NoMapping, Some(ttl)),
        2 => failed(TemporaryFailure::Timeout),
        3 => failed(TemporaryFailure::ServerFailure { rcode: 2 }),
        4 => outcome(
            Ending::SecurityFailure(SecurityFailure::Bogus(BogusReason::SignatureExpired)),
            None,
        ),
        _ => outcome(found(&format!("account{number}")), Some(ttl)),
    }
}

/// Something happens to the clocks; a second or more at a time, where it is a sleep or a step.
fn disturb(world: &World, random: &mut Dice) {
    let seconds = random.below(4000) + 1;
    match random.below(40) {
        0 => world.sleep(Duration::from_secs(seconds)),
        1 => world.step_wall(seconds as i64),
        2 => world.step_wall(-(seconds as i64)),
        3 => world.step_wall(random.next() as i32 as i64),
        _ => world.pass(Duration::from_millis(random.below(2000))),
    }
}

#[test]
fn never_a_hit_that_the_true_time_calls_expired() {
    let mut hits = 0;
    for seed in 0..4 {
        let mut random = Dice::seeded(seed);
        let world = World::new();
        let clock = Arc::new(SleepAware::new(world.clone()));
        let cache = OutcomeCache::new(4 * 1024 * 1024, clock);
        let mut model: HashMap<Identifier, Known> = HashMap::new();
        for number in 0..IDENTIFIERS / 4 {
            let new = identifier(&format!("user{number}.example"));
            let began = cache.now();
            let at = world.truth();
            disturb(&world, &mut random);
            let outcome = Arc::new(any_outcome(&mut random, number));
            let is_failure = matches!(
                outcome.ending,
                Ending::TemporaryFailure(_) | Ending::SecurityFailure(_)
            );
            let known = Known {
                at: if is_failure { world.truth() } else { at },
                lifetime: lifetime::of_outcome(&outcome),
                outcome: Arc::clone(&outcome),
            };
            cache.insert(&new, outcome, began);
            model.insert(new, known);
            for _ in 0..3 {
                let back = random.below(number.min(200) + 1);
                let wanted = identifier(&format!("user{}.example", number - back));
                let known = &model[&wanted];
                let elapsed = world.truth() - known.at;
                if let Some(kept) = cache.get(&wanted) {
                    hits += 1;
                    assert!(elapsed < known.lifetime, "seed {seed}, {number}");
                    assert!(kept.age >= elapsed, "seed {seed}, {number}");
                    assert!(Arc::ptr_eq(&kept.outcome, &known.outcome));
                }
            }
        }
    }
    assert!(hits > 10_000, "{hits} hits show too little");
}

#[test]
fn with_honest_clocks_every_hit_that_the_model_expects_comes() {
    let mut random = Dice::seeded(7);
    let world = World::new();
    let clock = Arc::new(SleepAware::new(world.clone()));
    let cache = OutcomeCache::new(1024 * 1024 * 1024, clock);
    let mut model: HashMap<Identifier, Known> = HashMap::new();
    for number in 0..20_000 {
        let new = identifier(&format!("user{number}.example"));
        let outcome = Arc::new(any_outcome(&mut random, number));
        let known = Known {
            at: world.truth(),
            lifetime: lifetime::of_outcome(&outcome),
            outcome: Arc::clone(&outcome),
        };
        cache.insert(&new, outcome, cache.now());
        model.insert(new, known);
        world.pass(Duration::from_millis(random.below(1000)));
        let wanted = identifier(&format!("user{}.example", random.below(number + 1)));
        let known = &model[&wanted];
        let is_fresh = world.truth() - known.at < known.lifetime;
        assert_eq!(cache.get(&wanted).is_some(), is_fresh, "{number}");
    }
}
