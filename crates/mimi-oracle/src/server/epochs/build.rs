//! Building an epoch: publications in, a folder with all buckets out, or nothing.
//!
//! Two phases, each on all cores. First every publication is evaluated, signed and sealed, and its slots go to the disk ([`spill`]); in
//! memory stays where they will lie, 16 octets of each entry. Then the number of buckets is chosen ([`layout`]), and the slots are put
//! into buckets in their order. Evaluation, which takes nearly all the time, happens once whatever the number of buckets, and the store
//! is read once. For a million entries of one slot: 16 MB and one file of 8 MB in memory, 520 MB on the disk besides the buckets.

mod cores;
mod layout;
mod spill;
#[cfg(test)]
mod tests;

use std::fs::{self, File};
use std::io::{self, Write};
use std::mem;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use rand_core::{OsRng, RngCore};

pub(super) use self::layout::MEAN_SLOTS;

use self::cores::Count;
use self::spill::{Positioned, Sorted, Spill};
use super::error::PublishError;
use super::folder::{BUCKETS, DOCUMENT, clear_building, offset, to_json};
use super::{Phase, Progress, Publication, Publications};
use crate::bucket::{BucketBuilder, seal};
use crate::entry::Entry;
use crate::limits::{BUCKET_OCTETS, SALT_OCTETS, SLOT_OCTETS};
use crate::lookup::LookupKey;
use crate::parameters::Epoch;
use crate::place::{Place, bucket_at};
use crate::server::KeyRing;
use crate::server::files::{sync_folder, write_all_at};

/// How many publications are handed to a thread at once.
const BATCH: usize = 64;

/// What is to be built, and where.
pub(super) struct Build<'a> {
    /// The folder of epochs.
    pub(super) folder: &'a Path,
    pub(super) keys: &'a KeyRing,
    pub(super) number: u64,
    pub(super) ends: u64,
    /// See [`MEAN_SLOTS`].
    pub(super) mean_slots: u64,
    pub(super) threads: usize,
    pub(super) canceled: &'a AtomicBool,
    pub(super) progress: &'a (dyn Fn(Progress) + Sync),
}

/// An epoch that was built.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Published {
    /// The epoch.
    pub epoch: Epoch,
    /// How many entries are in it.
    pub entries: u64,
    /// How many slots they take.
    pub slots: u64,
    /// How many publications are not in it, since they do not fit into an entry or have expired.
    pub left_out: u64,
    /// How many seconds it took.
    pub seconds: u64,
}

/// What one thread evaluated.
#[derive(Default)]
struct Evaluated {
    entries: Vec<Positioned>,
    left_out: u64,
}

