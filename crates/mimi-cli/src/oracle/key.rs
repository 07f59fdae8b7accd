//! `mimi oracle key`: the secrets made, rotated, and shown as far as they are public.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use mimi_oracle::Epoch;
use mimi_oracle::server::{GenerateError, KeyFileError, KeyRing, published_epochs};
use mimi_output::json;
use serde::Serialize;

use crate::arguments::LineFormat;
use crate::exit::{Exit, Usage};
use crate::oracle::arguments::{KeyNew, KeyRotate, KeyShow};
use crate::oracle::data::{self, cannot_read_key, make_folder, read_keys};
use crate::zones::shown_path;

pub(crate) fn new(options: &KeyNew) -> Result<Exit> {
    let path = match (&options.data, &options.file) {
        (Some(folder), _) => {
            make_folder(folder).with_context(|| format!("cannot create {}", shown_path(folder)))?;
            data::key_file(folder)
        }
        (None, Some(file)) => file.clone(),
        // One of them is required.
        (None, None) => PathBuf::from(KeyRing::FILE),
    };
    let keys = KeyRing::generate(options.keys).map_err(|error| match error {
        GenerateError::Count(_) => anyhow!(Usage(format!("--keys: {error}"))),
        error => anyhow!(error),
    })?;
    let shown = shown_path(&path);
    keys.create(&path)
        .map_err(|error| anyhow!("cannot write {shown}: {error}"))?;
    let mut out = anstream::stdout();
    writeln!(out, "secrets: {shown}, for its owner alone")?;
    writeln!(out, "lookup keys: {}", keys.lookup_keys())?;
    writeln!(out, "pin: {}", keys.pin())?;
    writeln!(
        out,
        "Give users the oracle's URL with # and the pin behind it, by a way that they trust:"
    )?;
    writeln!(
        out,
        "  mimi resolve --oracle 'https://oracle.example.net#{}' alice@example.com",
        keys.pin()
    )?;
    writeln!(
        out,
        "Keep a copy of the secrets apart: without them all registrations and the pin are lost."
    )?;
    out.flush()?;
    Ok(Exit::Ok)
}

pub(crate) fn rotate(options: &KeyRotate) -> Result<Exit> {
    let path = data::key_file(&options.data);
    let mut rotated = None;
    let keys = KeyRing::update(&path, |keys| {
        let result = keys.rotate();
        let is_rotated = result.is_ok();
        rotated = Some(result);
        is_rotated
    });
    let keys = keys.map_err(|error| match error {
        error @ KeyFileError::Io(_) => cannot_read_key(&path, &error),
        error => anyhow!("cannot change {}: {error}", shown_path(&path)),
    })?;
    if let Some(Err(error)) = rotated {
        writeln!(io::stderr(), "error: {error}")?;
        return Ok(Exit::NoMapping);
    }
    let mut out = anstream::stdout();
    let (current, last) = (keys.current(), keys.lookup_keys().saturating_sub(1));
    writeln!(
        out,
        "lookup key {current} of 0 to {last} is now the current one; the pin stays"
    )?;
    writeln!(out, "{}", takes_effect(&options.data, &keys))?;
    let left = last.saturating_sub(usize::from(current));
    writeln!(out, "lookup keys left: {left}")?;
    out.flush()?;
    Ok(Exit::Ok)
}

/// When a server uses the current key, as far as the disk tells.
fn takes_effect(data: &Path, keys: &KeyRing) -> String {
    let epochs = published_epochs(data, keys).unwrap_or_default();
    let now = data::now();
    let last = epochs.into_iter().filter_map(Result::ok).last();
    match last.filter(|epoch| now < epoch.ends) {
        Some(Epoch { ends, .. }) => format!(
            "it takes effect with the next epoch, at the latest in {}; until that of the key before is over, both are served",
            shown_seconds(ends - now)
        ),
        None => "it takes effect with the first epoch: none is served now".to_owned(),
    }
}

fn shown_seconds(seconds: u64) -> String {
    match (seconds / 3600, (seconds % 3600).div_ceil(60)) {
        (0, minutes) => format!("{minutes} min"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

#[derive(Serialize)]
struct KeyObject {
    schema: &'static str,
    pin: String,
    lookup_keys: usize,
    current: u8,
    erased: usize,
}

pub(crate) fn show(options: &KeyShow) -> Result<Exit> {
    let keys = read_keys(&options.data)?;
    let mut out = anstream::stdout();
    match options.format {
        LineFormat::Human => {
            writeln!(out, "pin: {}", keys.pin())?;
            writeln!(
                out,
                "lookup keys: {}, current {}, erased {}",
                keys.lookup_keys(),
                keys.current(),
                keys.erased()
            )?;
        }
        LineFormat::Jsonl => {
            let object = KeyObject {
                schema: "mimi-oracle-key/1",
                pin: keys.pin().to_string(),
                lookup_keys: keys.lookup_keys(),
                current: keys.current(),
                erased: keys.erased(),
            };
            json::write(&mut out, &object)?;
            writeln!(out)?;
        }
    }
    out.flush()?;
    Ok(Exit::Ok)
}
