//! What the store in a SQLite file promises besides: what is gone, who may open it, backups.

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::thread;

use mimi_oracle::server::{
    BackupError, SpentToken, SqliteReader, SqliteStore, Store as _, StoreError, VerifyError,
};

use super::{conformance, id, sealed, token};

fn path(folder: &tempfile::TempDir) -> std::path::PathBuf {
    folder.path().join("registrations.sqlite")
}

#[test]
fn a_sqlite_file_is_a_store() {
    let mut folders = Vec::new();
    conformance::all(|| {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(&path(&folder)).unwrap();
        folders.push(folder);
        store
    });
}

#[test]
fn what_was_put_is_there_after_opening_again() {
    let folder = tempfile::tempdir().unwrap();
    for round in 0..3 {
        let store = SqliteStore::open(&path(&folder)).unwrap();
        assert_eq!(store.count().unwrap(), round);
        store
            .put(id(round), &sealed(round, 284), 500, token(round))
            .unwrap();
        let refused = store.put(id(9), b"sealed", 500, token(0));
        assert!(
            matches!(refused, Err(StoreError::TokenSpent)),
            "{refused:?}"
        );
        for number in 0..=round {
            let content = store.get(id(number)).unwrap();
            assert_eq!(content, Some(sealed(number, 284)));
        }
    }
}

/// All runs of 16 octets in all files of a folder.
fn runs(folder: &Path) -> HashSet<[u8; 16]> {
    let mut runs = HashSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let octets = fs::read(entry.unwrap().path()).unwrap();
        runs.extend(
            octets
                .windows(16)
                .map(|run| <[u8; 16]>::try_from(run).unwrap()),
        );
    }
    runs
}

/// How many of the runs of 16 octets in these, one after the other, are among `runs`.
fn found(octets: &[u8], runs: &HashSet<[u8; 16]>) -> usize {
    let chunks = octets.chunks_exact(16);
    chunks.filter(|chunk| runs.contains(*chunk)).count()
}

/// One page and many: trees grow, and what lies in them could move.
fn octets(number: u64) -> usize {
    [284, 284, 540, 1_052, 4_636][usize::try_from(number % 5).unwrap()]
}

#[test]
fn nothing_of_a_removed_or_replaced_registration_is_left_in_any_file() {
    let folder = tempfile::tempdir().unwrap();
    let store = &SqliteStore::open(&path(&folder)).unwrap();
    let mut gone = Vec::new();
    for round in 0..5_u64 {
        let numbers = (round * 400)..(round * 400 + 400);
        thread::scope(|scope| {
            for writer in 0..16 {
                let numbers = numbers.clone().filter(move |number| number % 16 == writer);
                scope.spawn(move || {
                    for number in numbers {
                        let content = sealed(number, octets(number));
                        // A third is purged in this round, and a third in the next.
                        let expires = 100 + round + number % 3;
                        store
                            .put(id(number), &content, expires, token(number))
                            .unwrap();
                    }
                });
            }
        });
        for number in numbers.clone().filter(|number| number % 25 == 2) {
            assert!(store.remove(id(number), token(10_000 + number)).unwrap());
            gone.extend([id(number).0.to_vec(), sealed(number, octets(number))]);
        }
        for number in numbers.filter(|number| number % 25 == 5) {
            let content = sealed(10_000 + number, octets(number / 5));
            store
                .put(id(number), &content, 1_000, token(20_000 + number))
                .unwrap();
            gone.push(sealed(number, octets(number)));
        }
        store.purge(100 + round).unwrap();
    }
    for number in (0..2_000).filter(|number| store.get(id(*number)).unwrap().is_none()) {
        gone.extend([id(number).0.to_vec(), sealed(number, octets(number))]);
    }
    assert!(gone.len() > 2_000, "{}", gone.len());
    let in_use = runs(folder.path());
    for octets in &gone {
        assert_eq!(found(octets, &in_use), 0);
    }
    // What is there is found by the same search, so it does search.
    assert_eq!(found(&id(1_999).0, &in_use), 2);
    store.verify().unwrap();
}

#[test]
fn what_is_removed_while_a_snapshot_is_read_is_gone_when_the_snapshot_is() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&path(&folder)).unwrap();
    for number in 0..60 {
        store
            .put(id(number), &sealed(number, 284), 500, token(number))
            .unwrap();
    }
    let mut is_first = true;
    store
        .for_each(0, &mut |_, _| {
            if std::mem::take(&mut is_first) {
                assert!(store.remove(id(50), token(1_000)).unwrap());
                assert!(found(&sealed(50, 284), &runs(folder.path())) > 0);
            }
        })
        .unwrap();
    assert_eq!(found(&sealed(50, 284), &runs(folder.path())), 0);
    assert_eq!(found(&id(50).0, &runs(folder.path())), 0);
}

