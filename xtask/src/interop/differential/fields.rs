//! Type and RDATA of a record, as text or in generic form.

use super::maker::Maker;
use super::types::{FORMS, Form, RARE};

/// The fields behind the owner.
pub(super) struct Fields {
    pub(super) number: u16,
    pub(super) record_type: Vec<u8>,
    pub(super) rdata: Vec<Vec<u8>>,
    /// Type and RDATA for programs that do not know our mnemonics.
    pub(super) peers: Option<(Vec<u8>, Vec<Vec<u8>>)>,
    /// Whether the owner can have no other record.
    pub(super) alone: bool,
}

const MIMI: u16 = 65_357;
const MIMIX: u16 = 65_368;

impl Maker {
    /// Those of any type.
    pub(super) fn any_fields(&mut self) -> Fields {
        match self.random.below(24) {
            0 => self.alone("CNAME"),
            1 => self.alone("DNAME"),
            2 => self.delegation(),
            3..=5 => self.mimi(),
            6 => self.mimix(),
            7 => self.unknown_type(),
            8 => self.generic_of_known(),
            _ => self.known_type(),
        }
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
