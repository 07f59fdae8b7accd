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
    let mut out = anstream::stdout();
    if let Some(keys) = keys {
        let to = data::key_file(&options.to);
        keys.create(&to)
            .map_err(|error| anyhow!("cannot write {}: {error}", shown_path(&to)))?;
        writeln!(
            out,
            "secrets: {}; whoever has this is the oracle",
            shown_path(&to)
        )?;
    }
    let to = data::registrations(&options.to);
    reader
        .backup(&to, |_, _| {})
        .map_err(|error| anyhow!("cannot write {}: {error}", shown_path(&to)))?;
    writeln!(out, "registrations: {}", shown_path(&to))?;
    if !options.with_key {
        writeln!(
            out,
            "oracle.key is not in it, and without oracle.key nobody can read it: keep a copy of that file apart."
        )?;
    }
    out.flush()?;
    Ok(Exit::Ok)
}
