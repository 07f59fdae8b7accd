//! `mimi zone records`: every record and every syntax error, in the order of the file.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::support::{check_schema, example_zone, mimi};

/// The objects that a file gives, each validated, and the exit code.
#[track_caller]
fn records(file: impl AsRef<[u8]>) -> (i32, Vec<Value>) {
    let run = mimi(["zone", "records", "-"]).input(file).run();
    (run.exit, run.objects())
}

/// The same with comments and directives.
#[track_caller]
fn everything(file: impl AsRef<[u8]>) -> (i32, Vec<Value>) {
    let run = mimi(["zone", "records", "--all", "-"]).input(file).run();
    (run.exit, run.objects())
}

/// What people get.
fn human(file: impl AsRef<[u8]>) -> String {
    let arguments = ["zone", "records", "--all", "--format", "human", "-"];
    mimi(arguments).input(file).run().report()
}

#[test]
fn a_record_has_every_key() {
    let (exit, objects) = records("$ORIGIN x.\n$TTL 1h\n\na+b\tCH TXT ab\n  TYPE65300 \\# 0\n");
    assert_eq!(exit, 0);
    assert_eq!(
        objects,
        [
            json!({"schema": "mimi-zone-record/1", "owner": r"a\043b.x.", "ttl": 3600, "class": "CH", "type": "TXT",
                "rdata_hex": "026162", "line": 4, "column": 1}),
            json!({"schema": "mimi-zone-record/1", "owner": r"a\043b.x.", "ttl": 3600, "class": "IN", "type": "TYPE65300",
                "rdata_hex": "", "line": 5, "column": 1}),
        ]
    );
}

#[test]
fn both_forms_of_our_types_are_the_same_records() {
    let (_, objects) = records(
        "$ORIGIN x.\n$TTL 1\na MIMI \"v=MIMI1; a=a; \" \"e=e\"\na TYPE65357 \\# 19 0e763d4d494d49313b20613d613b2003 653d65\n\
         b MIMIX c\nb TYPE65368 \\# 5 0163017800\n",
    );
    let said = |object: &Value| (object["type"].clone(), object["rdata_hex"].clone());
    assert_eq!(
        said(&objects[0]),
        (
            json!("MIMI"),
            json!("0e763d4d494d49313b20613d613b2003653d65")
        )
    );
    assert_eq!(said(&objects[1]), said(&objects[0]));
    assert_eq!(said(&objects[2]), (json!("MIMIX"), json!("0163017800")));
    assert_eq!(said(&objects[3]), said(&objects[2]));
}

