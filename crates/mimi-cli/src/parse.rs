//! `mimi parse`: judges definition strings, one after another.

use std::io::{self, BufRead, Write};

use anyhow::{Context, Result};
use mimi_mssi::{Judgement, Severity, Verdict};
use serde::Serialize;

use crate::arguments::{LineFormat, Parse};
use crate::excerpt::Finding;
use crate::exit::Exit;
use mimi_output::json;
use mimi_output::{Octets, Shown, unescape};

/// One object of the schema `mimi-parse/1`.
#[derive(Serialize)]
struct Object<'a> {
    schema: &'static str,
    input: String,
    verdict: &'static str,
    v: Option<&'a str>,
    a: Option<&'a str>,
    e: Option<&'a str>,
    pv: Option<&'a str>,
    p: Option<u32>,
    s: Option<&'a str>,
    extensions: &'a [(&'a str, &'a str)],
    diagnostics: Vec<DiagnosticObject>,
}

#[derive(Serialize)]
struct DiagnosticObject {
    code: &'static str,
    severity: &'static str,
    start: usize,
    end: usize,
    message: String,
}

pub(crate) fn run(options: &Parse) -> Result<Exit> {
    let mut judge = Judge {
        format: options.format,
        out: anstream::stdout().lock(),
        exit: Exit::Ok,
    };
    let read_input = options.strings.is_empty() || options.strings.iter().any(|one| one == "-");
    if options.strings.is_empty() {
        judge.standard_input()?;
    }
    for string in &options.strings {
        if string == "-" && read_input {
            judge.standard_input()?;
        } else {
            judge.one(string.as_bytes())?;
        }
    }
    judge.out.flush()?;
    Ok(judge.exit)
}

struct Judge<W> {
    format: LineFormat,
    out: W,
    exit: Exit,
}

impl<W: Write> Judge<W> {
    fn standard_input(&mut self) -> Result<()> {
        for line in io::stdin().lock().split(b'\n') {
            let line = line.context("cannot read standard input")?;
            let line = line.strip_suffix(b"\r").unwrap_or(&line);
            self.one(&unescape(line))?;
        }
        Ok(())
    }

    fn one(&mut self, octets: &[u8]) -> Result<()> {
        let judgement = mimi_mssi::parse(octets);
        if judgement.verdict() != Verdict::Usable {
            self.exit = Exit::NoMapping;
        }
        match self.format {
            LineFormat::Jsonl => self.write_json(octets, &judgement)?,
            LineFormat::Human => write_human(&mut self.out, octets, &judgement)?,
        }
        Ok(())
    }

    fn write_json(&mut self, octets: &[u8], judgement: &Judgement<'_>) -> io::Result<()> {
        let tags = judgement.tags();
        let diagnostics = judgement
            .diagnostics()
            .iter()
            .map(|diagnostic| DiagnosticObject {
                code: diagnostic.code().as_str(),
                severity: diagnostic.severity().as_str(),
                start: diagnostic.span().start,
                end: diagnostic.span().end,
                message: diagnostic.message(),
            });
        let object = Object {
            schema: "mimi-parse/1",
            input: Octets(octets).to_string(),
            verdict: judgement.verdict().as_str(),
            v: tags.v,
            a: tags.a,
            e: tags.e,
            pv: tags.pv,
            p: tags.p,
            s: tags.s,
            extensions: &tags.extensions,
            diagnostics: diagnostics.collect(),
        };
        json::write(&mut self.out, &object)?;
        writeln!(self.out)
    }
}

/// A judgement as a person reads it.
pub(crate) fn write_human(
    out: &mut impl Write,
    octets: &[u8],
    judgement: &Judgement<'_>,
) -> io::Result<()> {
    writeln!(out, "{}: {}", judgement.verdict().as_str(), Octets(octets))?;
    let tags = judgement.tags();
    let known = [
        ("account", tags.a),
        ("endpoint", tags.e),
        ("service", tags.s),
        ("protocol version", tags.pv),
    ];
    for (label, value) in known {
        if let Some(value) = value {
            writeln!(out, "  {label}: {}", Shown(value))?;
        }
    }
    if let Some(priority) = tags.p {
        writeln!(out, "  priority: {priority}")?;
    }
    for (name, value) in &tags.extensions {
        writeln!(out, "  extension {}: {}", Shown(name), Shown(value))?;
    }
    for diagnostic in judgement.diagnostics() {
        Finding {
            level: match diagnostic.severity() {
                Severity::Error => annotate_snippets::Level::ERROR,
                Severity::Warning => annotate_snippets::Level::WARNING,
                Severity::Info => annotate_snippets::Level::INFO,
            },
            code: diagnostic.code().as_str(),
            message: diagnostic.message(),
            help: diagnostic.help(),
            origin: None,
            octets,
            span: diagnostic.span(),
        }
        .write(out)?;
    }
    Ok(())
}
