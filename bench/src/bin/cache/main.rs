//! Many identifiers through the outcome cache, under clocks that cannot be trusted. Prints a Markdown table.
//!
//! `cache IDENTIFIERS` measures every bound, each in a process of its own so that memory is its own; `cache IDENTIFIERS OCTETS` measures one.
//!
//! Every step a new identifier is discovered by the machine and kept, and the one of a thousand steps ago is looked up again, and a popular
//! one, which is discovered when it is not there. Time passes; now and then the machine sleeps, or somebody sets the wall clock. What the
//! cache gives out is compared with the true time.

#![forbid(unsafe_code)]

mod people;
mod truth;
mod world;

use std::process::{Command, ExitCode};
use std::sync::Arc;
use std::time::{Duration, Instant};

use mimi_resolver::{OutcomeCache, SleepAware};
use mimi_testkit::network::Dice;

use crate::people::Person;
use crate::truth::{Checked, Truth};
use crate::world::World;

/// The bounds, in octets.
const BOUNDS: [u64; 3] = [1 << 20, 16 << 20, 128 << 20];
/// How many people are asked for again and again.
const POPULAR: u64 = 2000;
/// How many steps ago the new identifier that is looked up again was kept, at most.
const RECENT: u64 = 1000;

fn main() -> ExitCode {
    let arguments: Option<Vec<u64>> = std::env::args()
        .skip(1)
        .map(|argument| argument.parse().ok())
        .collect();
    match arguments.as_deref() {
        Some([identifiers]) => every_bound(*identifiers),
        Some([identifiers, octets]) => {
            println!("{}", measure(*identifiers, *octets));
            ExitCode::SUCCESS
        }
        _ => {
            eprintln!("usage: cache IDENTIFIERS [OCTETS]");
            ExitCode::FAILURE
        }
    }
}

fn every_bound(identifiers: u64) -> ExitCode {
    println!(
        "| bound, MiB | outcomes held | resident beyond the start, MiB, after 10 % / 50 % / 100 % | look-ups | hits | popular: hits | found expired | past their time, of all hits | kept a second | looked up a second |"
    );
    println!("|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
    for octets in BOUNDS {
        let Ok(own) = std::env::current_exe() else {
            return ExitCode::FAILURE;
        };
        let arguments = [identifiers, octets].map(|number| number.to_string());
        match Command::new(own).args(arguments).status() {
            Ok(status) if status.success() => {}
            _ => return ExitCode::FAILURE,
        }
    }
    ExitCode::SUCCESS
}

/// One row of the table.
fn measure(identifiers: u64, octets: u64) -> String {
    let mut random = Dice::seeded(octets);
    let world = World::new();
    let clock = Arc::new(SleepAware::new(world.clone()));
    let mut truth = Truth::new(RECENT, POPULAR);
    let before = resident();
    let cache = OutcomeCache::new(octets, clock);
    let mut run = Run::default();
    let mut samples = Vec::new();
    for number in 0..identifiers {
        run.keep(&cache, &world, &mut truth, &mut random, Person::New(number));
        disturb(&world, &mut random);
        let earlier = number.saturating_sub(random.below(RECENT));
        let person = Person::New(earlier);
        run.look_up(&cache, &world, &mut truth, person);
        // The product of two is small more often: some people are far more popular than others.
        let popular = Person::Popular(random.below(POPULAR) * random.below(POPULAR) / POPULAR);
        if run.look_up(&cache, &world, &mut truth, popular) {
            run.popular_hits += 1;
        } else {
            run.keep(&cache, &world, &mut truth, &mut random, popular);
        }
        if [identifiers / 10, identifiers / 2, identifiers].contains(&(number + 1)) {
            samples.push(mebibytes(resident().saturating_sub(before)));
        }
    }
    let held = cache.statistics();
    assert_eq!(held.hits, run.hits, "the cache counts what it gives out");
    assert!(held.octets <= octets, "the bound holds");
    let lookups = held.hits + held.misses;
    format!(
        "| {} | {} | {} | {lookups} | {:.1} % | {:.1} % | {} | {} of {} | {:.0} | {:.0} |",
        octets >> 20,
        held.entries,
        samples.join(" / "),
        100.0 * held.hits as f64 / lookups as f64,
        100.0 * run.popular_hits as f64 / identifiers as f64,
        held.expired,
        run.past_their_time,
        run.hits,
        run.kept as f64 / run.keeping.as_secs_f64(),
        lookups as f64 / run.looking_up.as_secs_f64(),
    )
}

/// What was done, and how long the cache took for it.
#[derive(Default)]
struct Run {
    hits: u64,
    popular_hits: u64,
    past_their_time: u64,
    kept: u64,
    keeping: Duration,
    looking_up: Duration,
}

impl Run {
    /// Discovers a person, which takes its time, and keeps the outcome.
    fn keep(
        &mut self,
        cache: &OutcomeCache,
        world: &World,
        truth: &mut Truth,
        random: &mut Dice,
        person: Person,
    ) {
        let (began, truly_began) = (cache.now(), world.truth());
        let (outcome, taken) = person.discover(random);
        world.pass(taken);
        truth.learn(person, &outcome, truly_began, world.truth());
        let identifier = person.identifier();
        let outcome = Arc::new(outcome);
        let start = Instant::now();
        cache.insert(&identifier, outcome, began);
        self.keeping += start.elapsed();
        self.kept += 1;
    }

    /// Whether the person was in the cache. What comes out of it is checked.
    fn look_up(
        &mut self,
        cache: &OutcomeCache,
        world: &World,
        truth: &mut Truth,
        person: Person,
    ) -> bool {
        let identifier = person.identifier();
        let start = Instant::now();
        let found = cache.get(&identifier);
        self.looking_up += start.elapsed();
        let Some(kept) = found else {
            return false;
        };
        self.hits += 1;
        match truth.check(person, &kept.outcome, world.truth()) {
            Checked::Fresh => {}
            Checked::PastItsTime => self.past_their_time += 1,
            Checked::SomebodyElses => panic!("an outcome of somebody else"),
        }
        true
    }
}

/// Time passes; one time in ten thousand the machine sleeps, or the wall clock is set.
fn disturb(world: &World, random: &mut Dice) {
    let seconds = random.below(7200) + 1;
    match random.below(40_000) {
        0 => world.sleep(Duration::from_secs(seconds)),
        1 => world.step_wall(seconds as i64),
        2 => world.step_wall(-(seconds as i64)),
        // By up to 68 years.
        3 => world.step_wall(i64::from(random.next() as i32)),
        _ => world.pass(Duration::from_micros(random.below(20_000))),
    }
}

/// Octets of this process in memory that no file backs; 0 where the system does not say.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("RssAnon:"));
    let kibibytes = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
    kibibytes.unwrap_or(0) * 1024
}

fn mebibytes(octets: u64) -> String {
    format!("{:.1}", octets as f64 / f64::from(1 << 20))
}
