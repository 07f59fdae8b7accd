//! Ignores: comments that say which findings are meant to be as they are.
//!
//! `; mimi-lint: ignore[MIMI012, other-name] reason` on a line of the entry or on the line before it,
//! `; mimi-lint: file-ignore[…] reason` before the first record, for the whole file.

use std::collections::BTreeMap;
use std::sync::Arc;

use mimi_zonefile::Comment;

use crate::finding::{Excerpt, Finding, Place, Source};
use crate::registry;
use crate::rule::Rule;
use crate::rules;
use crate::sink::Sink;

/// How many ignores are kept. A file of nothing else would fill the memory.
pub(crate) const MAX_IGNORES: usize = 1 << 16;

/// A comment that ignores findings.
pub(crate) struct Ignore {
    is_for_file: bool,
    pub(crate) line: usize,
    rules: Vec<Ignored>,
    pub(crate) has_reason: bool,
    /// Whether it is written as an ignore is.
    pub(crate) is_well_formed: bool,
    pub(crate) place: Place,
}

/// A rule that is named between the brackets.
struct Ignored {
    /// The rule; `None` if there is none of that code or name.
    rule: Option<&'static Rule>,
    /// The code or name as written.
    text: String,
    place: Place,
    is_used: bool,
}

/// The ignores of a file.
#[derive(Default)]
pub(crate) struct Ignores {
    for_file: Vec<Ignore>,
    by_line: BTreeMap<(String, usize), Vec<Ignore>>,
    count: usize,
}

const MARK: &[u8] = b"mimi-lint:";

/// The ignore that a comment is, if it begins with `mimi-lint:`.
pub(crate) fn parse(comment: &Comment<'_>, source: &Arc<Source>) -> Option<Ignore> {
    let text = comment.text;
    let start = text.iter().position(|octet| !b"; \t".contains(octet))?;
    let rest = text.get(start..)?.strip_prefix(MARK)?;
    let at = comment.place();
    let source = match comment.file_name() {
        Some(path) if at.file.index() > 0 => Arc::new(Source {
            name: path.display().to_string(),
            is_file: false,
        }),
        _ => Arc::clone(source),
    };
    // Columns count from the start of the line, so the excerpt is given what stands before the comment as blanks.
    let indent = at.column - 1;
    let mut line = vec![b' '; indent.min(256)];
    line.extend_from_slice(text);
    let excerpt = Arc::new(Excerpt {
        source,
        offset: comment.span.start - indent.min(256),
        line: at.line,
        text: line,
    });
    let place = |from: usize, to: usize| Place {
        excerpt: Arc::clone(&excerpt),
        span: comment.span.start + from..comment.span.start + to,
    };
    let mut ignore = Ignore {
        is_for_file: false,
        line: at.line,
        rules: Vec::new(),
        has_reason: false,
        is_well_formed: false,
        place: place(start, text.len()),
    };
    let body = rest.trim_ascii_start();
    let names = match body.strip_prefix(b"file-ignore[") {
        Some(names) => {
            ignore.is_for_file = true;
            Some(names)
        }
        None => body.strip_prefix(b"ignore["),
    };
    let Some(names) = names else {
        return Some(ignore);
    };
    let Some(end) = names.iter().position(|octet| *octet == b']') else {
        return Some(ignore);
    };
    let mut from = text.len() - names.len();
    for name in names.get(..end)?.split(|octet| *octet == b',') {
        let blanks = name.len() - name.trim_ascii_start().len();
        let trimmed = name.trim_ascii();
        let text = String::from_utf8_lossy(trimmed).into_owned();
        ignore.rules.push(Ignored {
            rule: registry::find(&text),
            text,
            place: place(from + blanks, from + blanks + trimmed.len()),
            is_used: false,
        });
        from += name.len() + 1;
    }
    ignore.is_well_formed = ignore.rules.iter().all(|rule| !rule.text.is_empty());
    ignore.has_reason = names
        .get(end + 1..)
        .is_some_and(|reason| !reason.trim_ascii().is_empty());
    Some(ignore)
}

impl Ignores {
    /// Takes the ignores of a part of the file. `is_at_start` says that no record stands before them.
    pub(crate) fn add(&mut self, ignore: Ignore, is_at_start: bool, sink: &mut Sink<'_>) {
        if !ignore.is_well_formed {
            rules::malformed_ignore::report(
                ignore.place,
                "expected `ignore[CODE] reason` or `file-ignore[CODE] reason`",
                sink,
            );
            return;
        }
        if ignore.is_for_file && !is_at_start {
            rules::malformed_ignore::report(
                ignore.place,
                "expected `file-ignore` before the first record, found it behind one",
                sink,
            );
            return;
        }
        if self.count == MAX_IGNORES {
            rules::malformed_ignore::report(
                ignore.place,
                "expected at most 65536 ignores in a file, found another one",
                sink,
            );
            return;
        }
        self.count += 1;
        for named in &ignore.rules {
            if named.rule.is_none() {
                rules::unknown_ignore::report(named.place.clone(), &named.text, sink);
            }
        }
        if !ignore.has_reason {
            rules::ignore_without_reason::report(ignore.place.clone(), sink);
        }
        if ignore.is_for_file {
            self.for_file.push(ignore);
        } else {
            let source = ignore.place.excerpt.source.name.clone();
            let at_line = self.by_line.entry((source, ignore.line)).or_default();
            at_line.push(ignore);
        }
    }

    /// Whether a finding is ignored. What ignores it counts as used from then on.
    pub(crate) fn take(&mut self, finding: &Finding) -> bool {
        if self.count == 0 {
            return false;
        }
        let mut is_ignored = false;
        let mut use_of = |ignore: &mut Ignore| {
            for named in &mut ignore.rules {
                if named.rule == Some(finding.rule) {
                    named.is_used = true;
                    is_ignored = true;
                }
            }
        };
        self.for_file.iter_mut().for_each(&mut use_of);
        if self.by_line.is_empty() {
            return is_ignored;
        }
        let (first, last) = entry_lines(&finding.place);
        let name = &finding.place.excerpt.source.name;
        let lines = (name.clone(), first.saturating_sub(1))..=(name.clone(), last);
        for (_, ignores) in self.by_line.range_mut(lines) {
            ignores.iter_mut().for_each(&mut use_of);
        }
        is_ignored
    }

    /// Tells of the ignores that ignored nothing.
    pub(crate) fn report_unused(&self, sink: &mut Sink<'_>) {
        let lines = self.by_line.values().flatten();
        for ignore in self.for_file.iter().chain(lines) {
            for named in &ignore.rules {
                // What is off cannot be found, and an ignore of it may be meant for another configuration.
                let is_idle = |rule: &'static Rule| !named.is_used && sink.wants(rule);
                if let Some(rule) = named.rule.filter(|rule| is_idle(rule)) {
                    rules::unused_ignore::report(named.place.clone(), rule, sink);
                }
            }
        }
    }
}

/// The lines of the entry that a finding is about: those of its excerpt.
fn entry_lines(place: &Place) -> (usize, usize) {
    let excerpt = &place.excerpt;
    let feeds = excerpt.text.iter().filter(|octet| **octet == b'\n').count();
    (excerpt.line, excerpt.line + feeds)
}
