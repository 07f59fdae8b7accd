//! [`Spill`]: sealed entries on the disk, on their way into buckets, in the order of their positions.
//!
//! How many buckets there will be is known only after the last entry, but whatever it is, entries in the order of their positions are in
//! the order of their buckets. So entries go to one of 64 files by the upper bits of their positions, and each file is sorted by itself in
//! memory. What is in the files is what the buckets will show: slots, sealed.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::encoding::Reader;
use crate::limits::{MAX_PARTS, SLOT_OCTETS};
use crate::server::files::create_private;

/// How many of the upper bits of a position say which file its entry is in.
const FILE_BITS: u32 = 6;

/// Octets that are kept in memory for each file.
const BUFFER_OCTETS: usize = 64 * 1024;

/// Where an entry is to lie, and how many slots it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Positioned {
    pub(super) position: u64,
    pub(super) parts: u8,
}

/// Files that take entries from several threads.
pub(super) struct Spill {
    files: Vec<Part>,
}

struct Part {
    path: PathBuf,
    /// Opened for the first entry.
    writer: Mutex<Option<BufWriter<File>>>,
}

impl Spill {
    /// In this folder.
    pub(super) fn new(folder: &Path) -> Self {
        let part = |index| Part {
            path: folder.join(format!("entries-{index:02}")),
            writer: Mutex::new(None),
        };
        Self {
            files: (0..1 << FILE_BITS).map(part).collect(),
        }
    }

    /// Takes an entry of at most [`MAX_PARTS`] slots.
    pub(super) fn write(
        &self,
        position: u64,
        slots: &[[u8; SLOT_OCTETS]],
    ) -> io::Result<Positioned> {
        let index = usize::try_from(position >> (u64::BITS - FILE_BITS)).unwrap_or_default();
        let parts = u8::try_from(slots.len())
            .ok()
            .filter(|parts| (1..=MAX_PARTS).contains(&usize::from(*parts)));
        let (Some(file), Some(parts)) = (self.files.get(index), parts) else {
            return Err(io::ErrorKind::InvalidInput.into());
        };
        let mut writer = file.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let writer = match &mut *writer {
            Some(writer) => writer,
            none => none.insert(BufWriter::with_capacity(
                BUFFER_OCTETS,
                create_private(&file.path)?,
            )),
        };
        writer.write_all(&position.to_be_bytes())?;
        writer.write_all(&[parts])?;
        writer.write_all(slots.as_flattened())?;
        Ok(Positioned { position, parts })
    }

    /// No more entries: what was written can be read.
    pub(super) fn finish(self) -> io::Result<Sorted> {
        let mut paths = Vec::new();
        for file in self.files {
            let writer = file.writer.into_inner();
            if let Some(mut writer) = writer.unwrap_or_else(PoisonError::into_inner) {
                writer.flush()?;
                paths.push(file.path);
            }
        }
        Ok(Sorted { paths })
    }
}

/// Written files, the ones with lower positions first.
pub(super) struct Sorted {
    paths: Vec<PathBuf>,
}

impl Sorted {
    /// Shows every entry in the order of the positions. Holds one file in memory.
    pub(super) fn for_each<E: From<io::Error>>(
        &self,
        mut show: impl FnMut(u64, &[[u8; SLOT_OCTETS]]) -> Result<(), E>,
    ) -> Result<(), E> {
        for path in &self.paths {
            let content = fs::read(path)?;
            let mut entries = read(&content).ok_or(io::Error::from(io::ErrorKind::InvalidData))?;
            entries.sort_unstable_by_key(|(position, _)| *position);
            for (position, slots) in entries {
                show(position, slots)?;
            }
        }
        Ok(())
    }

    /// Removes the files.
    pub(super) fn remove(self) -> io::Result<()> {
        self.paths.iter().try_for_each(fs::remove_file)
    }
}

/// The position and the slots of an entry.
type Entry<'a> = (u64, &'a [[u8; SLOT_OCTETS]]);

/// The entries of a file, as they stand in it.
fn read(content: &[u8]) -> Option<Vec<Entry<'_>>> {
    let mut reader = Reader(content);
    let mut entries = Vec::with_capacity(content.len() / SLOT_OCTETS);
    while !reader.is_empty() {
        let position = reader.u64()?;
        let parts = usize::from(reader.u8()?);
        let (slots, _) = reader.take(parts * SLOT_OCTETS)?.as_chunks();
        entries.push((position, slots));
    }
    Some(entries)
}

#[cfg(test)]
mod tests {
    use proptest::collection::btree_map;
    use proptest::prelude::*;

    use super::*;

    /// Slots that tell whose they are and which.
    fn slots(position: u64, parts: u8) -> Vec<[u8; SLOT_OCTETS]> {
        let slot = |part| {
            let mut slot = [part; SLOT_OCTETS];
            slot[..8].copy_from_slice(&position.to_le_bytes());
            slot
        };
        (0..parts).map(slot).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn entries_come_back_whole_and_in_the_order_of_their_positions(
            entries in btree_map(any::<u64>(), 1..=8u8, 0..60),
            order: u64,
        ) {
            let folder = tempfile::tempdir().unwrap();
            let spill = Spill::new(folder.path());
            // In another order than that of the positions.
            let mut written: Vec<_> = entries.iter().collect();
            written.sort_by_key(|(position, _)| position.wrapping_mul(order | 1));
            for (position, parts) in written {
                let positioned = spill.write(*position, &slots(*position, *parts)).unwrap();
                prop_assert_eq!((positioned.position, positioned.parts), (*position, *parts));
            }
            let sorted = spill.finish().unwrap();
            let mut read = Vec::new();
            sorted
                .for_each(|position, slots| {
                    read.push((position, slots.to_vec()));
                    io::Result::Ok(())
                })
                .unwrap();
            let whole = |(position, parts): (&u64, &u8)| (*position, slots(*position, *parts));
            let expected: Vec<_> = entries.iter().map(whole).collect();
            prop_assert_eq!(read, expected);
            sorted.remove().unwrap();
            prop_assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        }
    }

    #[test]
    fn a_file_that_was_changed_meanwhile_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let spill = Spill::new(folder.path());
        spill.write(0, &slots(0, 2)).unwrap();
        let sorted = spill.finish().unwrap();
        let path = folder.path().join("entries-00");
        let mut content = fs::read(&path).unwrap();
        content.pop();
        fs::write(&path, content).unwrap();
        let read = sorted.for_each(|_, _| io::Result::Ok(()));
        assert_eq!(read.unwrap_err().kind(), io::ErrorKind::InvalidData);
    }

    #[test]
    fn an_entry_without_slots_or_with_more_than_eight_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let spill = Spill::new(folder.path());
        assert!(spill.write(0, &[]).is_err());
        assert!(spill.write(0, &slots(0, 9)).is_err());
    }
}
