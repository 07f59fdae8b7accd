//! Records as entries: an owner, the fields before the RDATA in any order, RDATA in any form.

use std::collections::{BTreeMap, BTreeSet};

use super::classes::Tag;
use super::maker::{Labels, Maker};
use super::zone::Entry;

/// The owner of a record, for the next one.
pub(super) struct Owned {
    pub(super) text: Vec<u8>,
    pub(super) number: usize,
    /// What its text has that not all take alike.
    tags: BTreeSet<Tag>,
    /// The types it has, with their TTL if one was stated, and how many were stated by then.
    types: BTreeMap<u16, (Option<Vec<u8>>, usize)>,
}

impl Maker {
    /// A record, at times of the same owner as the one before; and its owner, if others may join.
    pub(super) fn record(&mut self, last: Option<Owned>) -> (Entry, Option<Owned>) {
        let fields = self.any_fields();
        let rdata_tags = std::mem::take(&mut self.used);
        let mut owned = match last {
            Some(owned)
                if !fields.alone
                    && !self.random.one_in(3)
                    && self.may_join(&owned, fields.number) =>
            {
                owned
            }
            _ => self.new_owner(fields.alone),
        };
        let ttl = self.ttl_field(&mut owned, fields.number);
        let ttl_tags = std::mem::take(&mut self.used);
        let mut header = self.header(ttl);
        header.push(fields.record_type.clone());
        let count = header.len();
        let owner = self.owner(&owned);
        // The same layout for both.
        let random = self.random.clone();
        let text = self.lay_out(&[&header[..], &fields.rdata].concat(), count, owner.blank);
        let peers_text = fields.peers.map(|(record_type, rdata)| {
            self.random = random;
            header.pop();
            header.push(record_type);
            self.lay_out(&[&header[..], &rdata].concat(), count, owner.blank)
        });
        let mut features = std::mem::take(&mut self.used);
        features.extend(rdata_tags);
        features.extend(ttl_tags);
        features.extend(&owned.tags);
        let owner = if self.wants("parenthesis-before-owner") {
            self.used.clear();
            features.insert("parenthesis-before-owner");
            None
        } else {
            Some(owner)
        };
        let mut entry = Entry {
            owner,
            text,
            peers_text,
            features,
            ..Entry::default()
        };
        if entry.owner.is_none() {
            for text in [Some(&mut entry.text), entry.peers_text.as_mut()]
                .into_iter()
                .flatten()
            {
                let start = [b"( ", &owned.text[..], b" )"].concat();
                text.splice(..0, start);
            }
        }
        (entry, (!fields.alone).then_some(owned))
    }

    fn new_owner(&mut self, alone: bool) -> Owned {
        let mut name: Labels = match self.random.below(12) {
            0 | 1 if !alone && self.origin != self.apex => self.origin.clone(),
            _ => self.fresh_name(),
        };
        // Some types stand at no wildcard.
        if alone && name.first().is_some_and(|label| label == b"*") {
            name.remove(0);
        }
        let number = self.number();
        let mut text = self.name(&name);
        if self.wants("quoted-owner") {
            text = format!("\"quoted{number}\"").into_bytes();
        }
        let tags = std::mem::take(&mut self.used);
        Owned {
            text,
            number,
            tags,
            types: BTreeMap::new(),
        }
    }

    /// Whether a record of this type can have the TTL of those of its set.
    fn may_join(&self, owned: &Owned, number: u16) -> bool {
        match owned.types.get(&number) {
            Some((None, stated)) => {
                *stated == self.stated_ttls || self.allowed.contains("ttl-unlike-its-set")
            }
            _ => true,
        }
    }

    /// A TTL or none: that of the other records of its set, unless it may differ.
    fn ttl_field(&mut self, owned: &mut Owned, number: u16) -> Option<Vec<u8>> {
        let mut ttl = self.random.one_in(3).then(|| self.ttl());
        match owned.types.get(&number) {
            Some((_, _)) if self.wants("ttl-unlike-its-set") => {}
            Some((set, _)) => ttl = set.clone(),
            None => {}
        }
        self.stated_ttls += usize::from(ttl.is_some());
        owned
            .types
            .entry(number)
            .or_insert_with(|| (ttl.clone(), self.stated_ttls));
        ttl
    }

    /// TTL and class: both, one, or none, in either order.
    fn header(&mut self, ttl: Option<Vec<u8>>) -> Vec<Vec<u8>> {
        let mut fields = Vec::from_iter(ttl);
        if self.wants("numbered-class") {
            fields.push(self.random.word(&["CLASS1", "class1", "CLASS00001"]));
        } else if self.wants("other-class") {
            fields.push(self.random.word(&["CH", "HS", "CLASS3", "CLASS999"]));
        } else if self.random.one_in(3) {
            fields.push(self.random.word(&["IN", "in", "In"]));
        }
        if self.random.one_in(2) {
            fields.reverse();
        }
        fields
    }
}
