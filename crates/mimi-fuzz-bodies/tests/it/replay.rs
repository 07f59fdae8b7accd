//! The replay itself, and what a target consists of.

use std::collections::BTreeSet;
use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

use mimi_fuzz_bodies::{TARGETS, Target};

use crate::mutation::{Random, mutate};

/// How many mutated inputs each target gets.
const MUTATIONS: usize = 3_000;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The seeds of a target in the order of their names.
fn seeds(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = root().join("testdata/fuzz").join(target);
    let mut paths: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, fs::read(&path).unwrap())
        })
        .collect()
}

fn check(target: Target, input: &[u8], origin: &str) {
    if catch_unwind(|| (target.check)(input)).is_err() {
        panic!("{}, {origin}: \"{}\"", target.name, input.escape_ascii());
    }
}

fn replay(name: &str) {
    replay_with(name, MUTATIONS);
}

fn replay_with(name: &str, mutations: usize) {
    let target = *TARGETS.iter().find(|target| target.name == name).unwrap();
    let seeds = seeds(name);
    assert!(!seeds.is_empty());
    check(target, b"", "nothing");
    for (file, input) in &seeds {
        check(target, input, file);
    }
    let mut random = Random::new(1);
    for _ in 0..mutations {
        let (file, seed) = &seeds[random.below(seeds.len())];
        let (_, other) = &seeds[random.below(seeds.len())];
        check(target, &mutate(seed, other, &mut random), file);
    }
}

#[test]
fn definition_string_holds() {
    replay("definition_string");
}

#[test]
fn discovery_holds() {
    replay("discovery");
}

#[test]
fn lint_holds() {
    // Each input is checked several times over.
    replay_with("lint", MUTATIONS / 6);
}

#[test]
fn message_holds() {
    replay("message");
}

#[test]
fn names_hold() {
    replay("names");
}

#[test]
fn oracle_holds() {
    replay("oracle");
}

#[test]
fn oracle_server_holds() {
    replay("oracle_server");
}

#[test]
fn rdata_holds() {
    replay("rdata");
}

#[test]
fn responses_hold() {
    // Each input is a whole discovery.
    replay_with("responses", MUTATIONS / 3);
}

#[test]
fn zone_text_holds() {
    replay("zone_text");
}

#[test]
fn every_target_has_its_file_its_entry_and_its_seeds() {
    let names: BTreeSet<String> = TARGETS
        .iter()
        .map(|target| target.name.to_owned())
        .collect();
    let listed = |folder: &str, suffix: &str| -> BTreeSet<String> {
        let entries = fs::read_dir(root().join(folder)).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names
            .filter(|name| name != "README.md")
            .map(|name| name.strip_suffix(suffix).unwrap().to_owned())
            .collect()
    };
    assert_eq!(listed("fuzz/fuzz_targets", ".rs"), names);
    assert_eq!(listed("testdata/fuzz", ""), names);
    let manifest = fs::read_to_string(root().join("fuzz/Cargo.toml")).unwrap();
    let entries = manifest
        .lines()
        .filter_map(|line| line.strip_prefix("path = \"fuzz_targets/"));
    let entries: BTreeSet<String> = entries
        .map(|path| path.trim_end_matches(".rs\"").to_owned())
        .collect();
    assert_eq!(entries, names);
}
