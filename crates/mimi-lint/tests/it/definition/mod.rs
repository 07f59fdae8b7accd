//! Rules about the definition string: one for each code, and fixes that help and do no harm.

mod codes;
mod fixes;
mod fixtures;

use std::io::{self, Cursor, Read};
use std::path::Path;

use mimi_lint::{Checker, Edit, Finding, Fix, Safety, Settings, Source};

/// All findings in the text of a zone file.
fn lint(text: &[u8]) -> Vec<Finding> {
    lint_with(&Checker::new(Settings::default()), text)
}

fn lint_with(checker: &Checker, text: &[u8]) -> Vec<Finding> {
    let source = Source::file(Path::new("example.zone"));
    let owned = text.to_vec();
    let open =
        move || -> io::Result<Box<dyn Read + Send>> { Ok(Box::new(Cursor::new(owned.clone()))) };
    let mut findings = Vec::new();
    checker
        .check(&source, &open, &mut |finding| findings.push(finding))
        .unwrap();
    findings
}

/// The text with the edits of a fix made.
fn apply(text: &[u8], fix: &Fix) -> Vec<u8> {
    let mut changed = Vec::new();
    let mut at = 0;
    for Edit { span, replacement } in &fix.edits {
        assert!(at <= span.start && span.start <= span.end, "edits in order");
        changed.extend_from_slice(&text[at..span.start]);
        changed.extend_from_slice(replacement);
        at = span.end;
    }
    changed.extend_from_slice(&text[at..]);
    changed
}

/// The text when nothing can be mended any more; of fixes that meet, the first goes first.
fn mend(text: &[u8], safety: Safety) -> Vec<u8> {
    let mut text = text.to_vec();
    for _ in 0..32 {
        let is_wanted = |fix: &Fix| safety == Safety::Unsafe || fix.safety == Safety::Safe;
        let mut edits: Vec<Edit> = Vec::new();
        for fix in lint(&text).into_iter().filter_map(|finding| finding.fix) {
            let meets = |edit: &Edit| {
                edits.iter().any(|other| {
                    edit.span.start <= other.span.end && other.span.start <= edit.span.end
                })
            };
            if is_wanted(&fix) && !fix.edits.iter().any(meets) {
                edits.extend(fix.edits);
            }
        }
        if edits.is_empty() {
            return text;
        }
        edits.sort_by_key(|edit| edit.span.start);
        let fix = Fix {
            safety,
            title: String::new(),
            edits,
        };
        text = apply(&text, &fix);
    }
    panic!("fixes never end: {}", String::from_utf8_lossy(&text));
}
