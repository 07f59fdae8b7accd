//! `parse_strict` under criterion, to compare one's own changes: `cargo bench --bench strict_criterion -- --save-baseline before`.
//!
//! Criterion measures one reader after the other; ratios between readers are the business of the program `strict`, where they take turns.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use mimi_bench::corpus::{SEED, hot, stream};
use mimi_bench::readers::READERS;

fn strict(criterion: &mut Criterion) {
    for (input, corpus) in [("hot", hot(33_333)), ("stream", stream(100_000, SEED))] {
        let mut group = criterion.benchmark_group(input);
        group.throughput(Throughput::ElementsAndBytes {
            elements: corpus.count() as u64,
            bytes: corpus.octets() as u64,
        });
        group.sample_size(30);
        for (name, reader) in READERS {
            group.bench_function(*name, |bencher| {
                bencher.iter(|| {
                    corpus.for_each(|string| {
                        black_box(reader(black_box(string)));
                    });
                });
            });
        }
    }
}

criterion_group!(benches, strict);
criterion_main!(benches);
