//! `kill -9` at any moment: what was acknowledged is there, and nothing is there by half.

use std::env;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use mimi_oracle::server::{SqliteStore, Store, StoreError};
use rusqlite::{Connection, OpenFlags};

use super::{id, sealed, token};

/// Where the process that is to be killed writes, and in which round.
const CHILD: &str = "MIMI_ORACLE_KILLED_STORE";

/// Threads of that process that write.
const WRITERS: u64 = 3;

/// How often one is killed.
const ROUNDS: u64 = 25;

/// What a writer does in its `step`: two registrations, a change of the first, a removal of the second, and again.
fn change(store: &dyn Store, writer: u64, step: u64) -> Result<(), StoreError> {
    let number = number(writer, step);
    match step % 4 {
        0 | 1 => store.put(id(number), &content(number), 500, token(number)),
        2 => store.put(id(number - 2), &content(number), 500, token(number)),
        _ => store.remove(id(number - 2), token(number)).map(drop),
    }
}

/// A number of its own for each step of each writer.
fn number(writer: u64, step: u64) -> u64 {
    writer * 1_000_000 + step
}

fn content(number: u64) -> Vec<u8> {
    let octets = [284, 540, 4_636][usize::try_from(number % 3).unwrap()];
    sealed(number, octets)
}

/// What lies under the number of a step after so many steps.
fn expected(writer: u64, step: u64, steps: u64) -> Option<Vec<u8>> {
    let is_done = |step| step < steps;
    match step % 4 {
        0 if is_done(step + 2) => Some(content(number(writer, step + 2))),
        1 if is_done(step + 2) => None,
        0 | 1 if is_done(step) => Some(content(number(writer, step))),
        _ => None,
    }
}

fn write_until_killed(path: &Path, round: u64) {
    let store = SqliteStore::open(path).unwrap();
    thread::scope(|scope| {
        for writer in 0..WRITERS {
            let store = &store;
            scope.spawn(move || {
                for step in 0.. {
                    change(store, round * WRITERS + writer, step).unwrap();
                    // One write, so that lines of threads do not mix.
                    let line = format!("done {writer} {step}\n");
                    std::io::stdout().lock().write_all(line.as_bytes()).unwrap();
                }
            });
        }
    });
}

#[test]
fn what_was_acknowledged_survives_kill_9_and_nothing_is_there_by_half() {
    let path_in = |folder: &Path| folder.join("registrations.sqlite");
    if let Ok(round) = env::var(CHILD) {
        let (round, folder) = round.split_once(' ').unwrap();
        return write_until_killed(&path_in(Path::new(folder)), round.parse().unwrap());
    }
    let folder = tempfile::tempdir().unwrap();
    // How many steps each writer of each round had made.
    let mut made: Vec<u64> = Vec::new();
    for round in 0..ROUNDS {
        let acknowledged = kill_one(folder.path(), round);
        let store = SqliteStore::open(&path_in(folder.path())).unwrap();
        store.verify().unwrap();
        let tables =
            Connection::open_with_flags(path_in(folder.path()), OpenFlags::SQLITE_OPEN_READ_ONLY)
                .unwrap();
        for (writer, acknowledged) in (round * WRITERS..).zip(acknowledged) {
            // The one step that was under way is made or not.
            let is_next_made = is_spent(&tables, number(writer, acknowledged));
            made.push(acknowledged + u64::from(is_next_made));
        }
        for (writer, steps) in (0..).zip(&made) {
            for step in 0..steps + 2 {
                let found = store.get(id(number(writer, step))).unwrap();
                assert!(
                    found == expected(writer, step, *steps),
                    "round {round}, writer {writer}, step {step} of {steps}"
                );
                assert_eq!(is_spent(&tables, number(writer, step)), step < *steps);
            }
        }
    }
    let steps: u64 = made.iter().sum();
    assert!(steps > ROUNDS, "only {steps} steps in {ROUNDS} rounds");
}

/// Whether a token was used, read beside the store, so that asking does not use it.
fn is_spent(tables: &Connection, number: u64) -> bool {
    let sql = "SELECT count(*) FROM spent_token WHERE nonce = ?1";
    let count: i64 = tables
        .query_row(sql, [token(number).nonce], |row| row.get(0))
        .unwrap();
    count == 1
}

/// Has a process write and kills it; how many steps of each writer it acknowledged.
fn kill_one(folder: &Path, round: u64) -> Vec<u64> {
    let mut child = Command::new(env::current_exe().unwrap())
        .args(["--exact", "--nocapture"])
        .arg("store::killed::what_was_acknowledged_survives_kill_9_and_nothing_is_there_by_half")
        .env(CHILD, format!("{round} {}", folder.display()))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let reader = thread::spawn(move || {
        let mut steps = vec![0; usize::try_from(WRITERS).unwrap()];
        let mut line = String::new();
        while output.read_line(&mut line).unwrap() > 0 {
            let text = std::mem::take(&mut line);
            // The test runner's own words may stand before the first, and the last may be cut.
            let whole = text.strip_suffix('\n');
            let Some((_, done)) = whole.and_then(|line| line.split_once("done ")) else {
                continue;
            };
            let (writer, step) = done.split_once(' ').unwrap();
            let step: u64 = step.parse().unwrap();
            steps[writer.parse::<usize>().unwrap()] = step + 1;
        }
        steps
    });
    // From before the file is open to amid many changes.
    let wait = (round * 37) % 200 + round * 3;
    thread::sleep(Duration::from_millis(wait));
    // On Unix this is SIGKILL.
    child.kill().unwrap();
    child.wait().unwrap();
    reader.join().unwrap()
}
