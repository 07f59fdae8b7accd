//! Character-strings, numbers and digits, and the ways to write them.

use super::maker::Maker;

impl Maker {
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
