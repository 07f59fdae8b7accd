//! How often reading one record allocates. Prints a Markdown table.
//!
//! A program of its own: counting takes the place of the global allocator, and would cost those readers time that do allocate.

#![forbid(unsafe_code)]

use mimi_bench::corpus::{SEED, hot, stream};
use mimi_bench::readers::READERS;

fn main() {
    println!("| reader | input | allocations a record |");
    println!("|---|---|---:|");
    for (input, corpus) in [("hot", hot(3_333)), ("stream", stream(10_000, SEED))] {
        for (name, reader) in READERS {
            let counted =
                allocation_counter::measure(|| corpus.for_each(|string| assert!(reader(string))));
            let each = counted.count_total as f64 / corpus.count() as f64;
            println!("| {name} | {input} | {each:.2} |");
        }
    }
}
