//! What a lookup at an oracle costs, what it costs to harvest one, and what its buckets take. Prints tables for `docs/benchmarks.md`.
//!
//! `oracle REGISTRATIONS` says how many the largest epoch has.

#![forbid(unsafe_code)]

mod building;
mod evaluation;
mod network;

use std::error::Error;

use evaluation::{Costs, Steps, measure};

pub(crate) type Failure = Box<dyn Error>;

fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let registrations = arguments
        .next()
        .map_or(Ok(1_000_000), |text| text.parse())?;
    let costs = measure()?;
    evaluations(&costs);
    harvesting(&costs);
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    runtime.enable_all().build()?.block_on(network::table())?;
    building::table(registrations)
}

fn evaluations(costs: &Costs) {
    let floor = costs.multiplication;
    let row = |work: &str, micros: f64| {
        println!("| {work} | {micros:.1} | {:.1} |", micros / floor);
    };
    println!("| for each element, one core | µs | × one scalar multiplication |");
    println!("|---|---:|---:|");
    row(
        "one scalar multiplication (curve25519-dalek), the floor",
        floor,
    );
    let steps = |name: &str, steps: &Steps| {
        row(&format!("{name}: client blinds"), steps.blind);
        row(
            &format!("{name}: oracle evaluates and proves"),
            steps.evaluate,
        );
        row(
            &format!("{name}: client checks the proof and unblinds"),
            steps.finalize,
        );
        row(
            &format!("{name}: client checks a bucket and opens its entry"),
            steps.open,
        );
        row(&format!("{name}: client, all together"), steps.client());
    };
    steps("alone", &costs.single);
    steps("1,000 in one batch", &costs.batch);
    row(
        "oracle evaluates, signs and seals an entry of an epoch",
        costs.build,
    );
}

fn harvesting(costs: &Costs) {
    const NUMBERS: f64 = 1e10;
    const PER_DAY: f64 = 1000.0;
    let core_days = |micros: f64| NUMBERS * micros / 1e6 / 86_400.0;
    println!();
    println!("| harvesting 10^10 telephone numbers | |");
    println!("|---|---:|");
    println!(
        "| evaluations a second and core, in batches | {:.0} |",
        1e6 / costs.batch.evaluate
    );
    println!(
        "| the oracle's work, core-days | {:.1} |",
        core_days(costs.batch.evaluate)
    );
    println!(
        "| the attacker's work, core-days (blind and unblind) | {:.1} |",
        core_days(costs.batch.blind + costs.batch.finalize)
    );
    println!("| octets each way, TB | {:.2} |", NUMBERS * 32.0 / 1e12);
    let days = NUMBERS / PER_DAY;
    println!("| days from one address at 1,000 a day | {days:.0} |");
    // Within 90 days, after which the key may have been rotated, and all is to be done anew.
    for (network, times) in [
        ("IPv4 addresses", 1.0),
        ("IPv4 networks of 24 bits", 32.0),
        ("IPv6 networks of 48 bits", 16.0),
        ("IPv6 networks of 32 bits", 1024.0),
    ] {
        let needed = (days / 90.0 / times).ceil();
        println!("| {network}, to end within 90 days | {needed:.0} |");
    }
}
