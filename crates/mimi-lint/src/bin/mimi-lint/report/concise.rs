//! `--format concise`: one line a finding, as compilers write them.

use std::fmt::Write as _;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use mimi_lint::{Finding, Level};
use mimi_output::Shown;

use super::Render;

const PLACE: Style = Style::new().bold();
const NAME: Style = Style::new().dimmed();

/// `path:line:column: level[CODE]: message (name)`, which editors know from compilers.
#[derive(Default)]
pub(crate) struct Concise {
    /// The memory of the last line.
    text: String,
}

impl Render for Concise {
    fn finding(&mut self, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
        let (line, column) = finding.place.line_column();
        let level = match finding.level {
            Level::Error => AnsiColor::BrightRed,
            Level::Warning => AnsiColor::Yellow,
            Level::Info => AnsiColor::BrightBlue,
        };
        let level = level.on_default().bold();
        self.text.clear();
        // A String takes whatever it is given.
        let _ = writeln!(
            self.text,
            "{PLACE}{}:{line}:{column}:{PLACE:#} {level}{}[{}]{level:#}: {} {NAME}({}){NAME:#}",
            Shown(&finding.place.excerpt.source.name),
            finding.level,
            finding.rule.code,
            Shown(&finding.message),
            finding.rule.name,
        );
        out.write_all(self.text.as_bytes())
    }
}
