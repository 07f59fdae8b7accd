//! `mimi oracle verify`: everything in the folder of an oracle, checked.

use std::fs;
use std::io::Write;

use anyhow::{Context, Result, anyhow};
use mimi_oracle::server::{
    Damage, Fault, KeyRing, SqliteReader, Vault, VerifyError, published_epochs, verify_epochs,
};
use mimi_output::{Shown, json};
use serde::Serialize;

use crate::arguments::ResolveFormat;
use crate::exit::Exit;
use crate::oracle::arguments::Verify;
use crate::oracle::data::{self, read_keys};
use crate::zones::shown_path;

#[derive(Serialize)]
struct Finding {
    schema: &'static str,
    code: &'static str,
    /// How many registrations it is about.
    registrations: Option<u64>,
    epoch: Option<u64>,
    bucket: Option<u32>,
    message: String,
}

pub(crate) fn run(options: &Verify) -> Result<Exit> {
    let keys = read_keys(&options.data)?;
    let (registrations, mut findings) = registrations(options, &keys)?;
    let folder = shown_path(&options.data);
    let epochs = published_epochs(&options.data, &keys)
        .with_context(|| format!("cannot read the epochs in {folder}"))?;
    let damages = verify_epochs(&options.data, &keys, &|_| ())
        .with_context(|| format!("cannot read the epochs in {folder}"))?;
    findings.extend(damages.iter().map(of_damage));

    let mut out = anstream::stdout();
    match options.format {
        ResolveFormat::Human => {
            for finding in &findings {
                writeln!(out, "{} [{}]", Shown(&finding.message), finding.code)?;
            }
            writeln!(
                out,
                "{registrations} registrations and {} epochs checked, {} findings",
                epochs.len(),
                findings.len()
            )?;
        }
        ResolveFormat::Json => {
            json::write(&mut out, &findings)?;
            writeln!(out)?;
        }
        ResolveFormat::Jsonl => {
            for finding in &findings {
                json::write(&mut out, finding)?;
                writeln!(out)?;
            }
        }
    }
    out.flush()?;
    match findings.is_empty() {
        true => Ok(Exit::Ok),
        false => Ok(Exit::NoMapping),
    }
}

/// How many registrations there are, and what is wrong with them.
fn registrations(options: &Verify, keys: &KeyRing) -> Result<(u64, Vec<Finding>)> {
    let path = data::registrations(&options.data);
    let mut findings = Vec::new();
    // None were made yet.
    if !fs::exists(&path).with_context(|| format!("cannot read {}", shown_path(&path)))? {
        return Ok((0, findings));
    }
    let unreadable =
        |error: &dyn std::fmt::Display| anyhow!("cannot read {}: {error}", shown_path(&path));
    let reader = SqliteReader::open(&path).map_err(|error| unreadable(&error))?;
    match reader.verify() {
        Ok(()) => {}
        Err(VerifyError::Damaged(lines)) => {
            let of_line = |line| finding("store-damaged", format!("registrations.sqlite: {line}"));
            findings.extend(lines.into_iter().map(of_line));
            // What can still be read says nothing about the rest.
            return Ok((0, findings));
        }
        Err(error) => return Err(unreadable(&error)),
    }
    let vault = Vault::new(keys.vault_secret());
    let (mut count, mut sealed_otherwise) = (0, 0);
    reader
        .for_each(0, &mut |id, sealed| {
            count += 1;
            if vault.open(id, &sealed).is_err() {
                sealed_otherwise += 1;
            }
        })
        .map_err(|error| unreadable(&error))?;
    if sealed_otherwise > 0 {
        findings.push(Finding {
            registrations: Some(sealed_otherwise),
            ..finding(
                "registrations-unreadable",
                format!("{sealed_otherwise} registrations cannot be opened with this oracle.key"),
            )
        });
    }
    Ok((count, findings))
}

fn of_damage(damage: &Damage) -> Finding {
    Finding {
        epoch: Some(damage.number),
        bucket: match damage.fault {
            Fault::Signature(index) => Some(index),
            _ => None,
        },
        ..finding(damage.fault.code(), damage.to_string())
    }
}

fn finding(code: &'static str, message: String) -> Finding {
    Finding {
        schema: "mimi-oracle-verify/1",
        code,
        registrations: None,
        epoch: None,
        bucket: None,
        message,
    }
}
