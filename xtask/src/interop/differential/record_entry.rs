//! Records as entries: an owner, the fields before the RDATA in any order, RDATA in any form.

use std::collections::{BTreeMap, BTreeSet};

use super::classes::Tag;
use super::maker::{Labels, Maker};
use super::types::{FORMS, Form, RARE};
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

/// The fields behind the owner.
struct Fields {
    number: u16,
    record_type: Vec<u8>,
    rdata: Vec<Vec<u8>>,
    /// Type and RDATA for programs that do not know our mnemonics.
    peers: Option<(Vec<u8>, Vec<Vec<u8>>)>,
    /// Whether the owner can have no other record.
    alone: bool,
}

const MIMI: u16 = 65_357;
const MIMIX: u16 = 65_368;

impl Maker {
    /// A record, at times of the same owner as the one before; and its owner, if others may join.
    pub(super) fn record(&mut self, last: Option<Owned>) -> (Entry, Option<Owned>) {
        let kind = self.random.below(24);
        let fields = match kind {
            0 => self.alone("CNAME"),
            1 => self.alone("DNAME"),
            2 => self.delegation(),
            3..=5 => self.mimi(),
            6 => self.mimix(),
            7 => self.unknown_type(),
            8 => self.generic_of_known(),
            _ => self.known_type(),
        };
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
            fields.push(
                self.random
                    .pick(&["CLASS1", "class1", "CLASS00001"])
                    .as_bytes()
                    .to_vec(),
            );
        } else if self.wants("other-class") {
            fields.push(
                self.random
                    .pick(&["CH", "HS", "CLASS3", "CLASS999"])
                    .as_bytes()
                    .to_vec(),
            );
        } else if self.random.one_in(3) {
            fields.push(self.random.pick(&["IN", "in", "In"]).as_bytes().to_vec());
        }
        if self.random.one_in(2) {
            fields.reverse();
        }
        fields
    }

    fn fields(&mut self, name: &str, number: u16, rdata: Vec<Vec<u8>>) -> Fields {
        let mut record_type = name.as_bytes().to_vec();
        if self.random.one_in(6) {
            record_type.make_ascii_lowercase();
        }
        Fields {
            number,
            record_type,
            rdata,
            peers: None,
            alone: false,
        }
    }

    fn known_type(&mut self) -> Fields {
        let allowed: Vec<&Form> = RARE
            .iter()
            .filter(|form| form.lacking.iter().any(|tag| self.allowed.contains(tag)))
            .collect();
        let mut form = if allowed.is_empty() || self.random.one_in(2) {
            self.random.pick(FORMS)
        } else {
            *self.random.pick(&allowed)
        };
        while self.to_sign && form.unfit_to_sign {
            form = self.random.pick(FORMS);
        }
        let rdata = (form.make)(self);
        self.used.extend(form.lacking);
        if !form.is_read() && self.used.contains("quoted-name") {
            self.used.insert("text-not-read");
        }
        let is_alone = form.name == "NSEC3";
        let numbered = self.random.one_in(20) && form.lacking.is_empty();
        let name = if numbered {
            format!("TYPE{}", form.number)
        } else {
            form.name.to_owned()
        };
        let fields = self.fields(&name, form.number, rdata);
        Fields {
            alone: is_alone,
            ..fields
        }
    }

    fn alone(&mut self, name: &str) -> Fields {
        let rdata = vec![self.target()];
        let number = if name == "CNAME" { 5 } else { 39 };
        let fields = self.fields(name, number, rdata);
        Fields {
            alone: true,
            ..fields
        }
    }

    /// An NS below the apex, to a server that has an address.
    fn delegation(&mut self) -> Fields {
        let mut name = vec![b"ns".to_vec()];
        name.extend(self.apex.clone());
        let rdata = vec![self.name(&name)];
        let fields = self.fields("NS", 2, rdata);
        Fields {
            alone: true,
            ..fields
        }
    }

    fn unknown_type(&mut self) -> Fields {
        let code = self.random.between(65_280, 65_534);
        let code = if [MIMI, MIMIX].contains(&(code as u16)) {
            65_280
        } else {
            code
        };
        let count = match self.random.below(6) {
            0 => 0,
            1 => 300,
            _ => self.random.between(1, 40),
        };
        let octets = self.random.octets(count);
        let rdata = self.generic(&octets);
        self.fields(&format!("TYPE{code}"), code as u16, rdata)
    }

    /// A type that everybody knows, as octets.
    fn generic_of_known(&mut self) -> Fields {
        let (name, number, octets): (&str, u16, &[u8]) = *self.random.pick(&[
            ("A", 1, &b"\xC0\x00\x02\x01"[..]),
            ("TYPE1", 1, b"\xC0\x00\x02\x02"),
            ("AAAA", 28, b"\x20\x01\x0D\xB8\0\0\0\0\0\0\0\0\0\0\0\x01"),
            ("TXT", 16, b"\x05hello\x00\x01\xFF"),
            ("type16", 16, b"\x05Hello"),
            ("MX", 15, b"\x00\x0A\x04Mail\x07example\x00"),
            ("SRV", 33, b"\0\0\0\0\x14\x95\x04srv1\0"),
            ("HINFO", 13, b"\x01a\x01b"),
            ("CAA", 257, b"\0\x05issueca.example"),
        ]);
        let rdata = self.generic(octets);
        self.fields(name, number, rdata)
    }

    /// Generic form of octets.
    fn generic(&mut self, octets: &[u8]) -> Vec<Vec<u8>> {
        let mut fields = vec![br"\#".to_vec(), octets.len().to_string().into_bytes()];
        if !octets.is_empty() {
            fields.extend(self.hex_words(octets));
        }
        fields
    }

    /// One field, so that the layout is the same for both readers.
    fn for_peers(&mut self, code: u16, octets: &[u8]) -> (Vec<u8>, Vec<Vec<u8>>) {
        let generic = self.generic(octets).join(&b' ');
        (format!("TYPE{code}").into_bytes(), vec![generic])
    }

    fn mimi(&mut self) -> Fields {
        let strings: Vec<Vec<u8>> = match self.random.below(6) {
            0 => (0..self.random.between(1, 4))
                .map(|_| self.string_octets())
                .collect(),
            1 => vec![b"v=MIMI1; a=al".to_vec(), b"ice; e=im.example.net".to_vec()],
            2 => vec!["v=MIMI1; a=b\u{fc}cher; e=im.example.net".into()],
            _ => vec![b"v=MIMI1; p=1; a=\"quoted\"; e=im.example.net; s=x".to_vec()],
        };
        let mut octets = Vec::new();
        for string in &strings {
            octets.push(string.len() as u8);
            octets.extend(string);
        }
        let peers = self.for_peers(MIMI, &octets);
        if self.random.one_in(3) {
            return Fields {
                number: MIMI,
                record_type: peers.0,
                rdata: peers.1,
                peers: None,
                alone: false,
            };
        }
        let texts: Vec<Vec<u8>> = strings
            .iter()
            .map(|string| self.string_of(string))
            .collect();
        let fields = self.fields("MIMI", MIMI, vec![texts.join(&b' ')]);
        Fields {
            peers: Some(peers),
            ..fields
        }
    }

    fn mimix(&mut self) -> Fields {
        let name = match self.random.below(4) {
            0 => self.origin.clone(),
            1 => vec![b"Mimi".to_vec(), b"example".to_vec(), b"net".to_vec()],
            _ => self.fresh_name(),
        };
        let mut octets = Vec::new();
        for label in &name {
            octets.push(label.len() as u8);
            octets.extend(label);
        }
        octets.push(0);
        let peers = self.for_peers(MIMIX, &octets);
        let text = self.name(&name);
        let fields = self.fields("MIMIX", MIMIX, vec![text]);
        Fields {
            peers: Some(peers),
            ..fields
        }
    }
}
