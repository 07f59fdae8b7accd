//! Findings that are known already, and recorded in a file (`mimi-lint-baseline/1`).
//!
//! A finding is known again by its rule, its file, its owner and the text it is about, not by its line.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};
use mimi_lint::Finding;
use mimi_output::{Shown, json};
use serde::{Deserialize, Serialize};

use crate::exit::Usage;
use crate::input::shown;
use crate::paths::beneath;
use crate::replace::without_path;

const SCHEMA: &str = "mimi-lint-baseline/1";

/// What a baseline knows.
#[derive(Clone)]
pub(crate) struct Baseline {
    known: Arc<BTreeMap<Key, u64>>,
    used: HashMap<Key, u64>,
    names: Names,
}

/// What is to become a baseline.
pub(crate) struct NewBaseline {
    counts: BTreeMap<Key, u64>,
    names: Names,
}

/// Names of files, as seen from the folder of the baseline.
#[derive(Clone)]
struct Names {
    folder: PathBuf,
    known: HashMap<String, String>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
struct Key {
    source: String,
    rule: String,
    owner: Option<String>,
    fingerprint: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    schema: String,
    findings: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
struct Entry {
    #[serde(flatten)]
    key: Key,
    count: u64,
}

impl Names {
    fn of(baseline: &Path) -> Self {
        let folder = match baseline.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
            _ => PathBuf::from("."),
        };
        Self {
            folder,
            known: HashMap::new(),
        }
    }

    fn name(&mut self, source: &str) -> String {
        if let Some(name) = self.known.get(source) {
            return name.clone();
        }
        let name = beneath(Path::new(source), &self.folder);
        let name = name.to_string_lossy().replace('\\', "/");
        self.known.insert(source.to_owned(), name.clone());
        name
    }

    fn key(&mut self, finding: &Finding) -> Key {
        let excerpt = &finding.place.excerpt;
        let within = finding.place.in_excerpt();
        let text = match finding.owner {
            Some(_) => excerpt.text.get(within).unwrap_or_default(),
            None => &excerpt.text,
        };
        Key {
            source: self.name(&excerpt.source.name),
            rule: finding.rule.code.to_owned(),
            owner: finding
                .owner
                .as_ref()
                .map(|owner| owner.to_lowercase().to_string()),
            fingerprint: fingerprint(text),
        }
    }
}

/// A hash that stays the same from version to version: FNV-1a with 64 bits, of the text with white space as single blanks.
pub(crate) fn fingerprint(text: &[u8]) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut add = |octet: u8| {
        hash = (hash ^ u64::from(octet)).wrapping_mul(0x0100_0000_01b3);
    };
    let words = text.split(u8::is_ascii_whitespace);
    for word in words.filter(|word| !word.is_empty()) {
        word.iter().copied().for_each(&mut add);
        add(b' ');
    }
    format!("{hash:016x}")
}

impl Baseline {
    /// Reads one.
    ///
    /// # Errors
    /// [`Usage`] when it is not one.
    pub(crate) fn read(path: &Path) -> Result<Self> {
        let text = fs::read(path).with_context(|| format!("cannot read {}", shown(path)))?;
        let document: Document = serde_json::from_slice(&text).map_err(|error| {
            let error = error.to_string();
            let message = format!(
                "{}: expected a baseline, found something else: {}\nhelp: write it with --write-baseline",
                shown(path),
                Shown(&error)
            );
            Usage(message)
        })?;
        if document.schema != SCHEMA {
            let message = format!(
                "{}: expected a baseline of schema {SCHEMA}, found `{}`\nhelp: write it anew with --write-baseline",
                shown(path),
                Shown(&document.schema)
            );
            return Err(Usage(message).into());
        }
        let mut known = BTreeMap::new();
        for Entry { key, count } in document.findings {
            *known.entry(key).or_default() += count;
        }
        Ok(Self {
            known: Arc::new(known),
            used: HashMap::new(),
            names: Names::of(path),
        })
    }

    /// Whether a finding is known; it is not known more often than it was recorded.
    pub(crate) fn knows(&mut self, finding: &Finding) -> bool {
        let key = self.names.key(finding);
        let Some(count) = self.known.get(&key) else {
            return false;
        };
        let used = self.used.entry(key).or_default();
        *used += 1;
        *used <= *count
    }

    /// How many recorded findings of the files that were checked are no longer there.
    pub(crate) fn stale(&mut self, checked: &[String]) -> u64 {
        let checked: HashSet<String> = checked.iter().map(|name| self.names.name(name)).collect();
        let entries = self.known.iter();
        let of_checked = entries.filter(|(key, _)| checked.contains(&key.source));
        let left = of_checked.map(|(key, count)| {
            let used = self.used.get(key).copied().unwrap_or_default();
            count.saturating_sub(used)
        });
        left.sum()
    }
}

impl NewBaseline {
    pub(crate) fn new(path: &Path) -> Self {
        Self {
            counts: BTreeMap::new(),
            names: Names::of(path),
        }
    }

    pub(crate) fn add(&mut self, finding: &Finding) {
        let key = self.names.key(finding);
        *self.counts.entry(key).or_default() += 1;
    }

    /// Writes it, in place of one that may be there. How many findings it records.
    ///
    /// # Errors
    /// Those of the system.
    pub(crate) fn write(self, path: &Path) -> Result<usize> {
        let total: u64 = self.counts.values().sum();
        let entries = self.counts.into_iter();
        let document = Document {
            schema: SCHEMA.to_owned(),
            findings: entries.map(|(key, count)| Entry { key, count }).collect(),
        };
        let write = || -> std::io::Result<()> {
            let mut file =
                tempfile::NamedTempFile::new_in(&self.names.folder).map_err(without_path)?;
            let mut out = std::io::BufWriter::new(file.as_file_mut());
            lines(&document, &mut out)?;
            out.flush()?;
            drop(out);
            readable(file.as_file())?;
            file.persist(path).map_err(|error| error.error)?;
            Ok(())
        };
        write().with_context(|| format!("cannot write {}", shown(path)))?;
        Ok(usize::try_from(total).unwrap_or(usize::MAX))
    }
}

/// One finding a line, so that versions of the file compare well.
fn lines(document: &Document, out: &mut impl Write) -> std::io::Result<()> {
    write!(out, "{{\"schema\":\"{SCHEMA}\",\"findings\":[")?;
    for (index, entry) in document.findings.iter().enumerate() {
        out.write_all(if index > 0 { b",\n" } else { b"\n" })?;
        json::write(&mut *out, entry)?;
    }
    out.write_all(b"\n]}\n")
}

/// Temporary files are for their owner alone; this one is for the team.
#[cfg(unix)]
fn readable(file: &fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable(_file: &fs::File) -> std::io::Result<()> {
    Ok(())
}
