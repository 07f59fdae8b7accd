//! `--format gitlab`: a Code Quality report of GitLab, which is an array of what Code Climate calls issues.

use std::collections::HashMap;
use std::io::{self, Write};

use mimi_lint::{Finding, Level};
use mimi_output::{Shown, json};
use serde_json::json;

use super::{Render, identity};
use crate::tally::Tally;

/// How many fingerprints are counted, so that equal findings have different ones.
const COUNTED: usize = 1 << 16;

#[derive(Default)]
pub(crate) struct Gitlab {
    has_findings: bool,
    fingerprints: HashMap<String, usize>,
}

impl Render for Gitlab {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"[")
    }

    fn finding(&mut self, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
        let comma = if self.has_findings { ",\n" } else { "\n" };
        self.has_findings = true;
        out.write_all(comma.as_bytes())?;
        let mut fingerprint = identity::of(finding);
        if self.fingerprints.len() < COUNTED {
            let count = self.fingerprints.entry(fingerprint.clone()).or_default();
            *count += 1;
            if *count > 1 {
                fingerprint.push_str(&format!("-{count}"));
            }
        }
        let (line, _) = finding.place.line_column();
        let (end_line, _) = finding.place.end_line_column();
        let name = &finding.place.excerpt.source.name;
        json::write(
            out,
            &json!({
                "description": Shown(&finding.message).to_string(),
                "check_name": format!("{} {}", finding.rule.code, finding.rule.name),
                "fingerprint": fingerprint,
                "severity": match finding.level {
                    Level::Error => "major",
                    Level::Warning => "minor",
                    Level::Info => "info",
                },
                "location": {
                    "path": Shown(identity::path(name)).to_string(),
                    "lines": { "begin": line, "end": end_line },
                },
            }),
        )
    }

    fn finish(&mut self, _tally: &Tally, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"\n]\n")
    }
}
