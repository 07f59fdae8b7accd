//! [`AnswerCache`]: by question, with the TTLs of its records lowered.

use std::sync::Arc;
use std::time::Duration;

use mimi_resolver::discovery::{Failure, Record, Step};
use mimi_resolver::{AnswerCache, DnssecRequest};

use super::world::World;
use crate::support::{answer, mimi, name, question};

const MIMI: u16 = 65357;

fn cache(world: &World) -> AnswerCache {
    AnswerCache::new(1024 * 1024, world.clock())
}

fn keep(cache: &AnswerCache, ttl: u32) {
    let record = Record {
        ttl,
        ..mimi(&name("bob.example"), "v=MIMI1; a=b; e=c.example")
    };
    let asked = cache.now();
    let answer = Arc::new(Ok(answer(record)));
    let question = question("bob.example", MIMI);
    cache.insert(&question, DnssecRequest::Nothing, answer, asked);
}

fn remaining(cache: &AnswerCache) -> Option<u32> {
    let answer = cache.get(&question("BOB.example", MIMI), DnssecRequest::Nothing)?;
    Some(answer.as_ref().as_ref().unwrap().answer[0].ttl)
}

#[test]
fn ttls_are_lowered_by_the_age() {
    let world = World::new();
    let cache = cache(&world);
    keep(&cache, 60);
    assert_eq!(remaining(&cache), Some(60));
    world.pass(Duration::from_millis(10_001));
    // A second that has begun is gone.
    assert_eq!(remaining(&cache), Some(49));
    world.pass_seconds(49);
    assert_eq!(remaining(&cache), Some(0));
    world.pass_seconds(1);
    assert_eq!(remaining(&cache), None);
}

#[test]
fn never_gives_a_ttl_above_the_one_that_came() {
    let world = World::new();
    let cache = cache(&world);
    keep(&cache, 86_400);
    world.pass_seconds(3599);
    assert_eq!(remaining(&cache), Some(86_400 - 3599));
    world.pass_seconds(1);
    assert_eq!(remaining(&cache), None);
}

#[test]
fn answers_are_shared_between_steps_and_never_between_types_or_dnssec_requests() {
    let world = World::new();
    let cache = cache(&world);
    keep(&cache, 60);
    let mut same = question("bob.example", MIMI);
    same.step = Step::Txt;
    assert!(cache.get(&same, DnssecRequest::Nothing).is_some());
    assert!(cache.get(&same, DnssecRequest::Signatures).is_none());
    assert!(cache.get(&same, DnssecRequest::Verdict).is_none());
    same.record_type = 1;
    assert!(cache.get(&same, DnssecRequest::Nothing).is_none());
}

#[test]
fn failures_to_answer_are_kept_for_a_few_seconds() {
    let world = World::new();
    let cache = cache(&world);
    let bob = question("bob.example", MIMI);
    let asked = cache.now();
    world.pass_seconds(15);
    let answer = Arc::new(Err(Failure::Timeout));
    cache.insert(&bob, DnssecRequest::Nothing, answer, asked);
    world.pass_seconds(4);
    let kept = cache.get(&bob, DnssecRequest::Nothing).unwrap();
    assert!(matches!(&*kept, Err(Failure::Timeout)));
    world.pass_seconds(1);
    assert!(cache.get(&bob, DnssecRequest::Nothing).is_none());
}
