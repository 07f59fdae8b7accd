//! An oracle in memory: keys, one epoch, and buckets with whoever is registered.

use mimi_id::Identifier;
use mimi_oracle::lookup::{LookupKey, LookupOutput};
use mimi_oracle::{
    BucketBuilder, Entry, Epoch, Parameters, Place, PublicKeys, Quota, SigningKey, Subject,
};

pub(crate) const NOW: u64 = 1_800_000_000;

pub(crate) struct World {
    pub(crate) signing: SigningKey,
    pub(crate) key: LookupKey,
    pub(crate) parameters: Parameters,
    pub(crate) epoch: Epoch,
}

impl World {
    /// An oracle with this many buckets, whose keys come from one octet.
    pub(crate) fn new(seed: u8, buckets: u32) -> Self {
        let signing = SigningKey::from_seed(&[seed; 32]).unwrap();
        let key = LookupKey::from_seed(&[seed; 32]).unwrap();
        let epoch = Epoch {
            number: NOW,
            ends: NOW + 3600,
            key: 0,
            salt: [3; 16],
            buckets,
        };
        let parameters = Parameters {
            keys: PublicKeys {
                signing: signing.public(),
                lookup: vec![key.public()],
            },
            epochs: vec![epoch.clone()],
            quota: Quota {
                burst: 10,
                per_day: 10,
            },
        };
        Self {
            signing,
            key,
            parameters,
            epoch,
        }
    }

    pub(crate) fn output(&self, subject: &Subject) -> LookupOutput {
        self.key.evaluate(subject).unwrap()
    }

    pub(crate) fn place(&self, subject: &Subject) -> Place {
        Place::new(&self.output(subject), &self.epoch)
    }

    /// The bucket of a subject, with one entry in it.
    pub(crate) fn bucket_with(&self, subject: &Subject, entry_octets: &[u8]) -> Vec<u8> {
        let place = self.place(subject);
        let mut builder = BucketBuilder::default();
        builder.insert(&place, entry_octets).unwrap();
        builder.finish(&self.signing, &self.epoch, place.bucket())
    }
}

pub(crate) fn subject(text: &str) -> Subject {
    Subject::new(&Identifier::parse(text).unwrap()).unwrap()
}

pub(crate) fn entry(expires: u64) -> Entry {
    Entry {
        definition_strings: vec![b"v=MIMI1; a=alice; e=im.example.org".to_vec()],
        expires,
    }
}