#[test]
fn a_slot_is_used_again() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&path(&folder)).unwrap();
    let mut octets = Vec::new();
    for number in 0..60 {
        // So that no token stays.
        let token = SpentToken {
            expires: 1,
            ..token(number)
        };
        store
            .put(id(number), &sealed(number, 284), 1, token)
            .unwrap();
        store.purge(1).unwrap();
        octets.push(fs::metadata(path(&folder)).unwrap().len());
    }
    assert_eq!(octets.first(), octets.last());
    assert_eq!(store.count().unwrap(), 0);
}

#[test]
fn a_second_server_is_refused_until_the_first_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let first = SqliteStore::open(&path(&folder)).unwrap();
    let second = SqliteStore::open(&path(&folder));
    assert!(matches!(second, Err(StoreError::InUse)), "{second:?}");
    drop(first);
    SqliteStore::open(&path(&folder)).unwrap();
}

#[test]
fn a_backup_and_a_verification_run_beside_a_server() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&path(&folder)).unwrap();
    for number in 0..300 {
        store
            .put(id(number), &sealed(number, 4_636), 500, token(number))
            .unwrap();
    }
    let reader = SqliteReader::open(&path(&folder)).unwrap();
    reader.verify().unwrap();
    let to = folder.path().join("backup.sqlite");
    let mut reports = Vec::new();
    reader
        .backup(&to, |done, of| {
            let number = 1_000 + u64::try_from(reports.len()).unwrap();
            // Written meanwhile, and not in the copy.
            store.put(id(number), b"later", 500, token(number)).unwrap();
            reports.push((done, of));
        })
        .unwrap();
    let (done, of) = *reports.last().unwrap();
    assert!(done == of && of > 300, "{reports:?}");
    assert!(matches!(
        reader.backup(&to, |_, _| ()),
        Err(BackupError::Exists(path)) if path == to
    ));
    assert!(matches!(
        store.backup(&to, |_, _| ()),
        Err(BackupError::Exists(_))
    ));
    let names: HashSet<_> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert!(
        !names.iter().any(|name| name.contains("partial")),
        "{names:?}"
    );

    SqliteReader::open(&to).unwrap().verify().unwrap();
    let copy = SqliteStore::open(&to).unwrap();
    assert_eq!(copy.count().unwrap(), 300);
    for number in 0..300 {
        let content = copy.get(id(number)).unwrap();
        assert_eq!(content, Some(sealed(number, 4_636)));
    }
    let refused = copy.put(id(1), b"sealed", 500, token(299));
    assert!(
        matches!(refused, Err(StoreError::TokenSpent)),
        "{refused:?}"
    );
}

#[test]
fn damage_is_found_and_told_as_data() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&path(&folder)).unwrap();
    for number in 0..300 {
        store
            .put(id(number), &sealed(number, 284), 500, token(number))
            .unwrap();
    }
    drop(store);
    let mut octets = fs::read(path(&folder)).unwrap();
    // The third page and those after it, but for their kind.
    for page in octets.chunks_exact_mut(4_096).skip(3) {
        page[1..200].fill(0xFF);
    }
    fs::write(path(&folder), octets).unwrap();
    match SqliteReader::open(&path(&folder)).unwrap().verify() {
        Err(VerifyError::Damaged(lines)) => assert!(!lines.is_empty()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_file_of_others_and_one_of_a_later_version_are_refused_and_left_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("text");
    fs::write(&text, "no database".repeat(100)).unwrap();
    let foreign = folder.path().join("foreign");
    let connection = rusqlite::Connection::open(&foreign).unwrap();
    connection.execute_batch("CREATE TABLE t (a)").unwrap();
    drop(connection);
    for path in [&text, &foreign] {
        let before = fs::read(path).unwrap();
        let refused = SqliteStore::open(path);
        assert!(matches!(refused, Err(StoreError::Foreign)), "{refused:?}");
        let refused = SqliteReader::open(path);
        assert!(matches!(refused, Err(StoreError::Foreign)), "{refused:?}");
        assert_eq!(fs::read(path).unwrap(), before);
    }

    drop(SqliteStore::open(&path(&folder)).unwrap());
    let connection = rusqlite::Connection::open(path(&folder)).unwrap();
    connection.execute_batch("PRAGMA user_version = 2").unwrap();
    drop(connection);
    let refused = SqliteStore::open(&path(&folder)).unwrap_err();
    assert!(
        matches!(refused, StoreError::Version { found: 2, known: 1 }),
        "{refused:?}"
    );
}

#[cfg(unix)]
#[test]
fn all_files_are_for_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&path(&folder)).unwrap();
    store.put(id(1), b"sealed", 500, token(1)).unwrap();
    store
        .backup(&folder.path().join("backup"), |_, _| ())
        .unwrap();
    let mut count = 0;
    for entry in fs::read_dir(folder.path()).unwrap() {
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{entry:?}");
        count += 1;
    }
    // The file, its log, the index of the log, the lock, the backup.
    assert_eq!(count, 5);
}
