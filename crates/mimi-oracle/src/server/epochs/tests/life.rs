//! What is served when.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use super::support::{BEGIN, Data, QUOTA, SCHEDULE, fetch, look_up, publication, step, subject};
use crate::limits::{CLOCK_SKEW, PARAMETERS_MAX_AGE};
use crate::server::{KeyRing, PublishError, Publisher};

#[test]
fn no_client_is_without_bucket_or_key_over_five_epochs_and_a_rotation() {
    let data = Data::new();
    data.shelf.put(publication("alice@example.com", 100));
    let alice = subject("alice@example.com");
    let publisher = data.open();
    let (mut fetched, mut keys) = (VecDeque::new(), Vec::new());
    for now in (BEGIN..BEGIN + 5 * SCHEDULE.period + 1).step_by(60) {
        if now == BEGIN + 2 * SCHEDULE.period + 1200 {
            // Another process does this.
            KeyRing::update(&data.key_file(), |ring| ring.rotate().is_ok()).unwrap();
        }
        if publisher.due(now) <= now {
            let step = step(&publisher, now);
            keys.extend(step.built.map(|built| built.epoch.key));
        }
        fetched.push_back(fetch(&publisher, now));
        // The oldest document that is still kept, and the newest.
        if fetched.len() > 1 + (PARAMETERS_MAX_AGE / 60) as usize {
            fetched.pop_front();
        }
        for document in [fetched.front(), fetched.back()] {
            let found = look_up(&publisher, document.unwrap(), &alice, now);
            assert!(found.is_some(), "at {}", now - BEGIN);
        }
        assert!(publisher.epochs().announced(now).len() <= 2);
    }
    // The new key takes effect with the next epoch.
    assert_eq!(keys, [0, 0, 0, 1, 1, 1]);
    assert_eq!(data.keys().erased(), 1);
    assert!(publisher.keys().lookup(0).is_none());
}

#[test]
fn a_key_is_erased_when_the_last_epoch_that_needs_it_is_over_and_not_before() {
    let data = Data::new();
    let publisher = data.open();
    step(&publisher, BEGIN);
    KeyRing::update(&data.key_file(), |ring| ring.rotate().is_ok()).unwrap();
    let second = BEGIN + SCHEDULE.period;
    assert!(!step(&publisher, second).erased);
    let ends = second + SCHEDULE.overlap;
    assert_eq!(publisher.due(second), ends);
    assert!(!step(&publisher, ends - 1).erased);
    assert!(publisher.keys().lookup(0).is_some());
    let last = step(&publisher, ends);
    assert!(last.erased);
    assert_eq!(last.removed, [BEGIN]);
    assert_eq!(last.built, None);
    assert!(data.keys().lookup(0).is_none());
    assert_eq!(publisher.due(ends), second + SCHEDULE.period);
}

#[test]
fn a_removal_takes_effect_with_the_next_epoch() {
    let data = Data::new();
    data.shelf.put(publication("alice@example.com", 100));
    let alice = subject("alice@example.com");
    let publisher = data.open();
    step(&publisher, BEGIN);
    let now = BEGIN + 60;
    assert!(look_up(&publisher, &fetch(&publisher, now), &alice, now).is_some());

    data.shelf.publications.lock().unwrap().clear();
    let effective = publisher.next_begins(now);
    assert_eq!(effective, BEGIN + SCHEDULE.period);
    step(&publisher, effective);
    let document = fetch(&publisher, effective);
    assert!(look_up(&publisher, &document, &alice, effective).is_none());
    // Nothing of it is left when the epoch before is over.
    step(&publisher, effective + SCHEDULE.overlap);
    assert_eq!(data.names(), [effective.to_string()]);
}

#[test]
fn while_an_epoch_is_built_the_one_before_is_served_and_changes_are_for_the_one_after() {
    let data = Data::new();
    data.shelf.put(publication("alice@example.com", 100));
    let publisher = Arc::new(data.open());
    step(&publisher, BEGIN);

    let seen = Arc::new(Mutex::new(Vec::new()));
    let (of_hook, to) = (Arc::clone(&publisher), Arc::clone(&seen));
    *data.shelf.hook.lock().unwrap() = Some(Box::new(move |now| {
        let alice = subject("alice@example.com");
        let found = look_up(&of_hook, &fetch(&of_hook, now), &alice, now);
        let announced = of_hook.epochs().announced(now).len();
        let next = of_hook.next_begins(now);
        to.lock().unwrap().push((found.is_some(), announced, next));
        Ok(())
    }));
    let second = BEGIN + SCHEDULE.period;
    step(&publisher, second);
    data.shelf.hook.lock().unwrap().take();
    let third = second + SCHEDULE.period;
    assert_eq!(*seen.lock().unwrap(), [(true, 1, third)]);
    assert_eq!(publisher.next_begins(second), third);
    assert_eq!(publisher.epochs().announced(second).len(), 2);
}

