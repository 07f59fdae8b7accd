//! Checking every bucket on the disk, as the most suspicious client would.

use std::io;
use std::path::Path;

use super::error::{Damage, Fault};
use super::folder::{OpenEpoch, numbers};
use super::{Phase, Progress};
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
    let folder = data.join(super::FOLDER);
    let numbers = match numbers(&folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        numbers => numbers?,
    };
    let mut found = Vec::new();
    for number in numbers {
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