#[test]
fn rdata_whose_text_is_not_known_is_kept_as_text() {
    let (exit, objects) = records(
        "x. 1 LOC 1 N 1 E 1m\n$ORIGIN x.\ny 1 CLASS7 A (192.0.2.1 ; here\n  \"a\\b\tc\")\n",
    );
    assert_eq!(exit, 0);
    assert_eq!(
        objects,
        [
            json!({"schema": "mimi-zone-record/1", "owner": "x.", "ttl": 1, "class": "IN", "type": "LOC",
                "rdata_hex": null, "rdata_text": "1 N 1 E 1m", "origin": null, "line": 1, "column": 1}),
            json!({"schema": "mimi-zone-record/1", "owner": "y.x.", "ttl": 1, "class": "CLASS7", "type": "A",
                "rdata_hex": null, "rdata_text": r#"192.0.2.1 "a\b\009c""#, "origin": "x.", "line": 3, "column": 1}),
        ]
    );
    insta::assert_snapshot!(human("x. 1 LOC 1 N 1 E 1m\n$ORIGIN x.\ny 1 HIP 2 20 AA AA rvs\n"), @r"
    exit 0
    --- stdout
    1: x. 1 IN LOC 1 N 1 E 1m ; the text form of LOC is not known here
    2: $ORIGIN x.
    3: y.x. 1 IN HIP 2 20 AA AA rvs ; the text form of HIP is not known here, origin x.
    ");
}

#[test]
fn comments_and_directives_are_listed_when_they_are_asked_for() {
    let file = "; §1 \\ \n$origin x.\n\n  ; indented\n$TTL 1h ; of it\n@ SOA a b ( 1 ; serial\n 2 3 4 5 ) ; end\n";
    let (_, objects) = records(file);
    assert_eq!(objects.len(), 1);
    let (exit, objects) = everything(file);
    assert_eq!(exit, 0);
    let schema = "mimi-zone-record/1";
    let comment = |text: &str, line: usize, column: usize| json!({"schema": schema, "comment": text, "line": line, "column": column});
    assert_eq!(
        objects[..5],
        [
            comment(r"; \194\1671 \\ ", 1, 1),
            json!({"schema": schema, "directive": "$ORIGIN", "text": "$origin x.", "origin": "x.", "ttl": null, "records": null, "line": 2, "column": 1}),
            comment("; indented", 4, 3),
            json!({"schema": schema, "directive": "$TTL", "text": "$TTL 1h", "origin": null, "ttl": 3600, "records": null, "line": 5, "column": 1}),
            comment("; of it", 5, 9),
        ]
    );
    assert_eq!(objects[5]["type"], "SOA");
    assert_eq!(
        objects[6..],
        [comment("; serial", 6, 15), comment("; end", 7, 12)]
    );
    insta::assert_snapshot!(human(file), @r"
    exit 0
    --- stdout
    1: ; §1 \
    2: $origin x.
    4: ; indented
    5: $TTL 1h
    5: ; of it
    6: x. 3600 IN SOA a.x. b.x. 1 2 3 4 5
    6: ; serial
    7: ; end
    ");
}

#[test]
fn comments_and_directives_are_listed_around_errors() {
    let (exit, objects) =
        everything("$TTL x ; no time\na. 1 A ( 192.0.2.1 ; open\n; alone\n$TTL 5\n");
    let kinds: Vec<_> = objects
        .iter()
        .map(|object| {
            let what = ["error", "comment", "directive"];
            let what = what.iter().find_map(|key| object[key].as_str());
            (what.unwrap(), object["line"].as_u64().unwrap())
        })
        .collect();
    assert_eq!(
        (exit, kinds),
        (
            1,
            vec![
                ("bad-ttl", 1),
                ("; no time", 1),
                ("; open", 2),
                ("unterminated-parenthesis", 2),
                ("; alone", 3),
                ("$TTL", 4),
            ]
        )
    );
}

#[test]
fn errors_stand_among_the_records_and_make_the_exit_code() {
    let (exit, objects) = records(
        "$TTL 1\na. A 192.0.2.1\nb. MIMMI x\nc. A 192.0.2\nd. MIMIX x\ne. TXT \"ok\"\n\"\n",
    );
    let kinds: Vec<_> = objects
        .iter()
        .map(|object| {
            let what = object.get("error").unwrap_or(&object["type"]);
            (
                what.as_str().unwrap(),
                object["line"].as_u64().unwrap(),
                object["column"].as_u64().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        (exit, &kinds[..]),
        (
            1,
            &[
                ("A", 2, 1),
                ("unknown-type", 3, 4),
                ("rdata-malformed", 4, 6),
                ("rdata-no-origin", 5, 10),
                ("TXT", 6, 1),
                ("unterminated-quote", 7, 1),
            ][..]
        )
    );
}

#[test]
fn octets_that_are_no_rdata_of_our_types_are_octets() {
    let (exit, objects) = records("x. 1 MIMI \\# 0\nx. 1 MIMIX \\# 2 c00c\n");
    assert_eq!(
        (exit, &objects[0]["rdata_hex"], &objects[1]["rdata_hex"]),
        (0, &json!(""), &json!("c00c"))
    );
}

#[test]
fn never_writes_anything_but_printable_ascii() {
    let file = b"\x1b[31m\xc3\xa9. 1 TXT \x1b\xff\n\x1b 1 MIMMI\n\xe2\x80\xae. 1 \xe2\x80\xae\n";
    let run = mimi(["zone", "records", "-"]).input(file).run();
    assert_eq!(run.exit, 1);
    assert!(
        run.out
            .iter()
            .all(|octet| matches!(octet, b' '..=b'~' | b'\n')),
        "{}",
        run.out.escape_ascii()
    );
    let (_, objects) = records(file);
    assert_eq!(objects[0]["owner"], r"\027\09131m\195\169.");
    let run = mimi(["zone", "records", "--format", "human", "-"])
        .input(file)
        .run();
    crate::support::assert_fit_for_a_terminal(&run.out);
}

#[test]
fn people_get_lines_and_places() {
    let arguments = ["zone", "records", "--format", "human"];
    let run = mimi(arguments.into_iter().chain(["testdata/zones/broken.zone"])).run();
    insta::assert_snapshot!(run.report());
}

#[test]
fn people_get_the_remedy() {
    insta::assert_snapshot!(human("a 1 MIMIX b\nb.x. MIMIX .\n"), @r"
    exit 1
    --- stdout
    standard input:1:1: error[no-origin]: expected an absolute name (with a final dot), found `a`, and no origin is known
      help: tell the zone's name with --origin, or begin the file with $ORIGIN
    2: b.x. 1 IN MIMIX .
    ");
}

#[test]
fn every_record_of_the_example_is_listed() {
    let run = mimi(["zone", "records", example_zone()]).run();
    assert_eq!((run.exit, run.text().lines().count()), (0, 14));
}

#[test]
fn records_are_written_before_the_file_ends() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_mimi"))
        .args(["zone", "records", "--all", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let file = "x. 1 MIMI \"v=MIMI1; a=a; e=e.example\" ; comment\n".repeat(20_000);
    let writer = std::thread::spawn(move || {
        input.write_all(file.as_bytes()).unwrap();
        // Still open.
        input
    });
    for number in 1..=10_000 {
        let line = lines.next().unwrap().unwrap();
        assert!(line.contains(r#""type":"MIMI""#), "{line}");
        assert!(line.contains(&format!(r#""line":{number},"#)), "{line}");
        let line = lines.next().unwrap().unwrap();
        assert!(
            line.contains(&format!(r#""line":{number},"column":39"#)),
            "{line}"
        );
    }
    let rest = std::thread::spawn(move || lines.count());
    drop(writer.join().unwrap());
    assert_eq!(rest.join().unwrap(), 20_000);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_reader_that_went_away_is_no_error() {
    for format in ["human", "jsonl"] {
        let (reader, output) = std::io::pipe().unwrap();
        drop(reader);
        let run = mimi(["zone", "records", "--all", "--format", format, "-"])
            .input("; comment\nx. 1 A 192.0.2.1\n?\n".repeat(10_000))
            .output_to(output);
        assert_eq!((run.exit, run.errors()), (0, ""));
    }
}

#[test]
fn refuses_a_file_that_is_not_there() {
    let run = mimi(["zone", "records", "no/such.zone"]).run();
    assert_eq!((run.exit, run.text()), (3, ""));
}

#[test]
fn fails_for_a_folder() {
    let run = mimi(["zone", "records", "testdata/zones"]).run();
    assert_eq!((run.exit, run.text()), (3, ""));
    let message = "error: cannot read testdata/zones: is a directory\n";
    assert_eq!(run.errors(), message);
}

#[test]
fn rejects_objects_that_are_not_as_promised() {
    let (_, objects) = everything("; c\n$TTL 1\nx. A 192.0.2.1\nx. LOC 1\n?\n");
    assert_eq!(objects.len(), 5);
    for object in &objects {
        for key in object.as_object().unwrap().keys() {
            let mut changed = object.clone();
            changed.as_object_mut().unwrap().remove(key);
            assert!(check_schema(&changed).is_err(), "without {key}");
        }
        for (key, value) in [
            ("more", json!(1)),
            ("line", json!(0)),
            ("ttl", json!(-1)),
            ("rdata_hex", json!("A")),
            ("rdata_text", json!("\u{1b}")),
            ("comment", json!("\\1")),
            ("origin", json!("x")),
            ("error", json!("Not A Code")),
            ("directive", json!("$ORIGIN")),
        ] {
            let mut changed = object.clone();
            changed[key] = value;
            assert!(check_schema(&changed).is_err(), "{changed}");
        }
    }
}

#[test]
fn includes_are_followed_beneath_the_root_and_name_their_file() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write(
        "zone",
        "$TTL 1\n$INCLUDE other sub.x.\n$INCLUDE ../zone\nb.x. TXT b\n",
    );
    write("other", "a TXT a ; c\nbad TXTT a\n");
    let file = folder.path().join("zone");
    let file = file.to_str().unwrap();
    let root = folder.path().to_str().unwrap();
    let run = mimi(["zone", "records", "--all", "--include-root", root, file]).run();
    assert_eq!(run.exit, 1);
    let said: Vec<_> = run
        .objects()
        .iter()
        .map(|object| {
            let what = ["owner", "error", "directive", "comment"]
                .iter()
                .find_map(|key| object[key].as_str());
            json!([object["file"], object["line"], what])
        })
        .collect();
    assert_eq!(
        said,
        [
            json!([null, 1, "$TTL"]),
            json!([null, 2, "$INCLUDE"]),
            json!(["other", 1, "a.sub.x."]),
            json!(["other", 1, "; c"]),
            json!(["other", 2, "unknown-type"]),
            json!([null, 3, "include-outside-root"]),
            json!([null, 4, "b.x."]),
        ]
    );
    let people = [
        "zone",
        "records",
        "--format",
        "human",
        "--include-root",
        root,
        file,
    ];
    let report = mimi(people).run().report();
    assert!(
        report.contains("other:1: a.sub.x. 1 IN TXT \"a\"\n"),
        "{report}"
    );
    assert!(
        report.contains("other:2:5: error[unknown-type]"),
        "{report}"
    );
}

#[test]
fn refuses_every_include_without_a_root() {
    let (exit, objects) = records("$INCLUDE /etc/hostname\n");
    assert_eq!(exit, 1);
    assert_eq!(objects[0]["error"], "include-not-followed");
}

#[test]
fn a_root_that_is_no_folder_is_a_local_failure() {
    let run = mimi(["zone", "records", "--include-root", "/nonexistent", "-"])
        .input("")
        .run();
    assert_eq!(run.exit, 3);
    let said = String::from_utf8(run.err).unwrap();
    assert!(said.contains("/nonexistent"), "{said}");
}
