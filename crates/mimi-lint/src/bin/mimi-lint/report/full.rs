//! `--format full`: each finding with the lines it is about.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{self, Write};

use annotate_snippets::{
    Annotation, AnnotationKind, Element, Group, Level as Title, Padding, Patch, Renderer, Snippet,
};
use mimi_lint::{Excerpt, Finding, Fix, Level, Related};
use mimi_output::{Shown, Source};

use super::Render;
use super::excerpt::View;
use super::places::Places;
use crate::tally::Tally;

/// Columns of what is no terminal.
const WIDTH: usize = 140;
const NARROWEST: usize = 60;
const WIDEST: usize = 200;

/// How many related places are shown.
const MOST_RELATED: usize = 5;

/// Changes of more lines than this are described only.
const MOST_CHANGED_LINES: usize = 8;

/// How many rules are named at the end.
const MOST_RULES: usize = 3;

pub(crate) struct Full {
    /// Columns for the lines of a source.
    width: usize,
    /// Whether nothing is said but the findings.
    is_quiet: bool,
    codes: BTreeSet<&'static str>,
}

impl Full {
    /// For standard output.
    pub(crate) fn new(is_quiet: bool) -> Self {
        let columns = terminal_size::terminal_size_of(io::stdout());
        let columns = columns.map_or(WIDTH, |(width, _)| usize::from(width.0));
        Self {
            width: columns.clamp(NARROWEST, WIDEST),
            is_quiet,
            codes: BTreeSet::new(),
        }
    }
}

impl Render for Full {
    fn finding(&mut self, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
        self.codes.insert(finding.rule.code);
        // The longest line number takes its place before the lines.
        let text = rendered(finding, self.width - "123456 | ".len());
        out.write_all(text.as_bytes())?;
        out.write_all(b"\n\n")
    }

    fn finish(&mut self, _tally: &Tally, out: &mut dyn Write) -> io::Result<()> {
        if self.is_quiet || self.codes.is_empty() {
            return Ok(());
        }
        let named: Vec<_> = self.codes.iter().take(MOST_RULES).copied().collect();
        let what = match self.codes.len() {
            1 => "about this",
            length if length <= MOST_RULES => "about these",
            _ => "about findings like these",
        };
        let named = named.join(" ");
        writeln!(out, "For more {what}, try `mimi-lint explain {named}`.\n")
    }
}

/// All of a finding, without a line end.
fn rendered(finding: &Finding, width: usize) -> String {
    let level = match finding.level {
        Level::Error => Title::ERROR,
        Level::Warning => Title::WARNING,
        Level::Info => Title::INFO,
    };
    let mut places = Places::default();
    let (shown, left) = finding
        .related
        .split_at(finding.related.len().min(MOST_RELATED));
    let is_here = |related: &&Related| is_same(&related.place.excerpt, &finding.place.excerpt);
    let here: Vec<&Related> = shown.iter().filter(is_here).collect();
    let mut group = level
        .primary_title(Shown(&finding.message).to_string())
        .id(finding.rule.code)
        .element(snippet(finding, &here, &mut places, width));
    for related in shown.iter().filter(|related| !is_here(related)) {
        group = group.element(related_snippet(related, &mut places, width));
    }
    let mut messages: Vec<Element<'_>> = Vec::new();
    if !left.is_empty() {
        let more = format!("places like these: {} more", left.len());
        messages.push(Title::NOTE.message(more).into());
    }
    if let Some(help) = &finding.help {
        messages.push(Title::HELP.message(Shown(help).to_string()).into());
    }
    let mut change = None;
    if let Some(fix) = &finding.fix {
        let name = format!("fix ({})", fix.safety.as_str());
        let title = Shown(&fix.title).to_string();
        match changed(fix, &finding.place.excerpt, width) {
            Some(lines) => {
                let title = Title::HELP.with_name(name).secondary_title(title);
                change = Some(title.element(lines));
            }
            None => messages.push(Title::HELP.with_name(name).message(title).into()),
        }
    }
    if !messages.is_empty() {
        group = group.element(Padding).elements(messages);
    }
    let groups: Vec<Group<'_>> = std::iter::once(group).chain(change).collect();
    places.named(&Renderer::styled().term_width(2 * WIDEST).render(&groups))
}

