//! The zones are what the measurements take them for.

use std::io::Cursor;
use std::path::Path;

use super::files::{Shape, Spelling, Zone};

fn text(shape: Shape, spelling: Spelling, records: u64) -> String {
    let mut octets = Cursor::new(Vec::new());
    Zone::new(shape, spelling, records, Path::new(""))
        .write_to(&mut octets)
        .unwrap();
    String::from_utf8(octets.into_inner()).unwrap()
}

fn plain(records: u64) -> String {
    text(Shape::Plain, Spelling::Standard, records)
}

#[test]
fn a_plain_zone_has_a_line_for_each_record() {
    // The apex alone, half a household, many.
    for records in [5, 17, 2000] {
        assert_eq!(plain(records).lines().count() as u64, records + 1);
    }
}

#[test]
fn seven_records_in_ten_are_definition_strings() {
    // A hundred households below the apex.
    let zone = text(Shape::Plain, Spelling::Mnemonic, 2005);
    let count = |record_type| {
        zone.lines()
            .filter(|line| line.contains(record_type))
            .count()
    };
    assert_eq!(count("\tTYPE65400\t"), 700);
    assert_eq!(count("\tMIMI\t"), 700);
}

#[test]
fn spellings_differ_in_nothing_but_the_type() {
    for shape in Shape::ALL {
        let [standard, mnemonic] = Spelling::ALL.map(|spelling| text(shape, spelling, 2000));
        assert_eq!(
            mnemonic
                .replace("MIMI\t", "TXT \t")
                .replace("MIMI ", "TXT  "),
            standard
        );
    }
}

#[test]
fn the_first_line_tells_the_size() {
    let zone = plain(100);
    let first = zone.lines().next().unwrap();
    assert!(
        first.ends_with(&format!("{:014} octets", zone.len())),
        "{first}"
    );
}

#[test]
fn a_zone_begins_as_a_longer_one_does() {
    let after_first_line = |zone: String| zone.split_once('\n').unwrap().1.to_owned();
    let (short, long) = (after_first_line(plain(300)), after_first_line(plain(1000)));
    assert!(long.starts_with(&short));
}
