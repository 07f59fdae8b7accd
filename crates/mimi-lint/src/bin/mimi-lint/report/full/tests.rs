//! Findings that no rule need give, as `--format full` shows them.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use mimi_lint::{Edit, Place, Safety, registry};
use proptest::prelude::*;

use super::*;

fn excerpt(name: &str, offset: usize, line: usize, text: &[u8]) -> Arc<Excerpt> {
    Arc::new(Excerpt {
        source: Arc::new(mimi_lint::Source {
            name: name.to_owned(),
            is_file: true,
        }),
        offset,
        line,
        text: text.to_vec(),
    })
}

/// The first place of a piece of the excerpt.
fn place(excerpt: &Arc<Excerpt>, piece: &str) -> Place {
    let text = std::str::from_utf8(&excerpt.text).unwrap();
    let start = excerpt.offset + text.find(piece).unwrap();
    Place {
        excerpt: Arc::clone(excerpt),
        span: start..start + piece.len(),
    }
}

fn finding(place: Place) -> Finding {
    Finding {
        rule: registry::find("missing-equals").unwrap(),
        level: Level::Warning,
        message: "expected one, found another".to_owned(),
        place,
        owner: None,
        label: None,
        related: Vec::new(),
        help: None,
        fix: None,
    }
}

fn related(place: Place, label: &str) -> Related {
    Related {
        place,
        label: label.to_owned(),
    }
}

fn edit(place: &Place, replacement: &str) -> Edit {
    Edit {
        span: place.span.clone(),
        replacement: replacement.as_bytes().to_vec(),
    }
}

fn fix(safety: Safety, edits: Vec<Edit>) -> Option<Fix> {
    Some(Fix {
        safety,
        title: "write it anew".to_owned(),
        edits,
    })
}

fn plain(finding: &Finding, width: usize) -> String {
    anstream::adapter::strip_str(&rendered(finding, width)).to_string()
}

#[test]
fn a_related_place_in_the_same_lines() {
    let lines = excerpt(
        "a.zone",
        100,
        7,
        b"bob IN MIMI (\n  \"a=bob; e=m.example;\"\n  \"a=rob\" )",
    );
    let mut finding = finding(place(&lines, "a=rob"));
    finding.label = Some("and again here".to_owned());
    finding.related = vec![related(place(&lines, "a=bob"), "first here")];
    insta::assert_snapshot!(plain(&finding, 80));
}

#[test]
fn related_places_elsewhere() {
    let lines = excerpt("a.zone", 100, 7, b"bob IN MIMI \"a=bob\"");
    let far = excerpt(
        "a.zone",
        9000,
        1234,
        b"bob IN MIMI \"a=rob\" ; the other one",
    );
    let other = excerpt("sub/b\u{1b}.zone", 0, 1, b"\tIN\tMIMI \"a=tob\"");
    let mut finding = finding(place(&lines, "a=bob"));
    finding.related = vec![
        related(place(&far, "a=rob"), "one here"),
        related(place(&other, "a=tob"), "one in a file that is included"),
    ];
    finding.help = Some("keep one".to_owned());
    insta::assert_snapshot!(plain(&finding, 80));
}

#[test]
fn more_related_places_than_anyone_reads() {
    let lines = excerpt("a.zone", 100, 7, b"bob IN MIMI \"a=bob\"");
    let mut finding = finding(place(&lines, "a=bob"));
    let far = |line| excerpt("a.zone", 100 * line, line, b"bob IN MIMI \"a=bob\"");
    finding.related = (10..30)
        .map(|line| related(place(&far(line), "a=bob"), "another one"))
        .collect();
    insta::assert_snapshot!(plain(&finding, 80));
}

#[test]
fn a_record_of_several_lines() {
    let text =
        b"bob IN MIMI (\n  \"a=bob; \"\n  \"b=1; \"\n  \"c=1; \"\n  \"d=1; \"\n  \"e=m.example\" )";
    let lines = excerpt("a.zone", 100, 7, text);
    let mut finding = finding(place(&lines, std::str::from_utf8(text).unwrap()));
    finding.label = Some("all of this".to_owned());
    insta::assert_snapshot!(plain(&finding, 80));
}

