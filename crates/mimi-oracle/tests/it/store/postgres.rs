//! The store in PostgreSQL, on a server of the test's own; skipped where PostgreSQL is not installed.

use std::fs;
use std::os::unix::fs::{MetadataExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use mimi_oracle::server::{PostgresStore, Store as _, StoreError};

use super::{conformance, id, sealed, token};

/// A server that listens on a socket in a folder of its own, and goes with it.
struct Server {
    programs: PathBuf,
    folder: tempfile::TempDir,
    /// Whom the server runs as, where the test is run by root, as whom no server of PostgreSQL runs.
    user: Option<u32>,
}

impl Server {
    /// A server, or `None` and a word about it where there is none.
    #[expect(clippy::print_stderr, reason = "says what is skipped")]
    fn start() -> Option<Self> {
        let Some(programs) = programs() else {
            eprintln!("skipped: PostgreSQL is not here; Debian: apt-get install postgresql");
            return None;
        };
        let folder = tempfile::tempdir().unwrap();
        let is_root = fs::metadata(folder.path()).unwrap().uid() == 0;
        let user = is_root.then(nobody);
        chown(folder.path(), user, None).unwrap();
        let server = Self {
            programs,
            folder,
            user,
        };
        server.run("initdb", &["--auth=trust", "--username=mimi", "--no-sync"]);
        server.control("start");
        Some(server)
    }

    fn control(&self, action: &str) {
        let socket = self.folder.path().display();
        // The server crashes in tests, the system below it does not, so nothing need be synced.
        let options =
            format!("-c listen_addresses= -c unix_socket_directories={socket} -c fsync=off");
        // Not an orderly end: what was acknowledged must be there without it.
        let how = ["--wait", "--mode=immediate", "--silent", "--log=/dev/null"];
        let mut arguments = how.to_vec();
        arguments.extend(["--options", &options, action]);
        self.run("pg_ctl", &arguments);
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        let mut command = Command::new(self.programs.join(program));
        command
            .arg("--pgdata")
            .arg(self.folder.path().join("data"))
            .args(arguments)
            .current_dir(self.folder.path())
            .stdout(Stdio::null());
        if let Some(user) = self.user {
            command.uid(user);
        }
        assert!(command.status().unwrap().success(), "{command:?}");
    }

    /// How to connect to a new database.
    fn database(&self, name: &str) -> String {
        let host = self.folder.path().display();
        let mut client = postgres::Client::connect(
            &format!("host={host} user=mimi dbname=postgres"),
            postgres::NoTls,
        )
        .unwrap();
        client
            .batch_execute(&format!("CREATE DATABASE {name}"))
            .unwrap();
        format!("host={host} user=mimi dbname={name}")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.control("stop");
    }
}

/// Where the programs of a server are: Debian has them on no path.
fn programs() -> Option<PathBuf> {
    let of_versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let debian = of_versions.map(|entry| entry.unwrap().path().join("bin"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .chain(debian)
        .find(|folder| has_all(folder))
}

fn has_all(folder: &Path) -> bool {
    ["initdb", "pg_ctl"]
        .iter()
        .all(|program| folder.join(program).exists())
}

/// The number of the user nobody.
fn nobody() -> u32 {
    let users = fs::read_to_string("/etc/passwd").unwrap();
    let line = users
        .lines()
        .find(|line| line.starts_with("nobody:"))
        .unwrap();
    line.split(':').nth(2).unwrap().parse().unwrap()
}

#[test]
fn a_postgresql_database_is_a_store() {
    let Some(server) = Server::start() else {
        return;
    };
    let mut count = 0;
    conformance::all(|| {
        count += 1;
        PostgresStore::open(&server.database(&format!("empty{count}"))).unwrap()
    });
}

#[test]
fn what_was_acknowledged_survives_a_crash_of_the_server_and_the_connection_is_made_again() {
    let Some(server) = Server::start() else {
        return;
    };
    let database = server.database("mimi");
    let store = PostgresStore::open(&database).unwrap();
    for number in 0..50 {
        store
            .put(id(number), &sealed(number, 284), 500, token(number))
            .unwrap();
    }
    server.control("stop");
    let refused = store.put(id(50), b"sealed", 500, token(50));
    assert!(
        matches!(refused, Err(StoreError::Database(_))),
        "{refused:?}"
    );
    server.control("start");
    for number in 0..50 {
        let content = store.get(id(number)).unwrap();
        assert_eq!(content, Some(sealed(number, 284)));
        let refused = store.put(id(number), b"sealed", 500, token(number));
        assert!(
            matches!(refused, Err(StoreError::TokenSpent)),
            "{refused:?}"
        );
    }
    store.put(id(50), b"sealed", 500, token(50)).unwrap();
    // A second server of the oracle sees the same.
    let other = PostgresStore::open(&database).unwrap();
    assert_eq!(other.count().unwrap(), 51);
}

#[test]
fn a_schema_of_others_and_one_of_a_later_version_are_refused() {
    let Some(server) = Server::start() else {
        return;
    };
    let foreign = server.database("others");
    let later = server.database("later");
    drop(PostgresStore::open(&later).unwrap());
    let run = |database: &str, sql: &str| {
        let mut client = postgres::Client::connect(database, postgres::NoTls).unwrap();
        client.batch_execute(sql).unwrap();
    };
    run(&foreign, "CREATE SCHEMA mimi_oracle");
    run(&later, "UPDATE mimi_oracle.version SET number = 2");
    let refused = PostgresStore::open(&foreign);
    assert!(matches!(refused, Err(StoreError::Foreign)), "{refused:?}");
    let refused = PostgresStore::open(&later);
    assert!(
        matches!(refused, Err(StoreError::Version { found: 2, known: 1 })),
        "{refused:?}"
    );
}
