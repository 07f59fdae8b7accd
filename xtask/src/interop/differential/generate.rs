//! Zones from random numbers: good ones with every way to write things, and broken ones.

use super::classes::Tag;
use super::damage;
use super::directives;
use super::maker::Maker;
use super::random::Random;
use super::records::Owned;
use super::zone::{Entry, Owner, Zone};

/// Zones' names, most of them the first.
const APEXES: [&str; 6] = [
    "example.",
    "example.",
    "example.",
    "Sub.Example.COM.",
    "2.0.192.in-addr.arpa.",
    ".",
];

/// Features that not all readers take alike, which a good zone may have one or two of.
const CONTENTIOUS: &[Tag] = &[
    "caa-tag-case",
    "at-sign-as-gateway",
    "backslash-escaped-in-a-bare-word",
    "bracket-escaped",
    "hash-escaped",
    "ttl-unlike-its-set",
    "control-octets",
    "dot-in-bare-string",
    "sign-before-bare-string",
    "crlf",
    "escaped-line-feed",
    "generate",
    "include-blank-owner",
    "include-changes-origin",
    "include-quoted",
    "include-without-final-newline",
    "include-relative-origin",
    "line-feed-in-quotes",
    "locator-without-zeros",
    "nested-parentheses",
    "numbered-class",
    "octets-in-names",
    "octets-in-strings",
    "other-class",
    "out-of-zone",
    "parenthesis-after-blank-owner",
    "parenthesis-before-owner",
    "punctuation-in-names",
    "quoted-name",
    "quoted-owner",
    "relative-origin",
    "svcb-dohpath",
    "touching-strings",
    "type-obsolete",
    "type-unknown-to-knot",
    "type-unknown-to-nsd",
    "words-split-anywhere",
];

/// The zone with this number of this seed: good ones are even.
pub(super) fn zone(seed: u64, number: u64) -> Zone {
    let mut random = Random::new(seed, number);
    let is_good = number.is_multiple_of(2);
    let apex = if is_good {
        *random.pick(&APEXES)
    } else {
        APEXES[0]
    };
    let mut maker = Maker::new(random, apex);
    let mut zone = Zone {
        apex: apex.to_owned(),
        ..Zone::default()
    };
    if is_good && maker.random.one_in(3) {
        for _ in 0..maker.random.between(1, 2) {
            let tag = *maker.random.pick(CONTENTIOUS);
            maker.allowed.insert(tag);
        }
    }
    if maker.allowed.contains("crlf") {
        zone.whole.insert("crlf");
        // Here the carriage return would be what is escaped.
        maker.allowed.remove("escaped-line-feed");
    }
    if maker.random.one_in(10) {
        zone.whole.insert("no-final-newline");
        maker.ends_open = true;
    }
    let inherits_ttl = is_good && maker.random.one_in(6);
    if inherits_ttl {
        zone.whole.insert("no-default-ttl");
    }
    head(&mut maker, &mut zone.entries, inherits_ttl);
    let count = if is_good {
        maker.random.between(4, 24)
    } else {
        maker.random.between(0, 6)
    };
    let mut last = None;
    for _ in 0..count {
        body(&mut maker, &mut zone.entries, &mut last);
    }
    if !is_good && maker.random.one_in(50) {
        zone.whole.insert("byte-order-mark");
    } else if !is_good {
        let entry = damage::entry(&mut maker);
        let first = zone
            .entries
            .iter()
            .rposition(|entry| entry.fixed)
            .map_or(0, |fixed| fixed + 1);
        let last = zone.entries.len();
        // What stands behind another origin than was meant would be other records.
        let first = if entry.text.starts_with(b"$ORIGIN") {
            last
        } else {
            first
        };
        let place = maker.random.between(first, last);
        zone.entries.insert(place, entry);
    }
    if zone.whole.contains("no-final-newline") {
        // A blank last line would not be one.
        let last = Entry::line("last-line A 192.0.2.9");
        zone.entries.push(last);
    }
    zone
}

/// A zone that signers take: with nothing in it that signing adds.
pub(super) fn zone_to_sign(seed: u64, number: u64) -> Zone {
    let mut maker = Maker::new(Random::new(seed, number), APEXES[0]);
    maker.to_sign = true;
    let mut zone = Zone {
        apex: APEXES[0].to_owned(),
        ..Zone::default()
    };
    head(&mut maker, &mut zone.entries, false);
    let mut last = None;
    for _ in 0..60 {
        body(&mut maker, &mut zone.entries, &mut last);
    }
    zone
}

