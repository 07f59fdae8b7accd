//! [`Cache`]: both clocks, the bound, and what is counted.

use std::time::Duration;

use mimi_resolver::{Cache, CacheStatistics, Clock};

use super::world::World;

const MEBIBYTE: u64 = 1024 * 1024;

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// A cache with one entry that lives for 100 s.
fn with_one(world: &World) -> Cache<u32, &'static str> {
    let cache = Cache::new(MEBIBYTE, world.clock());
    cache.insert(1, "one", cache.now(), seconds(100), 10);
    cache
}

fn age(cache: &Cache<u32, &'static str>) -> Option<u64> {
    cache.get(&1).map(|kept| kept.age.as_secs())
}

#[test]
fn keeps_for_the_lifetime_and_not_a_moment_longer() {
    let world = World::new();
    let cache = with_one(&world);
    assert_eq!(age(&cache), Some(0));
    world.pass(Duration::from_millis(99_999));
    assert_eq!(age(&cache), Some(99));
    world.pass(Duration::from_millis(1));
    assert_eq!(age(&cache), None);
    assert_eq!(cache.statistics().entries, 0);
}

#[test]
fn never_keeps_through_sleep() {
    let world = World::new();
    let cache = with_one(&world);
    world.sleep(seconds(99));
    assert_eq!(age(&cache), Some(99));
    world.sleep(seconds(1));
    assert_eq!(age(&cache), None);
}

#[test]
fn never_keeps_longer_since_the_wall_clock_was_set_back() {
    let world = World::new();
    let cache = with_one(&world);
    world.pass_seconds(60);
    world.step_wall(-50);
    assert_eq!(age(&cache), Some(60));
    world.pass_seconds(40);
    assert_eq!(age(&cache), None);
}

#[test]
fn never_believes_a_wall_clock_from_before_the_entry() {
    let world = World::new();
    let cache = with_one(&world);
    world.step_wall(-1);
    assert_eq!(age(&cache), None);
    // It is gone for good, not only while the clock is wrong.
    world.step_wall(1);
    assert_eq!(age(&cache), None);
}

#[test]
fn never_keeps_past_a_step_forward() {
    let world = World::new();
    let cache = with_one(&world);
    world.step_wall(1_000_000_000);
    assert_eq!(age(&cache), None);
}

#[test]
fn an_entry_is_as_old_as_what_was_learnt() {
    let world = World::new();
    let cache = Cache::new(MEBIBYTE, world.clock());
    let asked = cache.now();
    world.pass_seconds(30);
    cache.insert(1, "one", asked, seconds(100), 10);
    assert_eq!(age(&cache), Some(30));
    cache.insert(1, "late", asked, seconds(30), 10);
    assert_eq!(age(&cache), None);
}

#[test]
fn what_replaces_an_entry_and_cannot_be_kept_leaves_nothing() {
    let world = World::new();
    let cache = with_one(&world);
    cache.insert(1, "not to be kept", cache.now(), Duration::ZERO, 10);
    assert_eq!(age(&cache), None);
    let cache = with_one(&world);
    cache.insert(1, "too large", cache.now(), seconds(100), MEBIBYTE / 64);
    assert_eq!(age(&cache), None);
    assert_eq!(cache.statistics().refused, 1);
}

#[test]
fn never_weighs_more_than_its_bound() {
    let world = World::new();
    let cache: Cache<u32, ()> = Cache::new(MEBIBYTE, world.clock());
    for key in 0..100_000 {
        let octets = u64::from(key) % 5000;
        cache.insert(key, (), cache.now(), seconds(100), octets);
        assert!(cache.statistics().octets <= MEBIBYTE);
    }
    let held = cache.statistics();
    assert!(held.octets > MEBIBYTE / 2, "{held:?}");
    // Nothing weighs less than its place.
    assert!(held.octets >= held.entries * Cache::<u32, ()>::OVERHEAD);
}

#[test]
fn a_cache_without_room_keeps_nothing() {
    let world = World::new();
    let cache = Cache::new(0, world.clock());
    cache.insert(1, "one", cache.now(), seconds(100), 0);
    assert_eq!(age(&cache), None);
    assert_eq!(cache.statistics().inserted, 0);
}

#[test]
fn forgets_what_is_past_its_time_when_told_to() {
    let world = World::new();
    let cache = Cache::new(MEBIBYTE, world.clock());
    for key in 0..10_u64 {
        cache.insert(key, (), cache.now(), seconds(key + 1), 10);
    }
    world.pass_seconds(5);
    cache.remove_expired();
    assert_eq!(cache.statistics().entries, 5);
    cache.clear();
    assert_eq!(cache.statistics().octets, 0);
}

#[test]
fn counts_hits_and_misses() {
    let world = World::new();
    let cache = with_one(&world);
    cache.get(&1);
    cache.get(&2);
    world.pass_seconds(100);
    cache.get(&1);
    let CacheStatistics {
        hits,
        misses,
        expired,
        inserted,
        ..
    } = cache.statistics();
    assert_eq!((hits, misses, expired, inserted), (1, 2, 1, 1));
}

#[test]
fn never_shows_its_keys() {
    let world = World::new();
    let cache = Cache::new(MEBIBYTE, world.clock());
    cache.insert("alice", "bob", world.now(), seconds(100), 10);
    let shown = format!("{cache:?}");
    assert!(!shown.contains("alice") && !shown.contains("bob"));
    assert!(shown.contains("entries: 1"), "{shown}");
}
