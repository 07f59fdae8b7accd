//! kill -9 in the middle of what is done to epochs.

use std::env;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use super::support::{BEGIN, Data, Shelf, publication, step};
use crate::server::epochs::folder::numbers;
use crate::server::{KeyRing, Publisher, Schedule, verify_epochs};

/// Where the child finds its data folder.
const FOLDER: &str = "MIMI_ORACLE_TEST_CRASH";

/// So short that every step both builds and removes.
const SCHEDULE: Schedule = Schedule {
    period: 10,
    overlap: 5,
};

fn shelf() -> Shelf {
    let shelf = Shelf::default();
    for n in 0..100 {
        shelf.put(publication(&format!("a{n}@example.com"), 100));
    }
    shelf
}

/// Not a test but the process that is killed: publishes one epoch after the other, and says so.
#[test]
fn child() {
    let Some(folder) = env::var_os(FOLDER) else {
        return;
    };
    let folder = Path::new(&folder);
    let publisher = Publisher::open(folder, SCHEDULE, Box::new(shelf())).unwrap();
    let last = numbers(&folder.join("epochs")).unwrap().pop();
    let mut now = last.unwrap_or(BEGIN);
    loop {
        now += SCHEDULE.period;
        assert!(step(&publisher, now).built.is_some());
        println!("\npublished {now}");
    }
}

#[test]
fn a_process_that_is_killed_leaves_whole_epochs_and_none_that_it_published_is_lost() {
    let data = Data::new();
    for n in 0..16 {
        let mut child = Command::new(env::current_exe().unwrap())
            .args([
                "--exact",
                "server::epochs::tests::crash::child",
                "--nocapture",
            ])
            .env(FOLDER, data.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let lines = lines.map_while(Result::ok);
        let mut published = lines.filter_map(|line| line.strip_prefix("published ")?.parse().ok());
        let first: u64 = published.next().unwrap();
        // In another part of what comes after it each time.
        thread::sleep(Duration::from_millis(5 * n));
        child.kill().unwrap();
        child.wait().unwrap();
        let last = published.last().unwrap_or(first);

        let damages = verify_epochs(data.path(), &data.keys(), &|_| ()).unwrap();
        assert!(damages.is_empty(), "{damages:?}");
        let publisher = Publisher::open(data.path(), SCHEDULE, Box::new(shelf())).unwrap();
        assert!(publisher.damages().is_empty());
        assert!(numbers(&data.epochs()).unwrap().pop() >= Some(last));
        assert!(!data.names().contains(&".building".to_owned()));
    }
}

/// Not a test but the process that is killed: erases and saves, over and over.
#[test]
fn child_that_saves_secrets() {
    let Some(folder) = env::var_os(FOLDER) else {
        return;
    };
    let path = Path::new(&folder).join(KeyRing::FILE);
    loop {
        KeyRing::update(&path, |_| true).unwrap();
    }
}

#[test]
fn a_process_that_is_killed_leaves_the_secrets_as_they_were() {
    let data = Data::new();
    let pin = data.keys().pin();
    for n in 0..20 {
        let mut child = Command::new(env::current_exe().unwrap())
            .args([
                "--exact",
                "server::epochs::tests::crash::child_that_saves_secrets",
            ])
            .env(FOLDER, data.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        thread::sleep(Duration::from_millis(20 + n));
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(data.keys().pin(), pin);
    }
    data.keys().save(&data.key_file()).unwrap();
    assert_eq!(std::fs::read_dir(data.path()).unwrap().count(), 1);
}
