//! Local part → labels (D40–D47). One rule: atoms between dots, quoted or not, each its own label.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use mimi_name::DomainName;

use crate::Unmappable;
use crate::uts46::{self, AtomFault, MappedAtom};

/// The labels of a local part, the leftmost first; each 1 to 63 octets.
#[derive(Clone, PartialEq, Eq)]
pub struct LocalLabels {
    labels: Vec<Vec<u8>>,
}

impl LocalLabels {
    /// The labels from left to right.
    pub fn iter(&self) -> impl Iterator<Item = &[u8]> {
        self.labels.iter().map(Vec::as_slice)
    }

    /// How many labels there are: at least one.
    pub fn count(&self) -> usize {
        self.labels.len()
    }
}

impl fmt::Debug for LocalLabels {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LocalLabels(<{} labels>)", self.labels.len())
    }
}

/// The labels of a local part's content.
pub(super) fn labels(local_part: &str) -> Result<LocalLabels, Unmappable> {
    let labels = local_part
        .split('.')
        .enumerate()
        .map(|(atom, text)| label(atom, text))
        .collect::<Result<_, _>>()?;
    Ok(LocalLabels { labels })
}

fn label(atom: usize, text: &str) -> Result<Vec<u8>, Unmappable> {
    if text.is_empty() {
        return Err(Unmappable::EmptyAtom { atom });
    }
    if text == "*" {
        return Err(Unmappable::WildcardAtom { atom });
    }
    if text.chars().any(char::is_control) {
        return Err(Unmappable::ControlCharacter { atom });
    }
    let label = if !text.is_ascii() {
        mapped(atom, text)?.label.into_bytes()
    } else if uts46::has_ace_prefix(text.as_bytes()) {
        return Err(Unmappable::ReservedPrefix { atom });
    } else {
        text.as_bytes().to_vec()
    };
    if label.len() > DomainName::MAX_LABEL_LENGTH {
        return Err(Unmappable::AtomTooLong {
            atom,
            length: label.len(),
        });
    }
    Ok(label)
}

fn mapped(atom: usize, text: &str) -> Result<MappedAtom, Unmappable> {
    uts46::atom_label(text).map_err(|fault| match fault {
        AtomFault::Refused => Unmappable::RefusedByUts46 { atom },
        AtomFault::Altered => Unmappable::AlteredByUts46 { atom },
        AtomFault::BecomesAscii => Unmappable::BecomesAscii { atom },
    })
}

/// The one form that local parts with the same labels share; ASCII lower case of those that do not map.
pub(super) fn canonical(local_part: &str) -> String {
    if local_part.is_ascii() || labels(local_part).is_err() {
        return local_part.to_ascii_lowercase();
    }
    let atoms: Vec<String> = local_part
        .split('.')
        .map(|atom| match uts46::atom_label(atom) {
            Ok(mapped) if !atom.is_ascii() => mapped.unicode,
            _ => atom.to_ascii_lowercase(),
        })
        .collect();
    atoms.join(".")
}
