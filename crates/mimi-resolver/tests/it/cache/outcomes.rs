//! [`OutcomeCache`]: by identifier, aged where a user sees it.

use std::sync::Arc;
use std::time::Duration;

use mimi_resolver::discovery::{DropReason, Dropped, Outcome, Policy, Step, TemporaryFailure};
use mimi_resolver::{OutcomeCache, Resolver, cache::outcome_octets};

use super::world::{World, failed, found, identifier, outcome};
use crate::support::{Counts, Unwired};

fn cache(world: &World) -> OutcomeCache {
    OutcomeCache::new(1024 * 1024, world.clock())
}

fn keep(cache: &OutcomeCache, identifier_text: &str, outcome: Outcome) {
    let began = cache.now();
    cache.insert(&identifier(identifier_text), Arc::new(outcome), began);
}

#[test]
fn all_spellings_of_an_identifier_share_an_outcome() {
    let cache = cache(&World::new());
    keep(&cache, "Alice@Example.com", outcome(found("a"), Some(60)));
    assert!(cache.get(&identifier("mailto:alice@example.com")).is_some());
    assert!(cache.get(&identifier("alice.example.com")).is_none());
}

#[test]
fn an_outcome_says_how_old_it_is_and_what_is_left_of_it() {
    let world = World::new();
    let cache = cache(&world);
    keep(&cache, "bob.example", outcome(found("a"), Some(60)));
    world.pass(Duration::from_millis(12_500));
    let kept = cache.get(&identifier("bob.example")).unwrap();
    assert_eq!(kept.age, Duration::from_millis(12_500));
    let outcome = kept.to_outcome();
    assert_eq!(outcome.ttl, Some(47));
    assert_eq!(outcome.groups(), kept.outcome.groups());
    let first = outcome.trace.entries()[0].to_string();
    assert!(first.contains("known since 12 s"), "{first}");
}

#[test]
fn never_keeps_an_outcome_past_the_ttl_that_began_with_the_discovery() {
    let world = World::new();
    let cache = cache(&world);
    let bob = identifier("bob.example");
    let began = cache.now();
    world.pass_seconds(9);
    cache.insert(&bob, Arc::new(outcome(found("a"), Some(10))), began);
    assert!(cache.get(&bob).is_some());
    world.pass_seconds(1);
    assert!(cache.get(&bob).is_none());
}

#[test]
fn a_timeout_is_kept_from_its_end() {
    let world = World::new();
    let cache = cache(&world);
    let bob = identifier("bob.example");
    let began = cache.now();
    world.pass_seconds(15);
    cache.insert(&bob, Arc::new(failed(TemporaryFailure::Timeout)), began);
    world.pass_seconds(4);
    assert!(cache.get(&bob).is_some());
    world.pass_seconds(1);
    assert!(cache.get(&bob).is_none());
}

#[test]
fn never_falls_back_on_an_older_outcome_when_a_newer_one_cannot_be_kept() {
    let cache = cache(&World::new());
    keep(&cache, "bob.example", outcome(found("a"), Some(60)));
    keep(&cache, "bob.example", failed(TemporaryFailure::Network));
    assert!(cache.get(&identifier("bob.example")).is_none());
}

#[tokio::test(start_paused = true)]
async fn an_outcome_weighs_what_it_holds() {
    let upstream = Unwired {
        delay: Duration::ZERO,
        counts: Counts::default(),
    };
    let resolver = Resolver::new(upstream, Policy::default());
    let mut outcome = resolver.discover_text("bob@example.com").await;
    let light = outcome_octets(&outcome);
    // Two questions, five events, one account.
    assert!((500..3000).contains(&light), "{light}");
    outcome.dropped.push(Dropped {
        step: Step::Mimi,
        record: vec![0; 65_535],
        reason: DropReason::DuplicateAccount,
    });
    let grown = outcome_octets(&outcome) - light;
    assert!((65_535..66_500).contains(&grown), "{grown}");
}

#[test]
fn never_keeps_an_outcome_too_large_for_its_share() {
    let cache = cache(&World::new());
    let mut large = outcome(found("a"), Some(60));
    large.dropped.push(Dropped {
        step: Step::Mimi,
        record: vec![0; 65_535],
        reason: DropReason::DuplicateAccount,
    });
    keep(&cache, "bob.example", large);
    assert!(cache.get(&identifier("bob.example")).is_none());
    assert_eq!(cache.statistics().refused, 1);
}
