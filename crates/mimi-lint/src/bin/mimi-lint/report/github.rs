//! `--format github`: workflow commands of GitHub Actions, which become annotations.

use std::io::{self, Write};

use mimi_lint::{Finding, Level};
use mimi_output::Shown;

use super::{Render, identity};
use crate::tally::Tally;

/// How many annotations of each kind GitHub shows for a step.
const SHOWN: usize = 10;

pub(crate) struct Github;

impl Render for Github {
    fn finding(&mut self, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
        let kind = match finding.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Info => "notice",
        };
        let excerpt = &finding.place.excerpt;
        let (line, column) = identity::in_code_points(excerpt, finding.place.span.start);
        let (end_line, end_column) = identity::in_code_points(excerpt, finding.place.span.end);
        let title = format!("{} {}", finding.rule.code, finding.rule.name);
        let mut message = Shown(&finding.message).to_string();
        if let Some(help) = &finding.help {
            message.push_str(&format!("; {}", Shown(help)));
        }
        writeln!(
            out,
            "::{kind} file={},line={line},col={column},endLine={end_line},endColumn={end_column},title={}::{}",
            property(&Shown(identity::path(&excerpt.source.name)).to_string()),
            property(&title),
            data(&message),
        )
    }

    fn failure(&mut self, name: &str, error: &str, out: &mut dyn Write) -> io::Result<()> {
        let name = Shown(identity::path(name)).to_string();
        let error = Shown(error).to_string();
        writeln!(
            out,
            "::error file={}::cannot be read: {}",
            property(&name),
            data(&error)
        )
    }

    fn finish(&mut self, tally: &Tally, out: &mut dyn Write) -> io::Result<()> {
        if tally.by_level().iter().any(|count| *count > SHOWN) {
            writeln!(
                out,
                "::notice title=mimi-lint::GitHub shows {SHOWN} annotations of each kind for a step; the log holds all of them, and --format sarif shows them in code scanning"
            )?;
        }
        Ok(())
    }
}

/// Text behind the second pair of colons.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// The value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
