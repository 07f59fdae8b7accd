//! What a zone holds: households of twenty records, the same ones in every shape.
//!
//! Each has a host (two A, a TXT), a delegation (two NS), and seven users with definition strings: seven in generic form, seven quoted, and a
//! TXT beside them. Three quarters of the records begin an RRset.

use std::fmt::Write as _;

/// The zone's name.
pub(super) const APEX: &str = "example.org.";

/// How many records a household has.
pub(super) const RECORDS: u64 = 20;

const NAMES: [&str; 16] = [
    "anna-berg",
    "bela-kovacs",
    "chidi-obi",
    "dora-lind",
    "emre-kaya",
    "farah-aziz",
    "goran-ilic",
    "hana-mori",
    "ivo-pavlov",
    "jun-tanaka",
    "kofi-mensah",
    "lena-wolf",
    "mio-sato",
    "nadia-haddad",
    "omar-said",
    "pia-rossi",
];
const HOSTS: [&str; 4] = [
    "im.example.net",
    "mimi.example.com",
    "gateway.chat.example.net",
    "xmpp.mimi.example.org",
];
const SERVICES: [&str; 5] = ["whatsapp", "telegram", "signal", "matrix", "wire"];

/// What the users of a household have, user by user.
const USERS: [&[Form]; 7] = [
    &[Form::Generic, Form::Generic, Form::Quoted],
    &[Form::Generic, Form::Quoted],
    &[Form::Generic, Form::Quoted, Form::Quoted],
    &[Form::Generic],
    &[Form::Quoted],
    &[Form::Generic, Form::Quoted, Form::Note],
    &[Form::Generic, Form::Quoted],
];

#[derive(Clone, Copy)]
enum Form {
    Generic,
    Quoted,
    Note,
}

/// Whose a record is. The records of an owner stand together.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner<'a> {
    Host,
    Delegation,
    /// A user, by the label of the name.
    User(&'a str),
}

/// A record's data.
pub(super) enum Content<'a> {
    /// An IPv4 address, written out.
    Address(&'a str),
    /// The host of the same household is a name server.
    NearNameServer,
    /// One elsewhere is.
    FarNameServer,
    /// Text, of type TXT.
    Text(&'a str),
    /// A definition string, as quoted text.
    Quoted(&'a str),
    /// A definition string, to be written in generic form.
    Generic(&'a str),
}

/// Gives the records of household `number` in their order.
pub(super) fn household(number: u64, mut record: impl FnMut(Owner<'_>, Content<'_>)) {
    let mut random = Random(number);
    let mut text = String::with_capacity(128);
    let [.., high, middle, low] = number.to_be_bytes();
    let write = |text: &mut String, arguments: std::fmt::Arguments<'_>| {
        text.clear();
        // A String takes everything.
        let _ = text.write_fmt(arguments);
    };

    write(&mut text, format_args!("10.{high}.{middle}.{low}"));
    record(Owner::Host, Content::Address(&text));
    write(&mut text, format_args!("198.18.{middle}.{low}"));
    record(Owner::Host, Content::Address(&text));
    write(
        &mut text,
        format_args!("v=spf1 ip4:198.18.{middle}.0/24 -all"),
    );
    record(Owner::Host, Content::Text(&text));
    record(Owner::Delegation, Content::NearNameServer);
    record(Owner::Delegation, Content::FarNameServer);

    let mut label = String::with_capacity(16);
    for (user, forms) in (number * 7..).zip(USERS) {
        let name = random.pick(&NAMES);
        write(&mut label, format_args!("{name}{user}"));
        let host = random.pick(&HOSTS);
        for (priority, form) in (1..).zip(forms) {
            let service = random.pick(&SERVICES);
            write(&mut text, format_args!("v=MIMI1; a={label}; e={host}"));
            match random.below(4) {
                0 if forms.len() == 1 => {}
                1 if forms.len() == 1 => text.push_str(&format!("; s={service}")),
                0 | 1 => text.push_str(&format!("; p={priority}")),
                _ => text.push_str(&format!("; p={priority}; s={service}")),
            }
            let owner = Owner::User(&label);
            match form {
                Form::Generic => record(owner, Content::Generic(&text)),
                Form::Quoted => record(owner, Content::Quoted(&text)),
                Form::Note => record(owner, Content::Text("moved here in spring")),
            }
        }
    }
}

/// A character-string: its length, its octets.
pub(crate) fn character_string(text: &str) -> Vec<u8> {
    let mut octets = Vec::with_capacity(text.len() + 1);
    // Definition strings here have fewer than 256 octets.
    octets.push(text.len() as u8);
    octets.extend_from_slice(text.as_bytes());
    octets
}

/// Writes octets in hexadecimal digits.
pub(crate) fn push_hex(out: &mut String, octets: &[u8]) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    for octet in octets {
        out.push(char::from(DIGITS[usize::from(octet >> 4)]));
        out.push(char::from(DIGITS[usize::from(octet & 15)]));
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014): varies what is written, the same way everywhere.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below a small bound.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    /// One of some.
    pub(crate) fn pick<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[(self.next() % choices.len() as u64) as usize]
    }
}
