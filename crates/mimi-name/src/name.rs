//! [`DomainName`]: an absolute name in uncompressed wire form (RFC 1035 §3.1), compared as RFC 4034 §6.1 orders names.

use alloc::vec::Vec;
use core::cmp::Ordering;
use core::hash::{Hash, Hasher};

use crate::error::{LabelError, WireError};

/// An absolute domain name: labels of 1 to 63 raw octets, at most 255 octets in wire form (RFC 1035 §2.3.4).
///
/// Labels hold any octet (RFC 2181 §11). Equality, hashing and order ignore the case of ASCII letters and nothing else;
/// the order is the canonical one of RFC 4034 §6.1: by labels from the root, each as lower-cased octets.
pub struct DomainName {
    /// Length-prefixed labels, closed by the root's zero octet. Always valid.
    wire: Vec<u8>,
}

impl DomainName {
    /// The longest name in wire form, in octets, the root's zero octet included.
    pub const MAX_LENGTH: usize = 255;
    /// The longest label, in octets.
    pub const MAX_LABEL_LENGTH: usize = 63;

    /// The root, `.`.
    pub fn root() -> Self {
        Self {
            wire: alloc::vec![0],
        }
    }

    /// Whether this is the root.
    pub fn is_root(&self) -> bool {
        self.wire.len() == 1
    }

    /// Reads octets that are exactly one uncompressed name.
    ///
    /// # Errors
    /// [`WireError`] when the octets end early, hold a compression pointer, go on after the root, or are too long.
    pub fn from_wire(octets: &[u8]) -> Result<Self, WireError> {
        let (name, rest) = Self::split_wire(octets)?;
        if rest.is_empty() {
            Ok(name)
        } else {
            Err(WireError::TrailingOctets {
                position: octets.len() - rest.len(),
            })
        }
    }

    /// Reads one uncompressed name from the front of `octets`, and returns what follows it.
    ///
    /// # Errors
    /// [`WireError`], but never [`WireError::TrailingOctets`].
    pub fn split_wire(octets: &[u8]) -> Result<(Self, &[u8]), WireError> {
        let mut position = 0;
        loop {
            let length = match octets.get(position) {
                None => return Err(WireError::EndsEarly { position }),
                Some(0) => break,
                Some(&length @ 1..=63) => usize::from(length),
                Some(&octet @ 0xC0..) => return Err(WireError::Compressed { position, octet }),
                Some(&octet) => return Err(WireError::UnknownLabelType { position, octet }),
            };
            let next = position + 1 + length;
            // One more octet is due for the root.
            if next + 1 > Self::MAX_LENGTH {
                return Err(WireError::TooLong { position });
            }
            if next > octets.len() {
                return Err(WireError::EndsEarly { position });
            }
            position = next;
        }
        let (name, rest) = octets.split_at(position + 1);
        Ok((
            Self {
                wire: name.to_vec(),
            },
            rest,
        ))
    }

    /// Builds a name from its labels, the leftmost first, without the root.
    ///
    /// # Errors
    /// [`LabelError`] when a label is empty or too long, or all of them are too long together.
    pub fn from_labels<L: AsRef<[u8]>>(
        labels: impl IntoIterator<Item = L>,
    ) -> Result<Self, LabelError> {
        let mut wire = Vec::with_capacity(32);
        for (index, label) in labels.into_iter().enumerate() {
            push_label(&mut wire, index, label.as_ref())?;
        }
        wire.push(0);
        Ok(Self { wire })
    }

    /// Takes octets that are known to be one name.
    pub(crate) fn from_valid_wire(wire: Vec<u8>) -> Self {
        Self { wire }
    }

    /// Lets `write` append a wire form to the emptied memory of this one; after an error the name is the root.
    pub(crate) fn replace_wire<E>(
        &mut self,
        write: impl FnOnce(&mut Vec<u8>) -> Result<(), E>,
    ) -> Result<(), E> {
        self.wire.clear();
        let result = write(&mut self.wire);
        if result.is_err() {
            self.wire.clear();
            self.wire.push(0);
        }
        result
    }

    /// The octets of the wire form, closed by the root's zero octet.
    pub fn as_wire(&self) -> &[u8] {
        &self.wire
    }

