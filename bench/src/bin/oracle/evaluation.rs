//! What one evaluation costs a client and an oracle, beside the scalar multiplication that neither can do without.

use std::hint::black_box;
use std::time::Duration;

use curve25519_dalek::ristretto::RistrettoPoint;
use curve25519_dalek::scalar::Scalar;
use mimi_bench::statistics::median;
use mimi_id::Identifier;
use mimi_oracle::lookup::{Blinding, LookupKey};
use mimi_oracle::{
    Bucket, BucketBuilder, Entry, Epoch, Parameters, Place, PublicKeys, Quota, SigningKey, Subject,
};
use rand_core::OsRng;
use rustix::time::{ClockId, clock_gettime};

use crate::Failure;

const NOW: u64 = 1_800_000_000;
/// How often everything is measured; the median counts.
const ROUNDS: usize = 15;

/// Processor time of one element, in microseconds.
pub(crate) struct Costs {
    /// One multiplication of a point by a scalar.
    pub(crate) multiplication: f64,
    /// Of batches of one: blind, evaluate with its proof, check and unblind, find and open.
    pub(crate) single: Steps,
    /// The same of batches of 1,000, for each element.
    pub(crate) batch: Steps,
    /// What building an epoch costs for each entry: evaluate what is known, sign, seal.
    pub(crate) build: f64,
}

/// Processor time for each element, in microseconds.
pub(crate) struct Steps {
    pub(crate) blind: f64,
    pub(crate) evaluate: f64,
    pub(crate) finalize: f64,
    pub(crate) open: f64,
}

impl Steps {
    pub(crate) fn client(&self) -> f64 {
        self.blind + self.finalize + self.open
    }
}

/// Measures all of it in one run.
pub(crate) fn measure() -> Result<Costs, Failure> {
    let world = World::new()?;
    let point = RistrettoPoint::random(&mut OsRng);
    let scalar = Scalar::random(&mut OsRng);
    let multiplication = time(1_000, || {
        for _ in 0..1_000 {
            black_box(black_box(point) * black_box(scalar));
        }
        Ok(())
    })?;
    let build = time(100, || {
        for subject in world.subjects.get(..100).unwrap_or_default() {
            let output = world.key.evaluate(subject).ok_or("no output")?;
            let place = Place::new(&output, &world.epoch);
            let octets = entry().sign(&world.signing, subject, world.epoch.number)?;
            let mut builder = BucketBuilder::default();
            builder.insert(&place, &octets)?;
            black_box(builder);
        }
        Ok(())
    })?;
    Ok(Costs {
        multiplication,
        single: world.steps(1)?,
        batch: world.steps(1_000)?,
        build,
    })
}

struct World {
    signing: SigningKey,
    key: LookupKey,
    epoch: Epoch,
    parameters: Parameters,
    subjects: Vec<Subject>,
}

impl World {
    fn new() -> Result<Self, Failure> {
        let signing = SigningKey::from_seed(&[1; 32]).ok_or("no signing key")?;
        let key = LookupKey::from_seed(&[2; 32]).ok_or("no lookup key")?;
        let epoch = Epoch {
            number: NOW,
            ends: NOW + 3600,
            key: 0,
            salt: [3; 16],
            buckets: 1,
        };
        let parameters = Parameters {
            keys: PublicKeys {
                signing: signing.public(),
                lookup: vec![key.public()],
            },
            epochs: vec![epoch.clone()],
            quota: Quota {
                burst: 1000,
                per_day: 1000,
            },
        };
        let mut subjects = Vec::new();
        for n in 0..1_000 {
            let identifier = Identifier::parse(&format!("+1555{n:07}"))?;
            subjects.push(Subject::new(&identifier).ok_or("a MUI")?);
        }
        Ok(Self {
            signing,
            key,
            epoch,
            parameters,
            subjects,
        })
    }

    fn steps(&self, size: usize) -> Result<Steps, Failure> {
        let subjects = self.subjects.get(..size).ok_or("too few subjects")?;
        let blind = time(size, || {
            black_box(Blinding::new(subjects)?);
            Ok(())
        })?;
        let blinding = Blinding::new(subjects)?;
        let request = blinding.request(NOW);
        let evaluate = time(size, || {
            black_box(self.key.evaluate_blinded(&request)?);
            Ok(())
        })?;
        let response = self.key.evaluate_blinded(&request)?;
        let finalize = time(size, || {
            black_box(blinding.finalize(&response, &self.key.public())?);
            Ok(())
        })?;
        // Every person in a bucket of their own, which is read and checked.
        let outputs = blinding.finalize(&response, &self.key.public())?;
        let mut buckets = Vec::new();
        for (subject, output) in subjects.iter().zip(&outputs) {
            let place = Place::new(output, &self.epoch);
            let octets = entry().sign(&self.signing, subject, NOW)?;
            let mut builder = BucketBuilder::default();
            builder.insert(&place, &octets)?;
            buckets.push(builder.finish(&self.signing, &self.epoch, 0));
        }
        let open = time(size, || {
            for ((subject, output), bucket) in subjects.iter().zip(&outputs).zip(&buckets) {
                let place = Place::new(output, &self.epoch);
                let bucket = Bucket::verify(bucket, &self.parameters, &self.epoch, 0)?;
                let found = bucket.find(&place, &self.parameters, subject, &self.epoch, NOW)?;
                black_box(found.ok_or("not found")?);
            }
            Ok(())
        })?;
        Ok(Steps {
            blind,
            evaluate,
            finalize,
            open,
        })
    }
}

fn entry() -> Entry {
    Entry {
        definition_strings: vec![b"v=MIMI1; a=15551234567; e=im.example.org; s=Example".to_vec()],
        expires: NOW + 60,
    }
}

/// Microseconds of processor time for each of so many elements.
fn time(elements: usize, mut work: impl FnMut() -> Result<(), Failure>) -> Result<f64, Failure> {
    // Short work is repeated, so that the clock's steps do not count.
    let repeat = 200_usize.div_ceil(elements);
    let mut seconds = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        let start = processor_time();
        for _ in 0..repeat {
            work()?;
        }
        seconds.push((processor_time() - start).as_secs_f64());
    }
    Ok(median(&seconds) * 1e6 / (repeat * elements) as f64)
}

fn processor_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    let seconds = u64::try_from(time.tv_sec).unwrap_or_default();
    Duration::from_secs(seconds) + Duration::from_nanos(time.tv_nsec.unsigned_abs())
}
