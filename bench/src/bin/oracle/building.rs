//! How long the buckets of many registrations take, how large they are, and how both grow.

use std::error::Error;
use std::fs;
use std::time::Instant;

use mimi_bench::statistics::log_log_slope;
use mimi_id::Identifier;
use mimi_oracle::Subject;
use mimi_oracle::server::{KeyRing, Publication, Publications, Publisher, Schedule};

use crate::Failure;

const NOW: u64 = 1_800_000_000;

/// So many telephone numbers, each with one account, as they come out of a store.
struct Numbers(u64);

impl Publications for Numbers {
    fn for_each(
        &self,
        now: u64,
        show: &mut dyn FnMut(Publication),
    ) -> Result<(), Box<dyn Error + Send + Sync>> {
        for n in 0..self.0 {
            let identifier = Identifier::parse(&format!("+1{n:010}"))?;
            let account = format!("v=MIMI1; a=1{n:010}; e=im.example.org; s=Example");
            show(Publication {
                subject: Subject::new(&identifier).ok_or("a MUI")?,
                definition_strings: vec![account.into_bytes()],
                expires: now + 1_000_000,
            });
        }
        Ok(())
    }

    fn count(&self) -> u64 {
        self.0
    }
}

/// Prints a table with a row for each size: a hundredth, a tenth, and the whole of `registrations`.
pub(crate) fn table(registrations: u64) -> Result<(), Failure> {
    println!();
    println!(
        "| registrations | buckets | mean slots of 128 in use | MiB | octets for each | s, all cores | most resident MiB |"
    );
    println!("|---:|---:|---:|---:|---:|---:|---:|");
    let mut points = Vec::new();
    for size in [registrations / 100, registrations / 10, registrations] {
        let folder = tempfile::tempdir()?;
        KeyRing::generate(1)?.create(&folder.path().join(KeyRing::FILE))?;
        let publisher =
            Publisher::open(folder.path(), Schedule::default(), Box::new(Numbers(size)))?;
        let begun = Instant::now();
        let step = publisher.step(NOW, &|_| {})?;
        let seconds = begun.elapsed().as_secs_f64();
        let built = step.built.ok_or("nothing was built")?;
        let path = format!("epochs/{}/buckets", built.epoch.number);
        let octets = fs::metadata(folder.path().join(path))?.len();
        println!(
            "| {} | {} | {:.1} | {:.0} | {:.0} | {seconds:.1} | {} |",
            built.entries,
            built.epoch.buckets,
            built.slots as f64 / f64::from(built.epoch.buckets),
            octets as f64 / f64::from(1 << 20),
            octets as f64 / built.entries as f64,
            most_resident()?,
        );
        points.push((size as f64, seconds));
    }
    println!();
    println!(
        "Time grows with the number of registrations to the power of {:.2}.",
        log_log_slope(&points)
    );
    Ok(())
}

/// The most memory that this process ever had, in MiB. Sizes ascend, so that the last is the most.
fn most_resident() -> Result<u64, Failure> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibi: u64 = line
        .ok_or("no VmHWM")?
        .trim()
        .trim_end_matches(" kB")
        .trim()
        .parse()?;
    Ok(kibi / 1024)
}
