//! How fast `parse_strict` is beside a floor and a peer. Prints a Markdown table; `--quick` makes fewer rounds.
//!
//! One process, and the readers take turns in every round, so that whatever slows the machine down slows all of them. The ratio is the
//! median of the rounds' ratios.

#![forbid(unsafe_code)]

use std::hint::black_box;
use std::time::Instant;

use mimi_bench::corpus::{Corpus, SEED, hot, stream};
use mimi_bench::readers::{READERS, Reader};
use mimi_bench::statistics::median;

fn main() {
    let quick = std::env::args().any(|argument| argument == "--quick");
    let rounds = if quick { 9 } else { 61 };
    println!("| reader | input | ns a record | MB/s | x floor |");
    println!("|---|---|---:|---:|---:|");
    let inputs = [("hot", hot(33_333)), ("stream", stream(100_000, SEED))];
    for (input, corpus) in &inputs {
        let times = measure(corpus, rounds);
        for ((name, reader), of_reader) in READERS.iter().zip(&times) {
            // To refuse a string is quicker than to read it.
            corpus.for_each(|string| assert!(reader(string), "{name} refuses {string}"));
            let ratios: Vec<f64> = of_reader
                .iter()
                .zip(&times[0])
                .map(|(own, floor)| own / floor)
                .collect();
            let nanoseconds = median(of_reader) / corpus.count() as f64;
            let megabytes = corpus.octets_each() / nanoseconds * 1000.0;
            println!(
                "| {name} | {input} | {nanoseconds:.1} | {megabytes:.0} | {:.2} |",
                median(&ratios)
            );
        }
    }
    println!("\nMedians of {rounds} rounds; seed {SEED:#x}.");
    for (input, corpus) in inputs {
        println!(
            "{input}: {} records of {:.1} octets.",
            corpus.count(),
            corpus.octets_each()
        );
    }
}

/// The nanoseconds of each round, for each reader.
fn measure(corpus: &Corpus, rounds: usize) -> Vec<Vec<f64>> {
    let mut times = vec![Vec::new(); READERS.len()];
    for round in 0..=rounds {
        for turn in 0..READERS.len() {
            // Nobody always comes after the same neighbour.
            let index = (turn + round) % READERS.len();
            let elapsed = time(corpus, READERS[index].1);
            // The first round only warms up.
            if round > 0 {
                times[index].push(elapsed);
            }
        }
    }
    times
}

fn time(corpus: &Corpus, reader: Reader) -> f64 {
    let started = Instant::now();
    corpus.for_each(|string| {
        black_box(reader(black_box(string)));
    });
    started.elapsed().as_nanos() as f64
}
