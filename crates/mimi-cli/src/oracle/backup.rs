//! `mimi oracle backup`: registrations copied to another folder.

use std::fs;
use std::io::Write;

use anyhow::{Context, Result, anyhow, bail};
use mimi_oracle::server::SqliteReader;

use crate::exit::Exit;
use crate::oracle::arguments::Backup;
use crate::oracle::data::{self, make_folder, read_keys};
use crate::zones::shown_path;

pub(crate) fn run(options: &Backup) -> Result<Exit> {
    let from = data::registrations(&options.data);
    // SQLite says only that it cannot open the file.
    if !fs::exists(&from).with_context(|| format!("cannot read {}", shown_path(&from)))? {
        bail!(
            "there is no {}: nothing was ever registered, or this is not the folder of an oracle",
            shown_path(&from)
        );
    }
    let reader = SqliteReader::open(&from)
        .map_err(|error| anyhow!("cannot read {}: {error}", shown_path(&from)))?;
    // Read before anything is written: a backup that was asked for with the key is not made without.
    let keys = options
        .with_key
        .then(|| read_keys(&options.data))
        .transpose()?;
    make_folder(&options.to)
        .with_context(|| format!("cannot create {}", shown_path(&options.to)))?;
    let (to, key_file) = (
        data::registrations(&options.to),
        data::key_file(&options.to),
    );
    // Found before anything is written. If there is one in time, it is not overwritten either.
    if keys.is_some() && fs::exists(&key_file).unwrap_or_default() {
        bail!(
            "{} is there already; a backup overwrites nothing",
            shown_path(&key_file)
        );
    }
    reader
        .backup(&to, |_, _| {})
        .map_err(|error| anyhow!("cannot write {}: {error}", shown_path(&to)))?;
    let mut out = anstream::stdout();
    writeln!(out, "registrations: {}", shown_path(&to))?;
    if let Some(keys) = keys {
        let shown = shown_path(&key_file);
        keys.create(&key_file)
            .map_err(|error| anyhow!("cannot write {shown}: {error}"))?;
        writeln!(out, "secrets: {shown}; whoever has this is the oracle")?;
    }
    if !options.with_key {
        writeln!(
            out,
            "oracle.key is not in it, and without oracle.key nobody can read it: keep a copy of that file apart."
        )?;
    }
    out.flush()?;
    Ok(Exit::Ok)
}
