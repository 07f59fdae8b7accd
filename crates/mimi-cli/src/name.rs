//! `mimi name`: which names and types would be asked for, without asking.

use std::io::{self, Write};

use anyhow::Result;
use mimi_id::{Identifier, Kind};
use mimi_name::DomainName;
use serde::Serialize;

use crate::arguments::{LineFormat, Name};
use crate::exit::Exit;
use crate::identifiers;
use mimi_output::Shown;
use mimi_output::json;

/// One object of the schema `mimi-name/1`.
#[derive(Serialize)]
struct Object<'a> {
    schema: &'static str,
    input: &'a str,
    kind: &'static str,
    steps: Option<Vec<Step>>,
    error: Option<&'static str>,
}

#[derive(Serialize)]
struct Step {
    name: String,
    r#type: &'static str,
}

/// Why an identifier has no names: the code, the message, and what to do.
struct NoName {
    code: &'static str,
    message: String,
    help: Option<&'static str>,
}

pub(crate) fn run(options: &Name) -> Result<Exit> {
    let mut out = anstream::stdout().lock();
    let mut exit = Exit::Ok;
    for input in &identifiers::read(&options.identifiers)? {
        let (kind, steps) = map(input, &options.enum_suffix);
        if steps.is_err() {
            exit = Exit::NoMapping;
        }
        match options.format {
            LineFormat::Human => write_human(&mut out, input, steps)?,
            LineFormat::Jsonl => {
                let error = steps.as_ref().err().map(|none| none.code);
                let object = Object {
                    schema: "mimi-name/1",
                    input,
                    kind: kind.as_str(),
                    steps: steps.ok(),
                    error,
                };
                json::write(&mut out, &object)?;
                writeln!(out)?;
            }
        }
    }
    out.flush()?;
    Ok(exit)
}

fn map(input: &str, enum_suffix: &DomainName) -> (Kind, Result<Vec<Step>, NoName>) {
    let identifier = match Identifier::parse(input) {
        Ok(identifier) => identifier,
        Err(error) => {
            let none = NoName {
                code: error.code(),
                message: error.to_string(),
                help: error.help(),
            };
            return (error.kind(), Err(none));
        }
    };
    let mimi = |name: String| Step {
        name,
        r#type: "MIMI",
    };
    let steps = match &identifier {
        Identifier::Mui(mui) => Ok(vec![mimi(mui.name().to_string())]),
        Identifier::Telephone(number) => number
            .enum_name(enum_suffix)
            .map(|name| vec![mimi(name.to_string())]),
        Identifier::Email(address) => address.labels().and_then(|labels| {
            let labels = DomainName::from_labels(labels.iter())
                .map_err(|_| mimi_id::Unmappable::NameTooLong)?;
            let mimix = Step {
                name: address.domain().to_string(),
                r#type: "MIMIX",
            };
            Ok(vec![mimix, mimi(format!("{labels}<target>"))])
        }),
        _ => Ok(Vec::new()),
    };
    let steps = steps.map_err(|reason| NoName {
        code: reason.code(),
        message: reason.to_string(),
        help: reason.help(),
    });
    (identifier.kind(), steps)
}

fn write_human(
    out: &mut impl Write,
    input: &str,
    steps: Result<Vec<Step>, NoName>,
) -> io::Result<()> {
    writeln!(out, "{}", Shown(input))?;
    match steps {
        Ok(steps) => {
            for step in steps {
                writeln!(out, "  {} {}", step.name, step.r#type)?;
            }
        }
        Err(none) => {
            writeln!(out, "  no name: {}", none.message)?;
            if let Some(help) = none.help {
                writeln!(out, "  try: {help}")?;
            }
        }
    }
    Ok(())
}