/// Whether places of both can be shown in the same lines.
fn is_same(one: &Excerpt, other: &Excerpt) -> bool {
    std::ptr::eq(one, other) || one == other
}

/// The lines of the finding, with the related places that stand in them.
fn snippet<'a>(
    finding: &Finding,
    here: &[&Related],
    places: &mut Places,
    width: usize,
) -> Snippet<'a, Annotation<'a>> {
    let excerpt = &finding.place.excerpt;
    let mut marks = vec![finding.place.in_excerpt()];
    marks.extend(here.iter().map(|related| related.place.in_excerpt()));
    let view = View::new(excerpt, &marks, width);
    let mut primary = AnnotationKind::Primary.span(view.span(finding.place.in_excerpt()));
    if let Some(label) = &finding.label {
        primary = primary.label(Shown(label).to_string());
    }
    let related = here.iter().map(|related| {
        let span = view.span(related.place.in_excerpt());
        let label = Shown(&related.label).to_string();
        AnnotationKind::Context.span(span).label(label)
    });
    // The first line of an entry says whose it is.
    let first = AnnotationKind::Visible.span(0..0);
    let annotations: Vec<_> = [primary, first].into_iter().chain(related).collect();
    Snippet::source(view.text)
        .path(places.add(&finding.place))
        .line_start(excerpt.line)
        .annotations(annotations)
}

/// The lines of a related place.
fn related_snippet<'a>(
    related: &Related,
    places: &mut Places,
    width: usize,
) -> Snippet<'a, Annotation<'a>> {
    let mark = related.place.in_excerpt();
    let view = View::new(&related.place.excerpt, std::slice::from_ref(&mark), width);
    let label = Shown(&related.label).to_string();
    let annotation = AnnotationKind::Context.span(view.span(mark)).label(label);
    Snippet::source(view.text)
        .path(places.add(&related.place))
        .line_start(related.place.excerpt.line)
        .annotation(annotation)
}

/// What a fix would change, if that is in the excerpt and takes few lines.
fn changed<'a>(fix: &Fix, excerpt: &Excerpt, width: usize) -> Option<Snippet<'a, Patch<'a>>> {
    let (first, last) = (fix.edits.first()?, fix.edits.last()?);
    let start = first.span.start.checked_sub(excerpt.offset)?;
    let end = last.span.end.checked_sub(excerpt.offset)?;
    // One replacement from the first change to the last: the renderer can be relied on with one.
    let mut replacement = String::new();
    let mut at = start;
    for edit in &fix.edits {
        let from = edit.span.start.checked_sub(excerpt.offset)?;
        push(&mut replacement, excerpt.text.get(at..from)?);
        push(&mut replacement, &edit.replacement);
        at = edit.span.end - excerpt.offset;
    }
    let replaced = excerpt.text.get(start..end)?;
    let lines = |text: &[u8]| text.iter().filter(|octet| **octet == b'\n').count() + 1;
    let is_short = replacement.len() <= width
        && lines(replaced).max(lines(replacement.as_bytes())) <= MOST_CHANGED_LINES;
    if !is_short {
        return None;
    }
    let mark = start..end;
    let view = View::new(excerpt, std::slice::from_ref(&mark), width);
    let patch = Patch::new(view.span(mark), replacement);
    let snippet = Snippet::source(view.text).line_start(excerpt.line);
    Some(snippet.patch(patch))
}

/// Adds a piece of a file as it is shown.
fn push(text: &mut String, piece: &[u8]) {
    for (index, line) in piece.split(|octet| *octet == b'\n').enumerate() {
        if index > 0 {
            text.push('\n');
        }
        for (index, part) in line.split(|octet| *octet == b'\t').enumerate() {
            if index > 0 {
                text.push_str("    ");
            }
            // A String takes whatever it is given.
            let _ = write!(text, "{}", Source(part));
        }
    }
}

#[cfg(test)]
mod tests;