#[test]
fn two_places_far_apart_in_a_long_line() {
    let text = format!(
        "bob IN MIMI \"a=bob; x={}; a=rob; y={}\"",
        "x".repeat(900),
        "y".repeat(900)
    );
    let lines = excerpt("a.zone", 100, 7, text.as_bytes());
    let mut finding = finding(place(&lines, "a=rob"));
    finding.related = vec![related(place(&lines, "a=bob"), "first here")];
    insta::assert_snapshot!(plain(&finding, 80));
}

#[test]
fn a_fix_of_several_lines() {
    let lines = excerpt(
        "a.zone",
        100,
        7,
        b"bob IN MIMI ( \"a:bob;\"\n  \"e:m.example\" )",
    );
    let mut finding = finding(place(&lines, "a:bob"));
    let edits = vec![
        edit(&place(&lines, "a:"), "a="),
        edit(&place(&lines, "e:"), "e="),
    ];
    finding.fix = fix(Safety::Unsafe, edits);
    insta::assert_snapshot!(plain(&finding, 80));
}

#[test]
fn a_fix_that_removes_and_one_that_inserts() {
    let lines = excerpt(
        "a.zone",
        100,
        7,
        b"bob IN MIMI \"a=bob; a=bob; e=m.example\"",
    );
    let mut finding = finding(place(&lines, "a=bob"));
    finding.fix = fix(Safety::Safe, vec![edit(&place(&lines, "a=bob; "), "")]);
    let removal = plain(&finding, 80);
    let mut at = place(&lines, "e=");
    at.span.end = at.span.start;
    finding.fix = fix(Safety::Safe, vec![edit(&at, "pv=1; ")]);
    insta::assert_snapshot!(format!("{removal}\n\n{}", plain(&finding, 80)));
}

#[test]
fn a_fix_elsewhere() {
    let lines = excerpt("a.zone", 100, 7, b"bob IN MIMI \"a=bob\"");
    let mut finding = finding(place(&lines, "a=bob"));
    let edits = vec![Edit {
        span: 10..20,
        replacement: Vec::new(),
    }];
    finding.fix = fix(Safety::Unsafe, edits);
    finding.help = Some("keep one".to_owned());
    insta::assert_snapshot!(plain(&finding, 80));
}

fn text() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        6 => "[ -~]{0,30}".prop_map(String::into_bytes),
        1 => "\\PC{0,9}".prop_map(String::into_bytes),
        1 => proptest::collection::vec(any::<u8>(), 0..9),
        2 => Just(b"\n".to_vec()),
        1 => Just(b"\t\r\n".to_vec()),
        1 => Just(b"x".repeat(300)),
    ];
    proptest::collection::vec(piece, 0..16).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn whatever_a_file_holds_is_shown_within_bounds(
        text in text(),
        other in text(),
        spans in proptest::collection::vec((0_usize..2000, 0_usize..2000), 4),
        replacements in proptest::collection::vec(text(), 2),
        message in "\\PC{0,20}[\\x00-\\x1f]{0,3}",
    ) {
        let lines = excerpt("a\u{1b}.zone", 5, 998, &text);
        let far = excerpt("b.zone", 5, 7, &other);
        let span = |(a, b): (usize, usize)| a.min(b)..a.max(b);
        let at = |excerpt: &Arc<Excerpt>, index: usize| Place {
            excerpt: Arc::clone(excerpt),
            span: span(spans[index]),
        };
        let mut finding = finding(at(&lines, 0));
        finding.message = message.clone();
        finding.related = vec![related(at(&lines, 1), &message), related(at(&far, 2), &message)];
        let length = text.len() + 1;
        let mut ends: Vec<usize> = spans.iter().skip(2).flat_map(|(a, b)| [5 + a % length, 5 + b % length]).collect();
        ends.sort_unstable();
        let edits = ends.chunks(2).zip(replacements).map(|(ends, replacement)| Edit {
            span: ends[0]..ends[1],
            replacement,
        });
        finding.fix = fix(Safety::Safe, edits.collect());
        let shown = rendered(&finding, 80);
        for line in anstream::adapter::strip_str(&shown).to_string().lines() {
            let is_fit = |found: char| matches!(found, ' '..='~') || found.is_alphanumeric();
            prop_assert!(line.chars().all(is_fit), "{line:?}");
            prop_assert!(line.chars().count() < 80 * 5, "{line}");
        }
    }
}
