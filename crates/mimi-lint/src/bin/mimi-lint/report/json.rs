//! `--format json`: one object at the end, written as its parts come. `--format jsonl`: one object a line.

use std::io::{self, Write};

use mimi_lint::Finding;
use mimi_output::json;
use serde::Serialize;

use super::Render;
use super::object::FindingObject;
use crate::tally::Tally;

/// One object: `{"schema":"mimi-lint/1","findings":[…],"sources":[…],"summary":{…}}`.
#[derive(Default)]
pub(crate) struct Json {
    has_findings: bool,
    sources: Vec<SourceObject>,
}

/// Something that was checked.
#[derive(Serialize)]
struct SourceObject {
    name: String,
    /// Why it could not be read, or not to its end.
    error: Option<String>,
}

#[derive(Serialize)]
struct Summary {
    errors: usize,
    warnings: usize,
    infos: usize,
}

impl Render for Json {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(br#"{"schema":"mimi-lint/1","findings":["#)
    }

    fn source(&mut self, name: &str, _out: &mut dyn Write) -> io::Result<()> {
        self.sources.push(SourceObject {
            name: mimi_output::Shown(name).to_string(),
            error: None,
        });
        Ok(())
    }

    fn finding(&mut self, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
        let comma = if self.has_findings { ",\n" } else { "\n" };
        self.has_findings = true;
        out.write_all(comma.as_bytes())?;
        json::write(out, &FindingObject::new(finding))
    }

    fn failure(&mut self, _name: &str, error: &str, _out: &mut dyn Write) -> io::Result<()> {
        if let Some(source) = self.sources.last_mut() {
            source.error = Some(mimi_output::Shown(error).to_string());
        }
        Ok(())
    }

    fn finish(&mut self, tally: &Tally, out: &mut dyn Write) -> io::Result<()> {
        let [errors, warnings, infos] = tally.by_level();
        let summary = Summary {
            errors,
            warnings,
            infos,
        };
        out.write_all(b"],\n\"sources\":")?;
        json::write(&mut *out, &self.sources)?;
        out.write_all(b",\"summary\":")?;
        json::write(&mut *out, &summary)?;
        out.write_all(b"}\n")
    }
}

/// One object a line.
pub(crate) struct Jsonl;

impl Render for Jsonl {
    fn finding(&mut self, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
        json::write(&mut *out, &FindingObject::new(finding))?;
        out.write_all(b"\n")
    }
}