/// What every zone needs: an origin, a TTL, an SOA, an NS with an address.
fn head(maker: &mut Maker, entries: &mut Vec<Entry>, inherits_ttl: bool) {
    let apex = maker.apex.clone();
    // Plain, since no zone can do without it.
    let allowed = std::mem::take(&mut maker.allowed);
    let fixed = |text: Vec<u8>| Entry {
        fixed: true,
        ..Entry::line(text)
    };
    if maker.random.one_in(2) {
        let mut text = b"$ORIGIN ".to_vec();
        text.extend(directives::absolute(&apex));
        entries.push(fixed(text));
    }
    if !inherits_ttl && maker.random.one_in(2) {
        entries.push(fixed(directives::ttl(maker)));
    }
    let mut fields: Vec<Vec<u8>> = Vec::new();
    if inherits_ttl && maker.random.one_in(2) {
        fields.push(maker.ttl());
    }
    if maker.random.one_in(2) {
        fields.push(b"IN".to_vec());
    }
    fields.push(b"SOA".to_vec());
    let header = fields.len();
    fields.push(b"ns".to_vec());
    fields.push(b"host\\.master".to_vec());
    fields.push(maker.decimal(u32::MAX));
    for _ in 0..4 {
        fields.push(maker.ttl());
    }
    let mut text = b"@".to_vec();
    text.extend(maker.lay_out(&fields, header, false));
    entries.push(fixed(text));
    entries.push(fixed(b" NS ns".to_vec()));
    entries.push(fixed(b"ns A 192.0.2.53".to_vec()));
    maker.allowed = allowed;
}

/// Another entry. `last` is the owner of the last record, if others may join it.
fn body(maker: &mut Maker, entries: &mut Vec<Entry>, last: &mut Option<Owned>) {
    match maker.random.below(24) {
        0 => {
            let blank: [&[u8]; 4] = [b"", b"   ", b"\t", b" \t "];
            entries.push(Entry::line(*maker.random.pick(&blank)));
        }
        1 => {
            let mut text = maker.random.pick(&[&b""[..], b"  ", b"\t"]).to_vec();
            text.extend(maker.comment());
            entries.push(Entry::line(text));
        }
        2 => entries.push(Entry::line(directives::ttl(maker))),
        3 | 4 => entries.push(directives::origin(maker)),
        5 if maker.allowed.contains("out-of-zone") => {
            let number = maker.number();
            entries.push(
                Entry::line(format!("out{number}.elsewhere. A 192.0.2.1")).with("out-of-zone"),
            );
            *last = None;
        }
        6 => entries.push(Entry::line("( )")),
        7 if maker.allowed.contains("generate") => {
            entries.push(directives::generate(maker));
            // Who owns what follows is read in two ways.
            *last = None;
        }
        8 if may_include(maker, entries) => {
            entries.push(directives::include(maker));
            *last = None;
        }
        _ => {
            let (entry, owner) = maker.record(last.take());
            entries.push(entry);
            *last = owner;
        }
    }
}

/// Whether a zone may include a file. It has one name, so that there is room for one.
fn may_include(maker: &Maker, entries: &[Entry]) -> bool {
    let is_free = entries.iter().all(|entry| entry.beside.is_empty());
    is_free && (!maker.ends_open || maker.allowed.contains("include-without-final-newline"))
}

impl Maker {
    /// The text of a TTL.
    pub(super) fn ttl(&mut self) -> Vec<u8> {
        let units: [&str; 8] = [
            "1h",
            "1h30m",
            "2D",
            "1W2d3h4m5s",
            "30m1h",
            "90S",
            "0s",
            "1m1m",
        ];
        match self.random.below(6) {
            0 | 1 => self.random.word(&units),
            2 => b"2147483647".to_vec(),
            3 => b"0".to_vec(),
            _ => self.random.between(1, 100_000).to_string().into_bytes(),
        }
    }

    /// The owner's text in an entry, to be left blank if the one before has the same.
    pub(super) fn owner(&mut self, owned: &Owned) -> Owner {
        Owner {
            text: owned.text.clone(),
            number: owned.number,
            blank: self.random.below(4) > 0,
        }
    }
}
