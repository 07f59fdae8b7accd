//! Instructions of the readers, counted by callgrind under gungraun: the same on a noisy machine, so good for comparing one's changes.
//!
//! Reading includes the walk over the inputs; making them does not count.

#![expect(missing_docs, reason = "the macros make undocumented items")]

use gungraun::prelude::*;
use mimi_bench::corpus::{Corpus, SEED, hot, stream};
use mimi_bench::readers::{Reader, explaining, split, strict, zone};

/// A zone of so many records: half generic form, a quarter text form, a quarter addresses.
fn zone_of(records: usize) -> String {
    let line = |number: usize| match number % 4 {
        0 => format!(
            "user{number}.example.com. 3600 IN MIMI \"v=MIMI1; a=user{number}; e=im.example.net\"\n"
        ),
        1 => format!(
            "host{number}.example.com. 3600 IN A 192.0.2.{}\n",
            number % 256
        ),
        _ => format!(
            "user{number}.example.com. 3600 IN TYPE65357 \\# 15 0e763d4d494d49313b613d623b653d\n"
        ),
    };
    (0..records).map(line).collect()
}

fn read(corpus: &Corpus, reader: Reader) -> usize {
    let mut taken = 0;
    corpus.for_each(|string| taken += usize::from(reader(string)));
    taken
}

#[library_benchmark]
#[bench::hot_999(hot(333))]
#[bench::stream_1000(stream(1000, SEED))]
fn memchr_split(corpus: Corpus) -> usize {
    read(&corpus, split)
}

#[library_benchmark]
#[bench::hot_999(hot(333))]
#[bench::stream_1000(stream(1000, SEED))]
fn parse_strict(corpus: Corpus) -> usize {
    read(&corpus, strict)
}

#[library_benchmark]
#[bench::hot_999(hot(333))]
#[bench::stream_1000(stream(1000, SEED))]
fn parse(corpus: Corpus) -> usize {
    read(&corpus, explaining)
}

#[library_benchmark]
#[bench::records_1000(zone_of(1000))]
fn zone_scan(text: String) -> usize {
    zone(&text)
}

library_benchmark_group!(
    name = readers,
    benchmarks = [memchr_split, parse_strict, parse, zone_scan]
);
main!(library_benchmark_groups = readers);
