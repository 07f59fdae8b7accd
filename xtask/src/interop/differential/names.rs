//! Names: new ones, and the ways to write one.

use super::maker::{Labels, Maker};

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
}
