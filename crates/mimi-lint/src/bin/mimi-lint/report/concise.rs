//! `--format concise`: one line a finding, as compilers write them.

use std::io::{self, Write};

use mimi_lint::Finding;
use mimi_output::Shown;

use super::Render;

pub(crate) struct Concise;

impl Render for Concise {
    fn finding(&mut self, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
        let (line, column) = finding.place.line_column();
        writeln!(
            out,
            "{}:{line}:{column}: {}[{}]: {} ({})",
            Shown(&finding.place.excerpt.source.name),
            finding.level,
            finding.rule.code,
            Shown(&finding.message),
            finding.rule.name,
        )
    }
}
