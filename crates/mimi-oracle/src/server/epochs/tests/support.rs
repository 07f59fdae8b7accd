//! A data folder, a shelf of publications in the place of a store, and a client.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use mimi_id::Identifier;
use tempfile::TempDir;

use crate::lookup::Blinding;
use crate::server::{KeyRing, Publication, Publications, Publisher, Schedule, Step};
use crate::{Bucket, Entry, Parameters, Place, Quota, Subject};

/// A time at which everything begins.
pub(in crate::server::epochs) const BEGIN: u64 = 1_800_000_000;

pub(in crate::server::epochs) const SCHEDULE: Schedule = Schedule {
    period: 3600,
    overlap: 600,
};

pub(in crate::server::epochs) const QUOTA: Quota = Quota {
    burst: 10,
    per_day: 10,
};

/// What is called while publications are shown.
type Hook = Box<dyn Fn(u64) -> Result<(), Box<dyn Error + Send + Sync>> + Send + Sync>;

/// Publications that a test changes while they are published.
#[derive(Clone, Default)]
pub(in crate::server::epochs) struct Shelf {
    pub(in crate::server::epochs) publications: Arc<Mutex<Vec<Publication>>>,
    pub(in crate::server::epochs) hook: Arc<Mutex<Option<Hook>>>,
}

impl Shelf {
    pub(in crate::server::epochs) fn put(&self, publication: Publication) {
        self.publications.lock().unwrap().push(publication);
    }
}

impl Publications for Shelf {
    fn for_each(
        &self,
        now: u64,
        show: &mut dyn FnMut(Publication),
    ) -> Result<(), Box<dyn Error + Send + Sync>> {
        for publication in self.publications.lock().unwrap().clone() {
            show(publication);
        }
        match &*self.hook.lock().unwrap() {
            Some(hook) => hook(now),
            None => Ok(()),
        }
    }

    fn count(&self) -> u64 {
        self.publications.lock().unwrap().len() as u64
    }
}

pub(in crate::server::epochs) fn subject(text: &str) -> Subject {
    Subject::new(&Identifier::parse(text).unwrap()).unwrap()
}

/// A publication of one definition string of this many octets.
pub(in crate::server::epochs) fn publication(text: &str, octets: usize) -> Publication {
    let mut string = format!("v=MIMI1; a={text}; e=im.example.org; x=");
    string.extend(std::iter::repeat_n(
        'x',
        octets.saturating_sub(string.len()),
    ));
    Publication {
        subject: subject(text),
        definition_strings: vec![string.into_bytes()],
        expires: u64::MAX,
    }
}

/// A folder with new secrets, and what is to be published from it.
pub(in crate::server::epochs) struct Data {
    folder: TempDir,
    pub(in crate::server::epochs) shelf: Shelf,
}

impl Data {
    pub(in crate::server::epochs) fn new() -> Self {
        let data = Self {
            folder: tempfile::tempdir().unwrap(),
            shelf: Shelf::default(),
        };
        KeyRing::generate(4)
            .unwrap()
            .create(&data.key_file())
            .unwrap();
        data
    }

    pub(in crate::server::epochs) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(in crate::server::epochs) fn key_file(&self) -> PathBuf {
        self.path().join(KeyRing::FILE)
    }

    pub(in crate::server::epochs) fn epochs(&self) -> PathBuf {
        self.path().join("epochs")
    }

    pub(in crate::server::epochs) fn open(&self) -> Publisher {
        Publisher::open(self.path(), SCHEDULE, Box::new(self.shelf.clone())).unwrap()
    }

    pub(in crate::server::epochs) fn keys(&self) -> KeyRing {
        KeyRing::read(&self.key_file()).unwrap()
    }

    /// What lies in the folder of epochs, in order.
    pub(in crate::server::epochs) fn names(&self) -> Vec<String> {
        let names = std::fs::read_dir(self.epochs()).unwrap();
        let mut names: Vec<_> = names
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

pub(in crate::server::epochs) fn step(publisher: &Publisher, now: u64) -> Step {
    publisher.step(now, &|_| ()).unwrap()
}

/// The document that a client fetches.
pub(in crate::server::epochs) fn fetch(publisher: &Publisher, now: u64) -> Vec<u8> {
    let parameters = publisher.parameters(QUOTA, now).unwrap();
    parameters.to_json(publisher.keys().signing())
}

/// What a client finds that fetched this document.
pub(in crate::server::epochs) fn look_up(
    publisher: &Publisher,
    document: &[u8],
    subject: &Subject,
    now: u64,
) -> Option<Entry> {
    let keys = publisher.keys();
    let parameters = Parameters::from_json(document, &keys.pin()).unwrap();
    let epoch = parameters.epoch_at(now).unwrap();

    let served = publisher.epochs().epoch(epoch.number, now).unwrap();
    let blinding = Blinding::new(std::slice::from_ref(subject)).unwrap();
    let key = keys.lookup(served.key).unwrap();
    let response = key
        .evaluate_blinded(&blinding.request(epoch.number))
        .unwrap();
    let public_key = parameters.lookup_key(epoch).unwrap();
    let outputs = blinding.finalize(&response, public_key).unwrap();

    let place = Place::new(&outputs[0], epoch);
    let index = place.bucket();
    let bucket = publisher.epochs().bucket(epoch.number, index, now);
    let octets = bucket.unwrap().unwrap();
    Bucket::verify(&octets, &parameters, epoch, index)
        .unwrap()
        .find(&place, &parameters, subject, epoch, now)
        .unwrap()
}
