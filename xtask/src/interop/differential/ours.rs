//! Our reading of a zone: what `mimi zone records` lists.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use super::readers::{Bench, FILE, Reading};
use super::record::{Record, wire_name};
use super::types;
use super::zone::{Reader, Zone};

impl Bench {
    /// How we read a zone.
    pub(super) fn ours(&self, zone: &Zone) -> Result<Reading> {
        self.write(zone, Reader::Us)?;
        let mut command = Command::new(&self.ours);
        command.current_dir(&self.folder);
        command.args([
            "zone", "records", "--format", "jsonl", "--origin", &zone.apex,
        ]);
        if zone.entries.iter().any(|entry| !entry.beside.is_empty()) {
            command.args(["--include-root", "."]);
        }
        let output = command.arg(FILE).stdin(Stdio::null()).output()?;
        let text = String::from_utf8(output.stdout).context("our command writes JSON")?;
        let mut records = Vec::new();
        let mut says = Vec::new();
        for line in text.lines() {
            match serde_json::from_str(line).with_context(|| line.to_owned())? {
                Line::Record(record) => records.push(record.read()?),
                Line::Error {
                    error,
                    line,
                    message,
                } => says.push(format!("{FILE}:{line}: {error}: {message}")),
            }
        }
        let accepts = match output.status.code() {
            Some(0) => true,
            Some(1) => false,
            _ => bail!(
                "our command ended with {}: {}",
                output.status,
                String::from_utf8_lossy(&output.stderr)
            ),
        };
        Ok(Reading {
            accepts,
            records: Some(records),
            says,
        })
    }
}

/// A line of `mimi zone records --format jsonl`.
#[derive(Deserialize)]
#[serde(untagged)]
enum Line {
    Record(OurRecord),
    Error {
        error: String,
        line: usize,
        message: String,
    },
}

#[derive(Deserialize)]
struct OurRecord {
    owner: String,
    ttl: u32,
    class: String,
    r#type: String,
    rdata_hex: Option<String>,
}

impl OurRecord {
    fn read(self) -> Result<Record> {
        let class = match self.class.as_str() {
            "IN" => 1,
            "CH" => 3,
            "HS" => 4,
            other => other
                .strip_prefix("CLASS")
                .unwrap_or(other)
                .parse()
                .with_context(|| other.to_owned())?,
        };
        let octet = |digits: &[u8]| {
            let digits = std::str::from_utf8(digits).ok()?;
            u8::from_str_radix(digits, 16).ok()
        };
        let rdata = match self.rdata_hex {
            Some(hex) => {
                let octets: Option<Vec<u8>> = hex.as_bytes().chunks(2).map(octet).collect();
                Some(octets.with_context(|| format!("{hex} is not hexadecimal"))?)
            }
            None => None,
        };
        Ok(Record {
            owner: wire_name(&self.owner)
                .with_context(|| format!("{} is not absolute", self.owner))?,
            record_type: types::number(&self.r#type)
                .with_context(|| format!("no number for {}", self.r#type))?,
            class,
            ttl: self.ttl,
            rdata,
        })
    }
}
