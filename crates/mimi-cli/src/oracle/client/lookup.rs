//! `mimi oracle lookup`: what an oracle has of people, DNS left aside.

use std::io::Write;

use anyhow::Result;
use mimi_oracle::Entry;
use mimi_oracle::client::LookupError;
use mimi_output::{Octets, Shown};

use super::arguments::Lookup;
use super::{client, subject, time_until};
use crate::exit::Exit;
use crate::oracle_tokens::OracleTokens;

pub(super) async fn run(options: &Lookup) -> Result<Exit> {
    let tokens = OracleTokens::read(options.oracle_tokens.as_deref())?;
    let client = client(&options.which, &tokens)?;
    let subjects: Vec<_> = options
        .identifiers
        .iter()
        .map(|text| subject(text))
        .collect();
    let askable: Vec<_> = subjects.iter().flatten().cloned().collect();
    let mut answers = client.lookup_all(&askable).await.into_iter();
    let mut out = anstream::stdout();
    let mut exit = Exit::Ok;
    for (text, subject) in options.identifiers.iter().zip(&subjects) {
        writeln!(out, "{}", Shown(text))?;
        exit = exit.max(match subject {
            Ok(_) => write(&mut out, answers.next().unwrap_or(Ok(None)))?,
            Err(error) => {
                writeln!(out, "  not asked: {error}")?;
                Exit::NoMapping
            }
        });
    }
    writeln!(
        out,
        "DNS was not asked: `mimi resolve --oracle` tells whom others find"
    )?;
    out.flush()?;
    Ok(exit)
}

fn write(out: &mut impl Write, answer: Result<Option<Entry>, LookupError>) -> Result<Exit> {
    match answer {
        Ok(Some(entry)) => {
            for definition_string in &entry.definition_strings {
                writeln!(out, "  {}", Octets(definition_string))?;
            }
            writeln!(out, "  expires {}", time_until(entry.expires))?;
            Ok(Exit::Ok)
        }
        Ok(None) => {
            writeln!(out, "  the oracle knows nothing")?;
            Ok(Exit::NoMapping)
        }
        Err(error) if error.is_expired() => {
            writeln!(out, "  {error}")?;
            Ok(Exit::NoMapping)
        }
        Err(error) => {
            writeln!(out, "  {error}")?;
            Ok(match error.is_forgery() {
                true => Exit::Security,
                false => Exit::Temporary,
            })
        }
    }
}
