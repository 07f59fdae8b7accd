//! A zone file in the making: entries that know which features they have, written once for us and once for the peers.

use std::collections::BTreeSet;

use super::classes::Tag;

/// A zone file.
#[derive(Clone, Default)]
pub(super) struct Zone {
    /// The zone's name as text, absolute.
    pub(super) apex: String,
    pub(super) entries: Vec<Entry>,
    /// What concerns the file as a whole.
    pub(super) whole: BTreeSet<Tag>,
}

/// One entry: a record, a directive, a comment, a blank line, or something broken.
#[derive(Clone, Default)]
pub(super) struct Entry {
    /// The owner of a record; nothing for other entries, and where `text` starts with it.
    pub(super) owner: Option<Owner>,
    /// The rest of the entry, without its line end.
    pub(super) text: Vec<u8>,
    /// The same for programs that do not know the mnemonics MIMI and MIMIX, where it differs.
    pub(super) peers_text: Option<Vec<u8>>,
    pub(super) features: BTreeSet<Tag>,
    /// Says the same without any of the features; an entry without it is left out to be rid of them.
    pub(super) plain: Option<Vec<u8>>,
    /// Files beside the zone, for `$INCLUDE`: names and texts.
    pub(super) beside: Vec<(&'static str, Vec<u8>)>,
    /// Whether a zone needs it.
    pub(super) fixed: bool,
}

/// An owner, which a record may leave blank behind another record of the same one.
#[derive(Clone)]
pub(super) struct Owner {
    pub(super) text: Vec<u8>,
    pub(super) number: usize,
    pub(super) blank: bool,
}

/// Whom the file is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reader {
    Us,
    Peers,
}

impl Entry {
    /// An entry that is its text, the same for all.
    pub(super) fn line(text: impl Into<Vec<u8>>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    pub(super) fn with(mut self, feature: Tag) -> Self {
        self.features.insert(feature);
        self
    }
}

impl Zone {
    /// The file.
    pub(super) fn render(&self, reader: Reader) -> Vec<u8> {
        let mut file = Vec::new();
        if !self.whole.contains("no-default-ttl") {
            file.extend_from_slice(b"$TTL 3600\n");
        }
        let mut last_owner = None;
        for entry in &self.entries {
            if let Some(owner) = &entry.owner {
                if !(owner.blank && last_owner == Some(owner.number)) {
                    file.extend_from_slice(&owner.text);
                }
                last_owner = Some(owner.number);
            } else if !entry.features.is_empty() {
                // It may hold a record.
                last_owner = None;
            }
            let text = match &entry.peers_text {
                Some(text) if reader == Reader::Peers => text,
                _ => &entry.text,
            };
            file.extend_from_slice(text);
            file.push(b'\n');
        }
        if self.whole.contains("no-final-newline") {
            file.pop();
        }
        if self.whole.contains("crlf") {
            file = crlf(&file);
        }
        if self.whole.contains("byte-order-mark") {
            file.splice(..0, *b"\xEF\xBB\xBF");
        }
        file
    }

    /// All marks.
    pub(super) fn tags(&self) -> impl Iterator<Item = Tag> {
        let entries = self.entries.iter().flat_map(|entry| &entry.features);
        self.whole.iter().chain(entries).copied()
    }

    pub(super) fn has(&self, feature: &str) -> bool {
        self.whole.contains(feature)
            || self
                .entries
                .iter()
                .any(|entry| entry.features.contains(feature))
    }

    /// The zone without any trace of the features.
    pub(super) fn without(&self, features: &[&str]) -> Self {
        let mut zone = self.clone();
        zone.whole.retain(|feature| !features.contains(feature));
        let mut entries = Vec::new();
        for mut entry in zone.entries {
            if features.iter().any(|it| entry.features.contains(*it)) {
                let Some(plain) = entry.plain.take() else {
                    continue;
                };
                entry.text = plain;
                entry.features.clear();
            }
            entries.push(entry);
        }
        zone.entries = entries;
        zone
    }

    /// The zone without one entry, unless it needs that.
    pub(super) fn without_entry(&self, index: usize) -> Option<Self> {
        if self.entries.get(index)?.fixed {
            return None;
        }
        let mut zone = self.clone();
        zone.entries.remove(index);
        Some(zone)
    }
}

fn crlf(file: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(file.len() + file.len() / 16);
    for &octet in file {
        if octet == b'\n' {
            out.push(b'\r');
        }
        out.push(octet);
    }
    out
}
