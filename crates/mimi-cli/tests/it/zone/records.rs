//! `mimi zone records`: every record and every syntax error, in the order of the file.

use boon::{Compiler, Schemas};
use serde_json::{Value, json};

use crate::support::{example_zone, mimi};

const SCHEMA: &str = include_str!("../../../../../docs/schemas/mimi-zone-record-1.json");

/// The objects that a file gives, each validated, and the exit code.
#[track_caller]
fn records(file: impl AsRef<[u8]>) -> (i32, Vec<Value>) {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let id = schema["$id"].as_str().unwrap().to_owned();
    let mut compiler = Compiler::new();
    compiler.add_resource(&id, schema).unwrap();
    let mut schemas = Schemas::new();
    let index = compiler.compile(&id, &mut schemas).unwrap();

    let run = mimi(["zone", "records", "-"]).input(file).run();
    assert_eq!(run.errors(), "");
    let objects: Vec<Value> = run
        .text()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    for object in &objects {
        if let Err(error) = schemas.validate(object, index) {
            panic!("{object}: {error:#}");
        }
    }
    (run.exit, objects)
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
fn rdata_whose_text_is_not_known_is_null() {
    let (exit, objects) = records("x. 1 LOC 1 N 1 E 1m\nx. 1 CLASS7 A 192.0.2.1\n");
    assert_eq!(
        (exit, &objects[0]["rdata_hex"], &objects[0]["type"]),
        (0, &Value::Null, &json!("LOC"))
    );
    assert_eq!(
        (&objects[1]["rdata_hex"], &objects[1]["class"]),
        (&Value::Null, &json!("CLASS7"))
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
                ("relative-without-origin", 5, 10),
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
fn people_get_lines_and_excerpts() {
    let run = mimi([
        "zone",
        "records",
        "--format",
        "human",
        "testdata/zones/broken.zone",
    ])
    .run();
    insta::assert_snapshot!(run.report());
}

#[test]
fn every_record_of_the_example_is_listed() {
    let run = mimi(["zone", "records", example_zone()]).run();
    assert_eq!((run.exit, run.text().lines().count()), (0, 14));
}

#[test]
fn refuses_a_file_that_is_not_there() {
    let run = mimi(["zone", "records", "no/such.zone"]).run();
    assert_eq!((run.exit, run.text()), (3, ""));
}