    /// The labels from left to right, without the root.
    pub fn labels(&self) -> Labels<'_> {
        Labels { rest: &self.wire }
    }

    /// How many labels the name has, the root not counted.
    pub fn label_count(&self) -> usize {
        self.labels().count()
    }

    /// The name without its leftmost label; `None` for the root.
    pub fn parent(&self) -> Option<Self> {
        let mut labels = self.labels();
        labels.next()?;
        Some(Self {
            wire: labels.rest.to_vec(),
        })
    }

    /// Whether the name is `ancestor` or stands below it.
    pub fn is_within(&self, ancestor: &Self) -> bool {
        let mut labels = self.labels();
        loop {
            if labels.rest.len() <= ancestor.wire.len() {
                return labels.rest.eq_ignore_ascii_case(&ancestor.wire);
            }
            labels.next();
        }
    }

    /// This name's labels followed by those of `suffix`: `www.` under `example.com.` is `www.example.com.`
    ///
    /// # Errors
    /// [`LabelError::NameTooLong`] when the result exceeds [`MAX_LENGTH`](Self::MAX_LENGTH).
    pub fn under(&self, suffix: &Self) -> Result<Self, LabelError> {
        Self::from_labels(self.labels().chain(suffix.labels()))
    }

    /// One more label at the left of this name.
    ///
    /// # Errors
    /// [`LabelError`] when the label is empty or too long, or the result is.
    pub fn prepend(&self, label: &[u8]) -> Result<Self, LabelError> {
        Self::from_labels(core::iter::once(label).chain(self.labels()))
    }

    /// Puts another label in place of the leftmost one, in the memory that is there.
    ///
    /// # Errors
    /// [`LabelError`] when the label is empty or too long, the name would be too long, or it is the root; the name is as it was then.
    pub fn replace_first_label(&mut self, label: &[u8]) -> Result<(), LabelError> {
        let length = match u8::try_from(label.len()) {
            Ok(length @ 1..=63) => length,
            Ok(0) => return Err(LabelError::Empty { index: 0 }),
            _ => {
                return Err(LabelError::LabelTooLong {
                    index: 0,
                    length: label.len(),
                });
            }
        };
        let old_length = self.wire.len();
        let (old, new) = match self.wire.first() {
            Some(&old @ 1..) => (1 + usize::from(old), 1 + label.len()),
            _ => return Err(LabelError::Empty { index: 0 }),
        };
        let new_length = old_length - old + new;
        if new_length > Self::MAX_LENGTH {
            return Err(LabelError::NameTooLong { index: 0 });
        }
        if new > old {
            self.wire.resize(new_length, 0);
        }
        if new != old {
            self.wire.copy_within(old..old_length, new);
            self.wire.truncate(new_length);
        }
        self.wire[0] = length;
        self.wire[1..new].copy_from_slice(label);
        Ok(())
    }

    /// The same name with ASCII letters in lower case: the canonical form of RFC 4034 §6.2.
    pub fn to_lowercase(&self) -> Self {
        // Length octets are at most 63, below every ASCII letter: lower-casing all octets leaves them alone.
        Self {
            wire: self.wire.to_ascii_lowercase(),
        }
    }

    /// Whether both names are the same octet for octet, case included.
    pub fn eq_case(&self, other: &Self) -> bool {
        self.wire == other.wire
    }
}

/// Appends a label to an unfinished wire form, keeping room for the root's octet.
fn push_label(wire: &mut Vec<u8>, index: usize, label: &[u8]) -> Result<(), LabelError> {
    let length = match u8::try_from(label.len()) {
        Ok(0) => return Err(LabelError::Empty { index }),
        Ok(length @ 1..=63) => length,
        _ => {
            return Err(LabelError::LabelTooLong {
                index,
                length: label.len(),
            });
        }
    };
    if wire.len() + 1 + label.len() + 1 > DomainName::MAX_LENGTH {
        return Err(LabelError::NameTooLong { index });
    }
    wire.push(length);
    wire.extend_from_slice(label);
    Ok(())
}

impl Clone for DomainName {
    fn clone(&self) -> Self {
        Self {
            wire: self.wire.clone(),
        }
    }

    /// Into the memory that is there.
    fn clone_from(&mut self, source: &Self) {
        self.wire.clone_from(&source.wire);
    }
}

impl PartialEq for DomainName {
    fn eq(&self, other: &Self) -> bool {
        // Mostly both are written alike.
        self.wire == other.wire || self.wire.eq_ignore_ascii_case(&other.wire)
    }
}

impl Eq for DomainName {}

impl Hash for DomainName {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for octet in &self.wire {
            state.write_u8(octet.to_ascii_lowercase());
        }
    }
}

impl Ord for DomainName {
    fn cmp(&self, other: &Self) -> Ordering {
        let (left, right) = (LabelStarts::new(self), LabelStarts::new(other));
        for (left, right) in left.towards_left().zip(right.towards_left()) {
            let left = left.iter().map(u8::to_ascii_lowercase);
            let order = left.cmp(right.iter().map(u8::to_ascii_lowercase));
            if order.is_ne() {
                return order;
            }
        }
        // All labels of the shorter one are shared: the ancestor comes first.
        left.count.cmp(&right.count)
    }
}

/// Where the labels of a name start, so as to go through them from the root without memory of their own.
struct LabelStarts<'a> {
    wire: &'a [u8],
    starts: [u8; DomainName::MAX_LENGTH / 2],
    count: usize,
}

impl<'a> LabelStarts<'a> {
    fn new(name: &'a DomainName) -> Self {
        let mut starts = [0; DomainName::MAX_LENGTH / 2];
        let (mut at, mut count) = (0_u8, 0);
        for (slot, label) in starts.iter_mut().zip(name.labels()) {
            *slot = at;
            // A name has at most 255 octets.
            at = at.wrapping_add(1).wrapping_add(label.len() as u8);
            count += 1;
        }
        Self {
            wire: &name.wire,
            starts,
            count,
        }
    }

    /// The labels, the top-level one first.
    fn towards_left(&self) -> impl Iterator<Item = &'a [u8]> {
        let wire = self.wire;
        let starts = self.starts.get(..self.count).unwrap_or_default();
        starts.iter().rev().filter_map(move |start| {
            let (length, rest) = wire.get(usize::from(*start)..)?.split_first()?;
            rest.get(..usize::from(*length))
        })
    }
}

impl PartialOrd for DomainName {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The labels of a name from left to right, without the root. Made by [`DomainName::labels`].
#[derive(Clone, Debug)]
pub struct Labels<'a> {
    /// What is left of the wire form, the root's octet included.
    rest: &'a [u8],
}

impl<'a> Iterator for Labels<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let (&length, after) = self.rest.split_first()?;
        let (label, rest) = after.split_at_checked(usize::from(length))?;
        if label.is_empty() {
            return None;
        }
        self.rest = rest;
        Some(label)
    }
}
