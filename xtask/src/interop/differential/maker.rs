//! The parts that records are made of: names, character-strings, numbers, written in any way that means the same.

use std::collections::BTreeSet;

use super::classes::Tag;
use super::random::Random;

/// A name: labels from the left, without the root.
pub(super) type Labels = Vec<Vec<u8>>;

/// Makes parts, and remembers which features they got.
pub(super) struct Maker {
    pub(super) random: Random,
    pub(super) apex: Labels,
    pub(super) origin: Labels,
    /// Features to use now and then that not all readers take alike.
    pub(super) allowed: BTreeSet<Tag>,
    /// Whether the zone is to be signed.
    pub(super) to_sign: bool,
    /// Whether the zone ends without a line feed.
    pub(super) ends_open: bool,
    /// Features of the entry in the making.
    pub(super) used: BTreeSet<Tag>,
    /// How many records and directives stated a TTL.
    pub(super) stated_ttls: usize,
    counter: usize,
}

/// Beginnings of labels; a number follows, so that no owner comes by chance to what another one has.
const STEMS: [&str; 10] = [
    "a",
    "www",
    "Mail",
    "_sip",
    "x-y",
    "_dmarc",
    "n",
    "1",
    "UPPER",
    "xn--bcher-kva-",
];

/// Octets that all readers take bare in a name.
const BARE_IN_NAMES: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_/*";
/// Octets that some take bare in a name, and Knot does not.
const PUNCTUATION: &[u8] = b"+'!#%&,:<=>?[]^`{|}~";

impl Maker {
    pub(super) fn new(random: Random, apex: &str) -> Self {
        let apex: Labels = apex
            .split('.')
            .filter(|label| !label.is_empty())
            .map(Into::into)
            .collect();
        Self {
            random,
            origin: apex.clone(),
            apex,
            allowed: BTreeSet::new(),
            to_sign: false,
            ends_open: false,
            used: BTreeSet::new(),
            stated_ttls: 0,
            counter: 0,
        }
    }

    /// Whether to use a feature here that not all readers take alike.
    pub(super) fn wants(&mut self, feature: Tag) -> bool {
        let wants = self.allowed.contains(&feature) && self.random.one_in(2);
        if wants {
            self.used.insert(feature);
        }
        wants
    }

    pub(super) fn number(&mut self) -> usize {
        self.counter += 1;
        self.counter
    }

    /// A label that no other name has.
    pub(super) fn fresh_label(&mut self) -> Vec<u8> {
        let stem = *self.random.pick(&STEMS);
        let number = self.number();
        let mut label = format!("{stem}{number}").into_bytes();
        match self.random.below(24) {
            // Signers write punctuation bare, which Knot refuses.
            0 | 1 | 3 if self.to_sign => {}
            0 => label.extend(self.random.octets(4)),
            1 => label.extend(b" .\\\"();@$\n"),
            2 => label.resize(63, b'l'),
            3 => {
                label.push(b'.');
                label.insert(0, *self.random.pick(PUNCTUATION));
            }
            _ => {}
        }
        label
    }

    /// A name in the zone that no other record has, below the origin.
    pub(super) fn fresh_name(&mut self) -> Labels {
        let mut name = vec![self.fresh_label()];
        match self.random.below(20) {
            0 => name.insert(0, b"*".to_vec()),
            1 | 2 => name.insert(0, b"deep".to_vec()),
            // dnssec-signzone finds no room for the wildcard below it.
            3 if self.to_sign => {}
            3 => {
                // As long as a name may be: 255 octets with the root.
                let length: usize = name
                    .iter()
                    .chain(&self.origin)
                    .map(|label| label.len() + 1)
                    .sum();
                let mut room = 254_usize.saturating_sub(length);
                while room > 1 {
                    let label = room.min(64) - 1;
                    let label = if room - label == 2 { label - 1 } else { label };
                    name.insert(0, vec![b'L'; label]);
                    room -= label + 1;
                }
            }
            _ => {}
        }
        name.extend(self.origin.iter().cloned());
        name
    }

    /// The text of a name: relative to the origin where it can be, most of the time.
    pub(super) fn name(&mut self, name: &Labels) -> Vec<u8> {
        let below = name.len().checked_sub(self.origin.len());
        let below = below.filter(|&count| name[count..] == self.origin[..]);
        match below {
            Some(0) if !self.random.one_in(4) => b"@".to_vec(),
            Some(count) if count > 0 && !self.random.one_in(5) => self.labels(&name[..count]),
            _ => {
                let mut text = self.labels(name);
                text.push(b'.');
                text
            }
        }
    }

    fn labels(&mut self, labels: &[Vec<u8>]) -> Vec<u8> {
        let mut text = Vec::new();
        for (index, label) in labels.iter().enumerate() {
            if index > 0 {
                text.push(b'.');
            }
            let escape_all = self.random.one_in(30);
            for &octet in label {
                self.name_octet(octet, escape_all, &mut text);
            }
        }
        text
    }

    fn name_octet(&mut self, octet: u8, escape: bool, text: &mut Vec<u8>) {
        let bare = BARE_IN_NAMES.contains(&octet) && !escape
            || PUNCTUATION.contains(&octet) && self.wants("punctuation-in-names")
            || !octet.is_ascii() && self.wants("octets-in-names");
        if bare {
            text.push(octet);
        } else if self.may_be_escaped_itself(octet, text) && self.random.one_in(2) {
            text.extend([b'\\', octet]);
        } else {
            text.extend(format!("\\{octet:03}").bytes());
        }
    }

    /// Whether `\X` may stand for the octet X here.
    fn may_be_escaped_itself(&mut self, octet: u8, before: &[u8]) -> bool {
        match octet {
            b'[' if matches!(before.last(), None | Some(b'.')) => self.wants("bracket-escaped"),
            b'\\' => self.wants("backslash-escaped-in-a-bare-word"),
            b'#' if before.is_empty() => self.wants("hash-escaped"),
            _ => octet.is_ascii_graphic() && !octet.is_ascii_digit(),
        }
    }

    /// The text of a name to point to: the origin, the root, a name in the zone or outside.
    pub(super) fn target(&mut self) -> Vec<u8> {
        if self.wants("quoted-name") {
            return b"\"quoted-name\"".to_vec();
        }
        let name = match self.random.below(12) {
            0 => self.origin.clone(),
            1 => Vec::new(),
            2 | 3 => self.apex.clone(),
            4 | 5 => vec![b"im".to_vec(), b"Example".to_vec(), b"net".to_vec()],
            6 => vec![self.fresh_label(), b"elsewhere".to_vec()],
            _ => self.fresh_name(),
        };
        self.name(&name)
    }

    /// The text of a character-string of these octets.
    pub(super) fn string_of(&mut self, octets: &[u8]) -> Vec<u8> {
        // Knot refuses some of the longest bare words.
        let quoted = octets.is_empty() || octets.len() > 250 || self.random.below(4) > 0;
        let mut text = Vec::new();
        if quoted {
            text.push(b'"');
        }
        for (index, &octet) in octets.iter().enumerate() {
            self.string_octet(octet, quoted, &mut text);
            // `\#` would be generic form.
            if index == 0 && !quoted && text == br"\#" {
                text = br"\035".to_vec();
            }
        }
        if quoted {
            text.push(b'"');
        }
        text
    }

    fn string_octet(&mut self, octet: u8, quoted: bool, text: &mut Vec<u8>) {
        let special = match octet {
            b'"' | b'\\' => true,
            b' ' | b'\t' | b';' | b'(' | b')' => !quoted,
            b'.' => !quoted && !self.wants("dot-in-bare-string"),
            b'@' | b'$' if !quoted && text.is_empty() => !self.wants("sign-before-bare-string"),
            _ => !octet.is_ascii_graphic(),
        };
        let bare = !special && !self.random.one_in(20)
            || !octet.is_ascii() && self.wants("octets-in-strings")
            || matches!(octet, 1..=8 | 11..=12 | 14..=31 | 127) && self.wants("control-octets");
        if bare {
            text.push(octet);
        } else if octet == b'\\' && !quoted && !self.wants("backslash-escaped-in-a-bare-word") {
            text.extend(br"\092");
        } else if octet.is_ascii_graphic() && !octet.is_ascii_digit() && self.random.one_in(2) {
            text.extend([b'\\', octet]);
        } else {
            text.extend(format!("\\{octet:03}").bytes());
        }
    }

    /// The octets of a character-string: mostly short text, at times all octets, nothing, or 255 of them.
    pub(super) fn string_octets(&mut self) -> Vec<u8> {
        match self.random.below(16) {
            0 => Vec::new(),
            1 => self.random.octets(255),
            2 => vec![b'x'; 255],
            3 => {
                let count = self.random.between(1, 12);
                self.random.octets(count)
            }
            4 => b"semi;colon (paren) \"quote\" back\\slash".to_vec(),
            5 => b"v=spf1 ip4:192.0.2.0/24 -all".to_vec(),
            6 => b"tab\there".to_vec(),
            _ => {
                let count = self.random.between(1, 20);
                let printable = b"abcdefghijklmnopqrstuvwxyz0123456789=;+/-._~!*'@#$%&, ";
                (0..count).map(|_| *self.random.pick(printable)).collect()
            }
        }
    }

    /// The text of a character-string.
    pub(super) fn string(&mut self) -> Vec<u8> {
        if self.wants("line-feed-in-quotes") {
            return b"\"line\nfeed\"".to_vec();
        }
        if self.wants("escaped-line-feed") {
            return b"\"line\\\nfeed\"".to_vec();
        }
        let octets = self.string_octets();
        self.string_of(&octets)
    }

    /// A decimal number up to `max`, as a field.
    pub(super) fn decimal(&mut self, max: u32) -> Vec<u8> {
        let value = match self.random.below(6) {
            0 => 0,
            1 => max,
            2 => max / 2,
            _ => (self.random.next() as u32) % max.clamp(1, 1000),
        };
        let zeros = if self.random.one_in(15) { "00" } else { "" };
        format!("{zeros}{value}").into_bytes()
    }

    /// Hexadecimal digits of some octets, in one word or in several that split between octets.
    pub(super) fn hex_words(&mut self, octets: &[u8]) -> Vec<Vec<u8>> {
        let upper = self.random.one_in(3);
        let digits: Vec<u8> = octets
            .iter()
            .flat_map(|octet| {
                let text = if upper {
                    format!("{octet:02X}")
                } else {
                    format!("{octet:02x}")
                };
                text.into_bytes()
            })
            .collect();
        self.split(&digits, 2)
    }

    /// Text in one word, or at times in several whose lengths are multiples of `unit`.
    pub(super) fn split(&mut self, text: &[u8], unit: usize) -> Vec<Vec<u8>> {
        if text.is_empty() || !self.random.one_in(3) {
            return vec![text.to_vec()];
        }
        let unit = if self.wants("words-split-anywhere") {
            1
        } else {
            unit
        };
        let length = unit * self.random.between(1, 16);
        text.chunks(length).map(<[u8]>::to_vec).collect()
    }
}
