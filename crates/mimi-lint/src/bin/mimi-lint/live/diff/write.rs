//! Changes as text, and as JSON (`docs/schemas/mimi-lint-diff-1.json`).

use std::io::{self, Write};

use mimi_output::{Name, Shown};
use serde::Serialize;

use super::changes::{Change, Value};
use crate::live::arguments::DiffFormat;

const SCHEMA: &str = "mimi-lint-diff/1";

#[derive(Serialize)]
struct Line<'a> {
    schema: &'static str,
    owner: String,
    #[serde(rename = "type")]
    record_type: &'static str,
    change: &'static str,
    before: Option<Side<'a>>,
    after: Option<Side<'a>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Side<'a> {
    Mssi {
        mssa: &'a str,
        mse: &'a str,
        priority: Option<u32>,
        service: Option<&'a str>,
        protocol_version: Option<&'a str>,
    },
    Target {
        target: String,
    },
}

pub(super) fn write(changes: &[Change<'_>], format: DiffFormat) -> io::Result<()> {
    let mut out = io::BufWriter::new(anstream::stdout().lock());
    match format {
        DiffFormat::Human => {
            for change in changes {
                human(change, &mut out)?;
            }
        }
        DiffFormat::Jsonl => {
            for change in changes {
                mimi_output::json::write(&mut out, &line(change))?;
                writeln!(out)?;
            }
        }
        DiffFormat::Json => {
            let lines: Vec<_> = changes.iter().map(line).collect();
            mimi_output::json::write(&mut out, &lines)?;
            writeln!(out)?;
        }
    }
    out.flush()
}

fn human(change: &Change<'_>, out: &mut impl Write) -> io::Result<()> {
    let (owner, kind) = (Name(change.owner), change.kind.as_str());
    write!(out, "{owner}: {kind}: ")?;
    match (change.before, change.after) {
        (Some(before), Some(after)) => {
            let (before, after) = (text(before), text(after));
            writeln!(out, "{before} becomes {after}")
        }
        (Some(one), None) | (None, Some(one)) => writeln!(out, "{}", text(one)),
        (None, None) => writeln!(out),
    }
}

fn text(value: Value<'_>) -> String {
    let mssi = match value {
        Value::Target(target) => return format!("MIMIX {}", Name(target)),
        Value::Mssi(mssi) => mssi,
    };
    let mut text = format!("{} at {}", Shown(mssi.mssa()), Shown(mssi.mse()));
    let priority = mssi.priority().map(|priority| priority.to_string());
    let further = [
        ("priority", priority.as_deref()),
        ("service", mssi.service()),
        ("protocol version", mssi.protocol_version()),
    ];
    for (what, value) in further {
        if let Some(value) = value {
            text.push_str(&format!(", {what} {}", Shown(value)));
        }
    }
    text
}

fn line<'a>(change: &Change<'a>) -> Line<'a> {
    let record_type = match change.before.or(change.after) {
        Some(Value::Target(_)) => "MIMIX",
        _ => "MIMI",
    };
    Line {
        schema: SCHEMA,
        owner: change.owner.to_string(),
        record_type,
        change: change.kind.as_str(),
        before: change.before.map(side),
        after: change.after.map(side),
    }
}

fn side(value: Value<'_>) -> Side<'_> {
    match value {
        Value::Target(target) => Side::Target {
            target: target.to_string(),
        },
        Value::Mssi(mssi) => Side::Mssi {
            mssa: mssi.mssa(),
            mse: mssi.mse(),
            priority: mssi.priority(),
            service: mssi.service(),
            protocol_version: mssi.protocol_version(),
        },
    }
}
