//! `$INCLUDE` in a file: what included files inherit and leave behind, and where errors are told.

use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;

use mimi_zonefile::{Entries, Entry, IncludeRoot, ZoneReader};
use tempfile::TempDir;

use crate::support::name;

/// A folder with files.
struct Folder(TempDir);

impl Folder {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (path, content) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        Self(folder)
    }

    fn reader(&self) -> ZoneReader {
        ZoneReader::new()
            .origin(name("example."))
            .include_root(IncludeRoot::open(self.0.path()).unwrap())
    }

    fn show(&self, path: &str) -> Vec<String> {
        let path = self.0.path().join(path);
        show(&mut self.reader().open(&path).unwrap())
    }
}

/// `file:line owner ttl` of records, `file:line code` of errors.
fn show(entries: &mut Entries<'_>) -> Vec<String> {
    let mut all = Vec::new();
    while let Some(entry) = entries.next() {
        let (place, text) = match entry {
            Ok(Entry::Record(record)) => (
                record.place(record.span().start),
                format!("{} {}", record.owner, record.ttl),
            ),
            Ok(_) => continue,
            Err(error) => (error.place, error.code().to_owned()),
        };
        let file = entries.file_name(place.file).and_then(Path::file_name);
        let file = file.unwrap_or_default().to_string_lossy();
        all.push(format!("{file}:{} {text}", place.line));
    }
    all
}

#[test]
fn an_included_file_starts_with_the_origin_and_ttls_of_its_parent() {
    let folder = Folder::new(&[
        (
            "zone",
            "$TTL 7\n$ORIGIN sub\na TXT x\n$INCLUDE other\nb TXT x\n",
        ),
        ("other", "c TXT x\n$ORIGIN d.\ne TXT x\n"),
    ]);
    assert_eq!(
        folder.show("zone"),
        [
            "zone:3 a.sub.example. 7",
            "other:1 c.sub.example. 7",
            "other:3 e.d. 7",
            "zone:5 b.sub.example. 7",
        ]
    );
}

#[test]
fn an_origin_may_be_given_relative_to_the_one_in_force() {
    let folder = Folder::new(&[
        (
            "zone",
            "$INCLUDE \"folder/other\" sub ; comment\nb 1 TXT x\n",
        ),
        ("folder/other", "c 1 TXT x"),
    ]);
    assert_eq!(
        folder.show("zone"),
        ["other:1 c.sub.example. 1", "zone:2 b.example. 1"]
    );
}

#[test]
fn ttls_of_an_included_file_stay_in_force_as_in_bind_and_nsd() {
    let folder = Folder::new(&[
        ("zone", "$TTL 7\n$INCLUDE other\nb TXT x\n"),
        ("other", "$TTL 9\n"),
    ]);
    assert_eq!(folder.show("zone"), ["zone:3 b.example. 9"]);
}

#[test]
fn rejects_a_blank_owner_that_servers_give_to_different_owners() {
    let folder = Folder::new(&[
        ("zone", "$TTL 7\na TXT x\n$INCLUDE other\n TXT y\nb TXT x\n"),
        ("other", " TXT first\nc TXT x\n TXT z\n"),
    ]);
    assert_eq!(
        folder.show("zone"),
        [
            "zone:2 a.example. 7",
            "other:1 owner-lost",
            "other:2 c.example. 7",
            "other:3 c.example. 7",
            "zone:4 owner-lost",
            "zone:5 b.example. 7",
        ]
    );
}

#[test]
fn refuses_what_leads_out_of_the_root_and_reads_on() {
    let folder = Folder::new(&[
        (
            "root/zone",
            "$INCLUDE ../secret\n$INCLUDE /etc/hostname\n$INCLUDE none\n$INCLUDE sub\n$INCLUDE\n$INCLUDE a b c\na 1 TXT x\n",
        ),
        ("root/sub/file", ""),
        ("secret", "s 1 TXT x\n"),
    ]);
    let root = IncludeRoot::open(&folder.0.path().join("root")).unwrap();
    let reader = ZoneReader::new()
        .origin(name("example."))
        .include_root(root);
    let path = folder.0.path().join("root/zone");
    assert_eq!(
        show(&mut reader.open(&path).unwrap()),
        [
            "zone:1 include-outside-root",
            "zone:2 include-outside-root",
            "zone:3 include-not-found",
            "zone:4 include-not-regular",
            "zone:5 missing-argument",
            "zone:6 trailing-token",
            "zone:7 a.example. 1",
        ]
    );
}

#[test]
fn rejects_loops_by_name_and_goes_on() {
    let folder = Folder::new(&[
        ("zone", "$INCLUDE a\nz 1 TXT x\n"),
        ("a", "$INCLUDE b\na 1 TXT x\n"),
        ("b", "$INCLUDE zone\n$INCLUDE a\nb 1 TXT x\n"),
    ]);
    assert_eq!(
        folder.show("zone"),
        [
            "b:1 include-loop",
            "b:2 include-loop",
            "b:3 b.example. 1",
            "a:2 a.example. 1",
            "zone:2 z.example. 1",
        ]
    );
    let path = folder.0.path().join("zone");
    let reader = folder.reader();
    let mut entries = reader.open(&path).unwrap();
    let message = loop {
        if let Err(error) = entries.next().unwrap() {
            break error.to_string();
        }
    };
    assert!(
        message.contains("`a` includes `b` includes") || message.contains("includes `a`"),
        "{message}"
    );
}

#[test]
fn refuses_to_go_deeper_than_ten() {
    let files: Vec<_> = (0..12)
        .map(|depth| {
            let content = format!("$INCLUDE f{}\nn{depth} 1 TXT x\n", depth + 1);
            (format!("f{depth}"), content)
        })
        .collect();
    let files: Vec<_> = files
        .iter()
        .map(|(path, content)| (path.as_str(), content.as_str()))
        .collect();
    let all = Folder::new(&files).show("f0");
    assert_eq!(all[0], "f10:1 include-too-deep");
    assert_eq!(all.len(), 12);
}

#[test]
fn refuses_every_include_without_a_root() {
    let folder = Folder::new(&[("zone", "$INCLUDE other\na. 1 TXT x\n"), ("other", "")]);
    let path = folder.0.path().join("zone");
    assert_eq!(
        show(&mut ZoneReader::new().open(&path).unwrap()),
        ["zone:1 include-not-followed", "zone:2 a. 1"]
    );
}

#[test]
fn parts_follow_includes_where_they_stand() {
    let mut zone = String::from("$TTL 60\n");
    for number in 0..300 {
        if number % 40 == 7 {
            zone += "$INCLUDE other sub\n";
        }
        zone += &format!("n{number} TXT x\n");
    }
    zone += "$INCLUDE other\n";
    let other = "$TTL 60\no TXT x\n$INCLUDE third\np TXT x\n";
    let folder = Folder::new(&[("zone", &zone), ("other", other), ("third", "q TXT y\n")]);
    let whole = show(&mut folder.reader().stream(zone.as_bytes()));
    assert_eq!(whole.len(), 300 + 3 * 9);
    for length in [20, 100, 1000, 100_000] {
        let mut parts = Vec::new();
        folder.reader().part_length(length).in_parts(
            zone.as_bytes(),
            NonZeroUsize::new(2).unwrap(),
            show,
            |mut part| parts.append(&mut part),
        );
        assert!(parts == whole, "parts of {length}");
    }
}
