//! *Whatever a zone file holds, the linter finds the same with and without its shortcut and on any number of threads; what it shows stands
//! in the file at the place it tells; and a safe fix changes nothing outside its spans and takes nothing from a file that could be read.*

use std::io::{Cursor, Read};
use std::num::NonZeroUsize;

use mimi_lint::{Checker, Finding, Safety, Settings, Source};

/// How much of an input is looked at: more of the same shows nothing new.
const MAX_LENGTH: usize = 8 << 10;

/// Checks the octets as a zone file.
pub fn check(data: &[u8]) {
    let data = data.get(..MAX_LENGTH).unwrap_or(data);
    let checker = || {
        let mut settings = Settings::default();
        settings.services.register("signal", "Signal").unwrap();
        Checker::new(settings).origin("example.com".parse().unwrap())
    };
    let findings = find(&checker(), data);
    let slowly = find(&checker().without_shortcut(), data);
    assert_eq!(findings, slowly, "the shortcut hides or invents something");
    let two = NonZeroUsize::new(2).unwrap();
    let in_parts = find(&checker().threads(two), data);
    assert_eq!(findings, in_parts, "parts are judged otherwise");
    for finding in &findings {
        check_places(finding, data);
        let Some(fix) = &finding.fix else { continue };
        let mut end = 0;
        for edit in &fix.edits {
            assert!(edit.span.start >= end && edit.span.start <= edit.span.end);
            end = edit.span.end;
        }
        assert!(end <= data.len());
        if fix.safety == Safety::Safe {
            check_safe_fix(&checker(), &findings, finding, data);
        }
    }
}

fn find(checker: &Checker, data: &[u8]) -> Vec<Finding> {
    let source = Source::stream("fuzz");
    let octets = data.to_vec();
    let open =
        || -> std::io::Result<Box<dyn Read + Send>> { Ok(Box::new(Cursor::new(octets.clone()))) };
    let mut findings = Vec::new();
    checker
        .check(&source, &open, &mut |finding| findings.push(finding))
        .unwrap();
    findings
}

fn check_places(finding: &Finding, data: &[u8]) {
    let related = finding.related.iter().map(|related| &related.place);
    for place in std::iter::once(&finding.place).chain(related) {
        assert!(
            place.span.start <= place.span.end && place.span.end <= data.len(),
            "{place:?}"
        );
        let excerpt = &place.excerpt;
        assert!(place.span.start >= excerpt.offset);
        let (line, column) = mimi_zonefile::line_column(data, place.span.start);
        assert_eq!(place.line_column(), (line, column), "{}", finding.rule.code);
    }
}

/// What could be read can still be read: no more entries are damaged than before.
fn check_safe_fix(checker: &Checker, before: &[Finding], finding: &Finding, data: &[u8]) {
    let mut changed = Vec::new();
    let mut at = 0;
    for edit in &finding.fix.as_ref().unwrap().edits {
        changed.extend_from_slice(&data[at..edit.span.start]);
        changed.extend_from_slice(&edit.replacement);
        at = edit.span.end;
    }
    changed.extend_from_slice(&data[at..]);
    let damaged = |findings: &[Finding]| {
        let codes = ["MIMI001", "MIMI002", "MIMI004"];
        findings
            .iter()
            .filter(|finding| codes.contains(&finding.rule.code))
            .count()
    };
    let after = find(checker, &changed);
    assert!(
        damaged(&after) <= damaged(before),
        "{} damages the file",
        finding.rule.code
    );
}
