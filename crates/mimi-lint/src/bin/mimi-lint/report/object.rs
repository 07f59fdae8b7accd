//! A finding as JSON: what `json` and `jsonl` share. The schema is `docs/schemas/mimi-lint-finding-1.json`.
//!
//! Text is escaped as `mimi parse` escapes it: printable ASCII as it is, a backslash as `\\`, other octets as `\DDD`.

use mimi_lint::{Finding, Fix, Place};
use mimi_output::Octets;
use serde::Serialize;

/// One finding.
#[derive(Serialize)]
pub(crate) struct FindingObject<'f> {
    schema: &'static str,
    code: &'static str,
    name: &'static str,
    level: &'static str,
    message: String,
    owner: Option<String>,
    place: PlaceObject,
    label: Option<String>,
    related: Vec<RelatedObject>,
    help: Option<String>,
    fix: Option<FixObject>,
    basis: Option<&'f str>,
}

/// A place in a source: lines and columns count from 1, columns count octets; offsets count octets from 0.
#[derive(Serialize)]
pub(crate) struct PlaceObject {
    source: String,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    start: usize,
    end: usize,
    /// What stands there.
    text: String,
}

#[derive(Serialize)]
struct RelatedObject {
    place: PlaceObject,
    label: String,
}

#[derive(Serialize)]
struct FixObject {
    safety: &'static str,
    title: String,
    edits: Vec<EditObject>,
}

#[derive(Serialize)]
struct EditObject {
    start: usize,
    end: usize,
    replacement: String,
}

impl<'f> FindingObject<'f> {
    pub(crate) fn new(finding: &'f Finding) -> Self {
        let related = finding.related.iter().map(|related| RelatedObject {
            place: PlaceObject::new(&related.place),
            label: text(&related.label),
        });
        let basis = finding.rule.basis;
        Self {
            schema: "mimi-lint-finding/1",
            code: finding.rule.code,
            name: finding.rule.name,
            level: finding.level.as_str(),
            message: text(&finding.message),
            owner: finding.owner.as_ref().map(ToString::to_string),
            place: PlaceObject::new(&finding.place),
            label: finding.label.as_deref().map(text),
            related: related.collect(),
            help: finding.help.as_deref().map(text),
            fix: finding.fix.as_ref().map(FixObject::new),
            basis: (!basis.is_empty()).then_some(basis),
        }
    }
}

impl PlaceObject {
    fn new(place: &Place) -> Self {
        let (line, column) = place.line_column();
        let (end_line, end_column) = place.end_line_column();
        let shown = place
            .excerpt
            .text
            .get(place.in_excerpt())
            .unwrap_or_default();
        Self {
            source: text(&place.excerpt.source.name),
            line,
            column,
            end_line,
            end_column,
            start: place.span.start,
            end: place.span.end,
            text: Octets(shown).to_string(),
        }
    }
}

impl FixObject {
    fn new(fix: &Fix) -> Self {
        let edits = fix.edits.iter().map(|edit| EditObject {
            start: edit.span.start,
            end: edit.span.end,
            replacement: Octets(&edit.replacement).to_string(),
        });
        Self {
            safety: fix.safety.as_str(),
            title: text(&fix.title),
            edits: edits.collect(),
        }
    }
}

/// Text, without anything that a terminal would act on.
fn text(text: &str) -> String {
    mimi_output::Shown(text).to_string()
}
