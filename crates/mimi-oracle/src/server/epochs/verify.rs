//! Checking every bucket on the disk, as the most suspicious client would.

use std::io;
use std::path::Path;

use super::error::{Damage, Fault};
use super::folder::{OpenEpoch, numbers};
use super::{FOLDER, Phase, Progress};
use crate::parameters::Epoch;
use crate::server::KeyRing;

/// Looks at every epoch in a data folder: `epoch.json`, sizes, and the signature of every bucket. Changes nothing, and may be done while
/// another process publishes. What it finds, in ascending order; nothing, where all is well.
///
/// # Errors
/// Those of reading the folder of epochs. One that is not there has no epochs.
pub fn verify_epochs(
    data: &Path,
    keys: &KeyRing,
    progress: &dyn Fn(Progress),
) -> io::Result<Vec<Damage>> {
    let folder = data.join(FOLDER);
    let mut found = Vec::new();
    for number in numbers_or_none(&folder)? {
        let before = found.len();
        match OpenEpoch::open(&folder, number, keys) {
            Err(fault) => found.push(Damage { number, fault }),
            Ok(open) => {
                let parameters = open.parameters(keys);
                for index in 0..open.epoch.buckets {
                    if let Err(fault) = open.check(index, &parameters) {
                        found.push(Damage { number, fault });
                    }
                    progress(Progress {
                        phase: Phase::Verifying,
                        done: u64::from(index) + 1,
                        total: open.epoch.buckets.into(),
                    });
                }
            }
        }
        // It may have come to its end meanwhile.
        let is_gone = |damage: &Damage| matches!(damage.fault, Fault::Io(_));
        if found.iter().skip(before).any(is_gone) && !folder.join(number.to_string()).exists() {
            found.truncate(before);
        }
    }
    Ok(found)
}

/// The epochs in a data folder, over or not, in ascending order of their numbers; in the place of one that cannot be served, why.
///
/// # Errors
/// Those of reading the folder of epochs. One that is not there has no epochs.
pub fn published_epochs(data: &Path, keys: &KeyRing) -> io::Result<Vec<Result<Epoch, Damage>>> {
    let folder = data.join(FOLDER);
    let open = |number| match OpenEpoch::open(&folder, number, keys) {
        Ok(open) => Ok(open.epoch),
        Err(fault) => Err(Damage { number, fault }),
    };
    Ok(numbers_or_none(&folder)?.into_iter().map(open).collect())
}

pub(super) fn numbers_or_none(folder: &Path) -> io::Result<Vec<u64>> {
    match numbers(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        numbers => numbers,
    }
}
