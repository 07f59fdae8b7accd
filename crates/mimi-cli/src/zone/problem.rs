//! What is wrong with a zone file, or with a record for a target, and how it is shown.

use std::io::{self, Write};
use std::ops::Range;

use annotate_snippets::Level;
use mimi_zonefile::{LineIndex, RdataError, RdataErrorKind, SyntaxError, SyntaxErrorKind};

use crate::excerpt::Finding;
use crate::zone::source::Source;

/// How many problems are shown in full.
const SHOWN_PROBLEMS: usize = 20;

const ORIGIN_HELP: &str = "tell the zone's name with --origin, or begin the file with $ORIGIN";

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Severity {
    Warning,
    Error,
}

/// Something wrong at a place of a zone file.
pub(crate) struct Problem {
    pub(crate) severity: Severity,
    /// In kebab case.
    pub(crate) code: &'static str,
    pub(crate) message: String,
    pub(crate) help: Option<&'static str>,
    /// Where, in octets of the file.
    pub(crate) span: Range<usize>,
}

impl Problem {
    pub(crate) fn error(code: &'static str, message: String, span: Range<usize>) -> Self {
        Self {
            severity: Severity::Error,
            code,
            message,
            help: None,
            span,
        }
    }

    pub(crate) fn warning(code: &'static str, message: String, span: Range<usize>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(code, message, span)
        }
    }

    pub(crate) fn with_help(self, help: &'static str) -> Self {
        Self {
            help: Some(help),
            ..self
        }
    }

    /// A relative name, and nothing that it could be relative to.
    pub(crate) fn about_origin(self) -> Self {
        self.with_help(ORIGIN_HELP)
    }

    pub(crate) fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// Draws it with the line it is about.
    fn write(
        &self,
        source: &Source<'_>,
        octets: &[u8],
        lines: &LineIndex,
        out: &mut impl Write,
    ) -> io::Result<()> {
        let (line, _) = lines.line_column(self.span.start);
        Finding {
            level: match self.severity {
                Severity::Warning => Level::WARNING,
                Severity::Error => Level::ERROR,
            },
            code: self.code,
            message: self.message.clone(),
            help: self.help,
            origin: Some((&source.label, line)),
            octets,
            span: self.span.clone(),
        }
        .write(out)
    }
}

impl From<SyntaxError> for Problem {
    fn from(error: SyntaxError) -> Self {
        let problem = Self::error(error.code(), error.to_string(), error.span.clone());
        match error.kind {
            SyntaxErrorKind::NoOrigin => problem.about_origin(),
            SyntaxErrorKind::NoTtl => {
                problem.with_help("begin the file with $TTL, such as $TTL 3600")
            }
            _ => problem,
        }
    }
}

impl From<RdataError> for Problem {
    fn from(error: RdataError) -> Self {
        let problem = Self::error(error.code(), error.to_string(), error.span.clone());
        match error.kind {
            RdataErrorKind::NoOrigin => problem.about_origin(),
            _ => problem,
        }
    }
}

/// Shows problems on standard error, in the order of the file, and returns how many are errors.
pub(crate) fn show(
    mut problems: Vec<Problem>,
    source: &Source<'_>,
    octets: &[u8],
) -> io::Result<usize> {
    if problems.is_empty() {
        return Ok(0);
    }
    problems.sort_by_key(|problem| problem.span.start);
    let lines = LineIndex::new(octets);
    let mut out = anstream::stderr().lock();
    for problem in problems.iter().take(SHOWN_PROBLEMS) {
        problem.write(source, octets, &lines, &mut out)?;
    }
    if problems.len() > SHOWN_PROBLEMS {
        writeln!(out, "… and {} more", problems.len() - SHOWN_PROBLEMS)?;
    }
    Ok(problems.iter().filter(|problem| problem.is_error()).count())
}
