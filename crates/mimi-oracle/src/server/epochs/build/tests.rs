//! What is put in is found, and nothing else.

use std::fs;
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;

use super::{Build, MEAN_SLOTS, Published};
use crate::limits::{BUCKET_OCTETS, MAX_ENTRY_OCTETS};
use crate::server::epochs::folder::OpenEpoch;
use crate::server::epochs::tests::support::{BEGIN, Data, publication, subject};
use crate::server::{Phase, Progress, Publication, PublishError};
use crate::{Bucket, Entry, Place};

const ENDS: u64 = BEGIN + 4200;

fn build(
    data: &Data,
    mean_slots: u64,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Published, PublishError> {
    let folder = data.epochs();
    fs::create_dir_all(&folder).unwrap();
    let build = Build {
        folder: &folder,
        keys: &data.keys(),
        number: BEGIN,
        ends: ENDS,
        mean_slots,
        threads: 3,
        canceled: &AtomicBool::new(false),
        progress,
    };
    build.run(&data.shelf)
}

/// What the epoch has of each publication.
fn found(data: &Data, publications: &[Publication]) -> Vec<Option<Entry>> {
    let keys = data.keys();
    let open = OpenEpoch::open(&data.epochs(), BEGIN, &keys).unwrap();
    let parameters = open.parameters(&keys);
    let key = keys.lookup(0).unwrap();
    let indices = 0..open.epoch.buckets;
    let octets: Vec<_> = indices
        .clone()
        .map(|index| open.bucket(index).unwrap().unwrap())
        .collect();
    let verify = |index: u32| {
        let octets = &octets[index as usize];
        Bucket::verify(octets, &parameters, &open.epoch, index).unwrap()
    };
    let buckets: Vec<_> = indices.map(verify).collect();
    let of = |publication: &Publication| {
        let subject = &publication.subject;
        let place = Place::new(&key.evaluate(subject).unwrap(), &open.epoch);
        buckets[place.bucket() as usize]
            .find(&place, &parameters, subject, &open.epoch, BEGIN)
            .unwrap()
    };
    publications.iter().map(of).collect()
}

/// What should be found of it.
fn entry(publication: &Publication) -> Option<Entry> {
    Some(Entry {
        definition_strings: publication.definition_strings.clone(),
        expires: publication.expires.min(ENDS),
    })
}

#[test]
fn ten_thousand_entries_are_all_found_and_nobody_else() {
    let data = Data::new();
    let all: Vec<_> = (0..10_000)
        .map(|n| publication(&format!("a{n}@example.com"), 100))
        .collect();
    *data.shelf.publications.lock().unwrap() = all.clone();
    let built = build(&data, MEAN_SLOTS, &|_| ()).unwrap();
    assert_eq!(
        (built.entries, built.slots, built.left_out),
        (10_000, 10_000, 0)
    );
    assert!(built.epoch.buckets >= 139);
    assert_eq!(
        found(&data, &all),
        all.iter().map(entry).collect::<Vec<_>>()
    );
    let others: Vec<_> = (0..100)
        .map(|n| publication(&format!("b{n}@example.com"), 100))
        .collect();
    assert_eq!(found(&data, &others), vec![None; 100]);
    // What lay on the disk in between is gone.
    let mut names: Vec<_> = fs::read_dir(data.epochs().join(BEGIN.to_string()))
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    names.sort();
    assert_eq!(names, ["buckets", "epoch.json"]);
    assert_eq!(data.names(), [BEGIN.to_string()]);
}

#[test]
fn entries_of_many_slots_lie_in_one_bucket_each() {
    let data = Data::new();
    let all: Vec<_> = (0..300)
        .map(|n| publication(&format!("a{n}@example.com"), 100 + (n * 379) % 3600))
        .collect();
    *data.shelf.publications.lock().unwrap() = all.clone();
    let built = build(&data, MEAN_SLOTS, &|_| ()).unwrap();
    assert_eq!(built.entries, 300);
    assert!((1000..2400).contains(&built.slots), "{}", built.slots);
    assert_eq!(
        found(&data, &all),
        all.iter().map(entry).collect::<Vec<_>>()
    );
}

#[test]
fn where_a_bucket_is_too_full_there_are_more_and_nothing_is_evaluated_again() {
    let data = Data::new();
    // Ten buckets would have to be full to the last slot.
    let all: Vec<_> = (0..1280)
        .map(|n| publication(&format!("a{n}@example.com"), 100))
        .collect();
    *data.shelf.publications.lock().unwrap() = all.clone();
    let evaluated = Mutex::new(0);
    let built = build(&data, 128, &|progress| {
        if progress.phase == Phase::Evaluating {
            let mut evaluated = evaluated.lock().unwrap();
            *evaluated = progress.done.max(*evaluated);
        }
    })
    .unwrap();
    assert!(built.epoch.buckets > 10);
    assert_eq!(*evaluated.lock().unwrap(), 1280);
    assert_eq!(
        found(&data, &all),
        all.iter().map(entry).collect::<Vec<_>>()
    );
}

#[test]
fn an_oracle_without_registrations_has_one_bucket_of_noise() {
    let data = Data::new();
    let built = build(&data, MEAN_SLOTS, &|_| ()).unwrap();
    assert_eq!((built.epoch.buckets, built.entries), (1, 0));
    assert_eq!(found(&data, &[publication("a@example.com", 100)]), [None]);
}

#[test]
fn what_cannot_be_in_this_epoch_is_left_out_and_does_not_keep_others_out() {
    let data = Data::new();
    let good = publication("good@example.com", 100);
    let mut ends_sooner = publication("sooner@example.com", 100);
    ends_sooner.expires = BEGIN + 1;
    let mut expired = publication("expired@example.com", 100);
    expired.expires = BEGIN;
    let mut none = publication("none@example.com", 100);
    none.definition_strings.clear();
    let long = publication("long@example.com", MAX_ENTRY_OCTETS);
    let all = vec![good, expired, none, long, ends_sooner];
    *data.shelf.publications.lock().unwrap() = all.clone();
    let built = build(&data, MEAN_SLOTS, &|_| ()).unwrap();
    assert_eq!((built.entries, built.left_out), (2, 3));
    let expected = [entry(&all[0]), None, None, None, entry(&all[4])];
    assert_eq!(found(&data, &all), expected);
    assert_eq!(expected[4].as_ref().unwrap().expires, BEGIN + 1);
}

#[test]
fn two_publications_about_one_subject_would_be_sealed_with_one_key_and_are_an_error() {
    let data = Data::new();
    data.shelf.put(publication("alice@example.com", 100));
    data.shelf.put(publication("alice@example.com", 101));
    let error = build(&data, MEAN_SLOTS, &|_| ()).unwrap_err();
    assert!(matches!(error, PublishError::Twice));
    assert_eq!(data.names(), [""; 0]);
}

#[test]
fn nothing_of_two_builds_of_the_same_is_alike() {
    let (data, alice) = (Data::new(), subject("alice@example.com"));
    data.shelf.put(publication("alice@example.com", 100));
    let mut slots = Vec::new();
    for _ in 0..2 {
        let built = build(&data, MEAN_SLOTS, &|_| ()).unwrap();
        let folder = data.epochs().join(BEGIN.to_string());
        let octets = fs::read(folder.join("buckets")).unwrap();
        assert_eq!(octets.len(), BUCKET_OCTETS);
        let key = data.keys();
        let output = key.lookup(0).unwrap().evaluate(&alice).unwrap();
        let tag = Place::new(&output, &built.epoch).tag(0);
        slots.extend(octets[64..].chunks(512).map(<[u8]>::to_vec));
        assert!(slots.iter().any(|slot| slot.starts_with(&tag)));
        fs::remove_dir_all(folder).unwrap();
    }
    let all = slots.len();
    slots.sort();
    slots.dedup();
    assert_eq!(slots.len(), all);
}

#[test]
fn progress_is_told_from_nothing_to_all_of_each_phase() {
    let data = Data::new();
    for n in 0..150 {
        data.shelf
            .put(publication(&format!("a{n}@example.com"), 100));
    }
    let told = Mutex::new(Vec::new());
    build(&data, MEAN_SLOTS, &|progress| {
        told.lock().unwrap().push(progress);
    })
    .unwrap();
    let told = told.into_inner().unwrap();
    for (phase, total) in [(Phase::Evaluating, 150), (Phase::Writing, 3)] {
        let of_phase: Vec<_> = told.iter().filter(|told| told.phase == phase).collect();
        assert!(of_phase.iter().all(|progress| progress.total == total));
        assert_eq!(of_phase.iter().map(|progress| progress.done).min(), Some(0));
        assert_eq!(
            of_phase.iter().map(|progress| progress.done).max(),
            Some(total)
        );
    }
}