impl Build<'_> {
    /// Builds the epoch. It is there as a whole when this returns, and stays so if the power fails.
    pub(super) fn run(&self, publications: &dyn Publications) -> Result<Published, PublishError> {
        let building = clear_building(self.folder)?;
        fs::create_dir(&building)?;
        let built = self.build_in(&building, publications);
        if built.is_err() {
            // Whoever comes next removes it, if it cannot be done now.
            let _ = fs::remove_dir_all(&building);
        }
        built
    }

    fn build_in(
        &self,
        building: &Path,
        publications: &dyn Publications,
    ) -> Result<Published, PublishError> {
        let begun = Instant::now();
        let mut salt = [0; SALT_OCTETS];
        OsRng
            .try_fill_bytes(&mut salt)
            .map_err(|_| PublishError::Random)?;
        let mut epoch = Epoch {
            number: self.number,
            ends: self.ends,
            key: self.keys.current(),
            salt,
            // Not known yet: neither positions nor tags nor keys depend on it.
            buckets: 1,
        };
        let spill = Spill::new(building);
        let mut evaluated = self.evaluate(&epoch, publications, &spill)?;
        let sorted = spill.finish()?;
        evaluated.entries.sort_unstable();
        let is_same = |pair: &[Positioned]| pair.first() == pair.last();
        if evaluated.entries.windows(2).any(is_same) {
            return Err(PublishError::Twice);
        }
        epoch.buckets = layout::buckets_for(&evaluated.entries, self.mean_slots)?;
        let entries = u64::try_from(evaluated.entries.len()).unwrap_or(u64::MAX);
        let slots = evaluated.entries.iter().map(|entry| u64::from(entry.parts));
        let slots = slots.sum();
        drop(evaluated.entries);
        self.write_buckets(&epoch, &sorted, &building.join(BUCKETS))?;
        sorted.remove()?;
        let seconds = begun.elapsed().as_secs();
        let mut document = File::create_new(building.join(DOCUMENT))?;
        document.write_all(&to_json(&epoch, &self.keys.pin(), seconds))?;
        document.sync_all()?;
        sync_folder(building)?;
        self.go_on()?;
        fs::rename(building, self.folder.join(epoch.number.to_string()))?;
        sync_folder(self.folder)?;
        Ok(Published {
            epoch,
            entries,
            slots,
            left_out: evaluated.left_out,
            seconds,
        })
    }

    /// The first phase.
    fn evaluate(
        &self,
        epoch: &Epoch,
        publications: &dyn Publications,
        spill: &Spill,
    ) -> Result<Evaluated, PublishError> {
        let key = self.keys.lookup(epoch.key);
        // The current key of a ring is never erased.
        let key = key.ok_or(PublishError::Io(io::ErrorKind::NotFound.into()))?;
        let count = Count::new(self, Phase::Evaluating, publications.count());
        let of_batch = |evaluated: &mut Evaluated, batch: Vec<Publication>| {
            for publication in &batch {
                match self.seal(key, epoch, publication) {
                    Some((position, slots)) => {
                        evaluated.entries.push(spill.write(position, &slots)?);
                    }
                    None => evaluated.left_out += 1,
                }
            }
            count.add(batch.len());
            Ok(())
        };
        let parts = self.on_all_cores(of_batch, |sender| {
            let mut batch = Vec::with_capacity(BATCH);
            let shown = publications.for_each(self.number, &mut |publication| {
                // Nobody listens any more; the rest is passed over.
                if self.canceled.load(Ordering::Relaxed) {
                    return;
                }
                batch.push(publication);
                if batch.len() == BATCH {
                    let _ = sender.send(mem::replace(&mut batch, Vec::with_capacity(BATCH)));
                }
            });
            let _ = sender.send(batch);
            shown.map_err(PublishError::Publications)
        })?;
        let mut evaluated = Evaluated::default();
        for part in parts {
            evaluated.entries.extend(part.entries);
            evaluated.left_out += part.left_out;
        }
        Ok(evaluated)
    }

    /// Where the entry of a publication will lie, and its slots; `None` for one that cannot be in this epoch.
    fn seal(
        &self,
        key: &LookupKey,
        epoch: &Epoch,
        publication: &Publication,
    ) -> Option<(u64, Vec<[u8; SLOT_OCTETS]>)> {
        if publication.expires <= epoch.number {
            return None;
        }
        let entry = Entry {
            definition_strings: publication.definition_strings.clone(),
            expires: publication.expires.min(epoch.ends),
        };
        let subject = &publication.subject;
        let octets = entry
            .sign(self.keys.signing(), subject, epoch.number)
            .ok()?;
        let place = Place::new(&key.evaluate(subject)?, epoch);
        Some((place.position(), seal(&place, &octets)?))
    }

    /// The second phase.
    fn write_buckets(
        &self,
        epoch: &Epoch,
        sorted: &Sorted,
        path: &Path,
    ) -> Result<(), PublishError> {
        let file = File::create_new(path)?;
        file.set_len(offset(epoch.buckets))?;
        let count = Count::new(self, Phase::Writing, epoch.buckets.into());
        let of_bucket = |(): &mut (), (index, bucket): (u32, BucketBuilder)| {
            let octets = bucket.finish(self.keys.signing(), epoch, index);
            debug_assert_eq!(octets.len(), BUCKET_OCTETS, "every bucket is of one size");
            write_all_at(&file, &octets, offset(index))?;
            count.add(1);
            Ok(())
        };
        self.on_all_cores(of_bucket, |sender| {
            let mut filling = (0, BucketBuilder::default());
            let next = |filling: &mut (u32, BucketBuilder)| {
                let next = (filling.0.saturating_add(1), BucketBuilder::default());
                let _ = sender.send(mem::replace(filling, next));
            };
            sorted.for_each(|position, slots| {
                self.go_on()?;
                while filling.0 < bucket_at(position, epoch.buckets) {
                    next(&mut filling);
                }
                // The layout has room for all that were written.
                let changed = |_| io::Error::from(io::ErrorKind::InvalidData);
                let inserted = filling.1.insert_sealed(slots).map_err(changed);
                inserted.map_err(PublishError::Io)
            })?;
            while filling.0 < epoch.buckets {
                next(&mut filling);
            }
            Ok(())
        })?;
        file.sync_all()?;
        Ok(())
    }

    fn go_on(&self) -> Result<(), PublishError> {
        if self.canceled.load(Ordering::Relaxed) {
            return Err(PublishError::Canceled);
        }
        Ok(())
    }
}
