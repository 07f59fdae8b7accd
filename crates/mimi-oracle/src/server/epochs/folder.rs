//! An epoch on the disk: a folder named by its number, with `epoch.json` and `buckets`.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::error::Fault;
use crate::bucket::Bucket;
use crate::encoding::{from_base64, to_base64};
use crate::limits::{BUCKET_OCTETS, MAX_BUCKETS, PROTOCOL};
use crate::object::from_json;
use crate::parameters::{Epoch, Parameters, Quota};
use crate::pin::Pin;
use crate::server::KeyRing;
use crate::server::files::{read_bounded, read_exact_at};

/// Where an epoch is built.
pub(super) const BUILDING: &str = ".building";
pub(super) const BUCKETS: &str = "buckets";
pub(super) const DOCUMENT: &str = "epoch.json";

/// Octets of the longest `epoch.json`.
const MAX_DOCUMENT_OCTETS: usize = 4096;

/// What `epoch.json` says: the epoch, and whose it is.
#[derive(Deserialize, Serialize)]
struct Document {
    protocol: String,
    pin: String,
    number: u64,
    ends: u64,
    key: u8,
    salt: String,
    buckets: u32,
    /// How long it took to build, by which the next build is begun early enough.
    build_seconds: u64,
}

/// The content of `epoch.json`.
pub(super) fn to_json(epoch: &Epoch, pin: &Pin, build_seconds: u64) -> Vec<u8> {
    let document = Document {
        protocol: PROTOCOL.to_owned(),
        pin: pin.to_string(),
        number: epoch.number,
        ends: epoch.ends,
        key: epoch.key,
        salt: to_base64(&epoch.salt),
        buckets: epoch.buckets,
        build_seconds,
    };
    // Strings and numbers only: writing to memory does not fail.
    let mut octets = serde_json::to_vec_pretty(&document).unwrap_or_default();
    octets.push(b'\n');
    octets
}

/// An epoch whose buckets can be read.
#[derive(Debug)]
pub(super) struct OpenEpoch {
    pub(super) epoch: Epoch,
    pub(super) build_seconds: u64,
    file: File,
}

impl OpenEpoch {
    /// Opens the epoch of this number below a folder, if it is whole as far as can be told at once, and the ring's.
    pub(super) fn open(folder: &Path, number: u64, keys: &KeyRing) -> Result<Self, Fault> {
        let folder = folder.join(number.to_string());
        let content = File::open(folder.join(DOCUMENT))
            .and_then(|file| read_bounded(file, MAX_DOCUMENT_OCTETS))
            .map_err(Fault::Io)?;
        let (epoch, build_seconds) = read(&content, number, keys)?;
        if keys.lookup(epoch.key).is_none() {
            return Err(Fault::KeyErased(epoch.key));
        }
        let file = File::open(folder.join(BUCKETS)).map_err(Fault::Io)?;
        let found = file.metadata().map_err(Fault::Io)?.len();
        let expected = offset(epoch.buckets);
        if found != expected {
            return Err(Fault::Length { expected, found });
        }
        let open = Self {
            epoch,
            build_seconds,
            file,
        };
        // The number and the salt are signed with every bucket.
        let parameters = open.parameters(keys);
        open.check(0, &parameters)?;
        open.check(open.epoch.buckets.saturating_sub(1), &parameters)?;
        Ok(open)
    }

    /// A bucket in octets; `None` where there are not so many.
    pub(super) fn bucket(&self, index: u32) -> io::Result<Option<Vec<u8>>> {
        if index >= self.epoch.buckets {
            return Ok(None);
        }
        let mut octets = vec![0; BUCKET_OCTETS];
        read_exact_at(&self.file, &mut octets, offset(index))?;
        Ok(Some(octets))
    }

    /// Checks the signature of a bucket.
    pub(super) fn check(&self, index: u32, parameters: &Parameters) -> Result<(), Fault> {
        let octets = self.bucket(index).map_err(Fault::Io)?.unwrap_or_default();
        Bucket::verify(&octets, parameters, &self.epoch, index)
            .map(drop)
            .map_err(|_| Fault::Signature(index))
    }

    /// What a client would be told of this epoch alone.
    pub(super) fn parameters(&self, keys: &KeyRing) -> Parameters {
        Parameters {
            keys: keys.public(),
            epochs: vec![self.epoch.clone()],
            quota: Quota {
                burst: 0,
                per_day: 0,
            },
        }
    }
}

fn read(content: &[u8], number: u64, keys: &KeyRing) -> Result<(Epoch, u64), Fault> {
    if content.len() > MAX_DOCUMENT_OCTETS {
        return Err(Fault::Document);
    }
    let document: Document = from_json(content).map_err(|_| Fault::Document)?;
    let pin: Pin = document.pin.parse().map_err(|_| Fault::Document)?;
    if pin != keys.pin() {
        return Err(Fault::OtherKeys(pin));
    }
    let epoch = Epoch {
        number: document.number,
        ends: document.ends,
        key: document.key,
        salt: from_base64(&document.salt).ok_or(Fault::Document)?,
        buckets: document.buckets,
    };
    let is_plausible = document.protocol == PROTOCOL
        && epoch.number == number
        && epoch.number < epoch.ends
        && usize::from(epoch.key) < keys.lookup_keys()
        && (1..=MAX_BUCKETS).contains(&epoch.buckets);
    is_plausible
        .then_some((epoch, document.build_seconds))
        .ok_or(Fault::Document)
}

/// Where a bucket begins in the file of all.
pub(super) fn offset(index: u32) -> u64 {
    // A bucket has far fewer octets than would not fit.
    u64::from(index) * u64::try_from(BUCKET_OCTETS).unwrap_or_default()
}

/// The numbers of the epochs below a folder, in ascending order. Whatever else is there is passed over.
pub(super) fn numbers(folder: &Path) -> io::Result<Vec<u64>> {
    let mut numbers = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        let number = name.to_str().and_then(|name| name.parse::<u64>().ok());
        // In one spelling only: 7 is an epoch, 07 and +7 are not.
        numbers.extend(number.filter(|number| name == *number.to_string()));
    }
    numbers.sort_unstable();
    Ok(numbers)
}

/// Removes an epoch so that no half of it can be taken for an epoch.
pub(super) fn remove(folder: &Path, number: u64) -> io::Result<()> {
    // In the place of what is being built: it is removed by whoever comes next, if not by us.
    let away = clear_building(folder)?;
    fs::rename(folder.join(number.to_string()), &away)?;
    fs::remove_dir_all(away)
}

/// Removes what a build left behind; where to build.
pub(super) fn clear_building(folder: &Path) -> io::Result<PathBuf> {
    let building = folder.join(BUILDING);
    match fs::remove_dir_all(&building) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(building),
    }
}
