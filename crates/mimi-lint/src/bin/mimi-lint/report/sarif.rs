//! `--format sarif`: SARIF 2.1.0, as GitHub's code scanning takes it: no empty locations, snippets that are objects, no fix without
//! changes. Results are written as they come.

use std::io::{self, Write};
use std::ops::Range;

use mimi_lint::rules::RULES;
use mimi_lint::{Edit, Excerpt, Finding, Fix, Level, Place, Rule, registry};
use mimi_output::{Shown, Source, json};
use serde_json::{Value, json};

use super::{Render, identity};
use crate::tally::Tally;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

#[derive(Default)]
pub(crate) struct Sarif {
    has_results: bool,
    /// What could not be read.
    failures: Vec<Value>,
}

impl Render for Sarif {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let driver = json!({
            "name": "mimi-lint",
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": RULES.iter().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
        });
        write!(
            out,
            "{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{\"tool\":{{\"driver\":"
        )?;
        json::write(&mut *out, &driver)?;
        out.write_all(b"},\"columnKind\":\"unicodeCodePoints\",\"results\":[")
    }

    fn finding(&mut self, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
        let comma = if self.has_results { ",\n" } else { "\n" };
        self.has_results = true;
        out.write_all(comma.as_bytes())?;
        json::write(out, &result(finding))
    }

    fn failure(&mut self, name: &str, error: &str, _out: &mut dyn Write) -> io::Result<()> {
        self.failures.push(json!({
            "level": "error",
            "message": { "text": format!("cannot read {}: {}", Shown(name), Shown(error)) },
            "locations": [{ "physicalLocation": { "artifactLocation": { "uri": identity::uri_of(name) } } }],
        }));
        Ok(())
    }

    fn finish(&mut self, _tally: &Tally, out: &mut dyn Write) -> io::Result<()> {
        let invocation = json!({
            "executionSuccessful": self.failures.is_empty(),
            "toolExecutionNotifications": self.failures,
        });
        out.write_all(b"],\"invocations\":[")?;
        json::write(&mut *out, &invocation)?;
        out.write_all(b"]}]}\n")
    }
}

fn descriptor(rule: &Rule) -> Value {
    // A page links to files beside it, which are not where the log is read.
    let is_here = |line: &&str| line.starts_with('[') && line.contains("]: ..");
    let lines = registry::page(rule).lines().filter(|line| !is_here(line));
    let page = lines.collect::<Vec<_>>().join("\n");
    json!({
        "id": rule.code,
        "name": rule.name,
        "shortDescription": { "text": rule.summary },
        "fullDescription": { "text": rule.summary },
        "help": { "text": page, "markdown": page },
        "defaultConfiguration": { "level": level(rule.level), "enabled": !rule.is_pedantic },
        "properties": { "tags": ["dns", "mimi"], "basis": rule.basis },
    })
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "note",
    }
}

fn result(finding: &Finding) -> Value {
    let mut message = Shown(&finding.message).to_string();
    if let Some(help) = &finding.help {
        message.push_str(&format!("; {}", Shown(help)));
    }
    let mut result = json!({
        "ruleId": finding.rule.code,
        "ruleIndex": RULES.iter().position(|rule| *rule == finding.rule),
        "level": level(finding.level),
        "message": { "text": message },
        "locations": [location(&finding.place, finding.owner.as_ref().map(ToString::to_string))],
        "partialFingerprints": { "mimiLint/v1": identity::of(finding) },
    });
    if !finding.related.is_empty() {
        let related = finding.related.iter().map(|related| {
            let mut location = location(&related.place, None);
            location["message"] = json!({ "text": Shown(&related.label).to_string() });
            location
        });
        result["relatedLocations"] = related.collect();
    }
    if let Some(fix) = &finding.fix
        && finding.place.excerpt.source.is_file
        && let Some(replacements) = replacements(finding, fix)
        && !replacements.is_empty()
    {
        result["fixes"] = json!([{
            "description": { "text": Shown(&fix.title).to_string() },
            "artifactChanges": [{
                "artifactLocation": { "uri": identity::uri(&finding.place) },
                "replacements": replacements,
            }],
        }]);
    }
    result
}

/// What a fix replaces; `None` where one of its edits cannot be told in lines, columns and text.
fn replacements(finding: &Finding, fix: &Fix) -> Option<Vec<Value>> {
    let replacement = |edit: &Edit| {
        let excerpt = edited(finding, &edit.span)?;
        // To the letter: this is what comes into the file.
        let text = str::from_utf8(&edit.replacement).ok()?;
        text.is_ascii().then(|| {
            json!({
                "deletedRegion": region(excerpt, edit.span.start, edit.span.end),
                "insertedContent": { "text": text },
            })
        })
    };
    fix.edits.iter().map(replacement).collect()
}

/// The lines that an edit is in: those of the finding, or of another place in its file.
fn edited<'f>(finding: &'f Finding, span: &Range<usize>) -> Option<&'f Excerpt> {
    let related = finding.related.iter().map(|related| &related.place);
    let places = std::iter::once(&finding.place).chain(related);
    let mut excerpts = places.map(|place| &*place.excerpt);
    excerpts.find(|excerpt| {
        let end = excerpt.offset + excerpt.text.len();
        excerpt.source == finding.place.excerpt.source
            && excerpt.offset <= span.start
            && span.end <= end
    })
}

fn location(place: &Place, owner: Option<String>) -> Value {
    let excerpt = &place.excerpt;
    let mut region = region(excerpt, place.span.start, place.span.end);
    let text = excerpt.text.get(place.in_excerpt()).unwrap_or_default();
    region["snippet"] = json!({ "text": Source(text).to_string() });
    let mut location = json!({
        "physicalLocation": {
            "artifactLocation": { "uri": identity::uri(place) },
            "region": region,
        },
    });
    if let Some(owner) = owner {
        location["logicalLocations"] = json!([{ "name": owner, "kind": "resource" }]);
    }
    location
}

fn region(excerpt: &Excerpt, start: usize, end: usize) -> Value {
    let (line, column) = identity::in_code_points(excerpt, start);
    let (end_line, end_column) = identity::in_code_points(excerpt, end.max(start));
    json!({
        "startLine": line,
        "startColumn": column,
        "endLine": end_line,
        "endColumn": end_column,
    })
}