#[test]
fn an_oracle_that_starts_again_serves_what_is_not_over_and_builds_what_is_due() {
    let data = Data::new();
    step(&data.open(), BEGIN);

    let now = BEGIN + 60;
    let publisher = data.open();
    assert_eq!(publisher.epochs().announced(now).len(), 1);
    assert_eq!(publisher.due(now), BEGIN + SCHEDULE.period);
    drop(publisher);

    // Later the epoch is over: there is nothing to serve before the first step.
    let now = BEGIN + SCHEDULE.period + SCHEDULE.overlap;
    let publisher = data.open();
    assert_eq!(publisher.parameters(QUOTA, now), None);
    assert_eq!(publisher.epochs().bucket(BEGIN, 0, now).unwrap(), None);
    assert!(publisher.due(now) <= now);
    let step = step(&publisher, now);
    assert_eq!(step.built.unwrap().epoch.number, now);
    assert_eq!(step.removed, [BEGIN]);
    assert_eq!(data.names(), [now.to_string()]);
}

#[test]
fn where_a_build_fails_what_was_served_is_served_and_it_is_tried_again() {
    let data = Data::new();
    data.shelf.put(publication("alice@example.com", 100));
    let publisher = data.open();
    step(&publisher, BEGIN);
    *data.shelf.hook.lock().unwrap() = Some(Box::new(|_| Err("no such table".into())));
    let second = BEGIN + SCHEDULE.period;
    let error = publisher.step(second, &|_| ()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the registrations cannot be read: no such table"
    );
    let alice = subject("alice@example.com");
    let document = fetch(&publisher, second);
    assert!(look_up(&publisher, &document, &alice, second).is_some());
    assert_eq!(data.names(), [BEGIN.to_string()]);
    let again = publisher.due(second);
    assert_eq!(again, second + 30);
    data.shelf.hook.lock().unwrap().take();
    assert!(step(&publisher, again).built.is_some());
}

#[test]
fn a_clock_that_steps_back_is_an_error_and_makes_no_epoch_twice() {
    let data = Data::new();
    let publisher = data.open();
    step(&publisher, BEGIN);
    // A little is what clocks do.
    let little = BEGIN - CLOCK_SKEW;
    assert_eq!(publisher.due(little), BEGIN + SCHEDULE.period);
    let long_ago = little - 1;
    assert!(publisher.due(long_ago) <= long_ago);
    let error = publisher.step(long_ago, &|_| ()).unwrap_err();
    assert!(matches!(
        error,
        PublishError::ClockSteppedBack { last: BEGIN, now } if now == long_ago
    ));
    assert!(
        error
            .to_string()
            .contains(&format!("remove the folder epochs/{BEGIN}"))
    );
    assert_eq!(data.names(), [BEGIN.to_string()]);
    // Put right, it goes on.
    assert_eq!(publisher.epochs().announced(BEGIN + 1).len(), 1);
    assert!(step(&publisher, BEGIN + SCHEDULE.period).built.is_some());
}

#[test]
fn two_processes_do_not_publish_from_one_folder() {
    let data = Data::new();
    let first = data.open();
    let second = Publisher::open(data.path(), SCHEDULE, Box::new(data.shelf.clone()));
    assert!(matches!(second.unwrap_err(), PublishError::Locked));
    drop(first);
    data.open();
}

#[test]
fn a_build_that_is_canceled_leaves_nothing() {
    let data = Data::new();
    data.shelf.put(publication("alice@example.com", 100));
    let publisher = Arc::new(data.open());
    let of_hook = Arc::clone(&publisher);
    *data.shelf.hook.lock().unwrap() = Some(Box::new(move |_| {
        of_hook.cancel();
        Ok(())
    }));
    let error = publisher.step(BEGIN, &|_| ()).unwrap_err();
    assert!(matches!(error, PublishError::Canceled));
    assert_eq!(data.names(), [""; 0]);
    data.shelf.hook.lock().unwrap().take();
}

#[test]
fn secrets_of_another_oracle_are_not_taken_for_the_next_epoch() {
    let data = Data::new();
    let publisher = data.open();
    step(&publisher, BEGIN);
    let others = KeyRing::generate(1).unwrap();
    others.save(&data.key_file()).unwrap();
    let second = BEGIN + SCHEDULE.period;
    let error = publisher.step(second, &|_| ()).unwrap_err();
    assert!(matches!(error, PublishError::OtherKeys(pin) if pin == others.pin()));
    assert_eq!(publisher.epochs().announced(second).len(), 1);
}
