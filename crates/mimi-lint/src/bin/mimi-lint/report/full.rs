//! `--format full`: each finding with the lines it is about.

use std::io::{self, Write};
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level as Title, Renderer, Snippet};
use mimi_lint::{Excerpt, Finding, Level, Place};
use mimi_output::{Shown, Source};

use super::Render;

#[derive(Default)]
pub(crate) struct Full;

impl Render for Full {
    fn finding(&mut self, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
        let title = match finding.level {
            Level::Error => Title::ERROR,
            Level::Warning => Title::WARNING,
            Level::Info => Title::INFO,
        };
        let message = Shown(&finding.message).to_string();
        let text = Text::new(&finding.place.excerpt);
        let name = Shown(&finding.place.excerpt.source.name).to_string();
        let label = finding.label.as_ref().map(|label| Shown(label).to_string());
        let mut annotation = AnnotationKind::Primary.span(text.span(&finding.place));
        if let Some(label) = &label {
            annotation = annotation.label(label);
        }
        let snippet = Snippet::source(text.text.as_str())
            .path(name)
            .line_start(text.line)
            .annotation(annotation);
        let id = finding.rule.code;
        let mut group: Group<'_> = title.primary_title(message).id(id).element(snippet);
        if let Some(help) = &finding.help {
            group = group.element(Title::HELP.message(Shown(help).to_string()));
        }
        writeln!(out, "{}\n", Renderer::styled().render(&[group]))
    }
}

/// Lines made fit for a terminal, and where their octets went.
struct Text {
    text: String,
    line: usize,
    /// Where each octet of the lines starts in `text`.
    starts: Vec<usize>,
}

impl Text {
    fn new(excerpt: &Excerpt) -> Self {
        let mut text = String::new();
        let mut starts = Vec::with_capacity(excerpt.text.len() + 1);
        for chunk in excerpt.text.utf8_chunks() {
            for character in chunk.valid().chars() {
                let start = text.len();
                match character {
                    '\n' => text.push('\n'),
                    '\t' => text.push(' '),
                    other => {
                        let mut buffer = [0; 4];
                        let octets = other.encode_utf8(&mut buffer).as_bytes();
                        text.push_str(&Source(octets).to_string());
                    }
                }
                starts.extend(std::iter::repeat_n(start, character.len_utf8()));
            }
            for octet in chunk.invalid() {
                starts.push(text.len());
                text.push_str(&Source(&[*octet]).to_string());
            }
        }
        starts.push(text.len());
        Self {
            text,
            line: excerpt.line,
            starts,
        }
    }

    fn span(&self, place: &Place) -> Range<usize> {
        let within = place.in_excerpt();
        let at = |offset: usize| self.starts.get(offset).copied().unwrap_or(self.text.len());
        at(within.start)..at(within.end)
    }
}
