//! Reads one text once, for callgrind: `once zone 3 65536` is the zone shape with index 3 at 64 KiB; `once strict stream 1000` reads strings.
//!
//! Only what happens below [`measured`] is counted, so making the text costs nothing.

#![forbid(unsafe_code)]

use std::hint::black_box;
use std::process::ExitCode;

use mimi_bench::corpus::{SEED, hot, stream};
use mimi_bench::shapes::Subject;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match texts(&arguments) {
        Some((subject, texts)) => {
            measured(subject, &texts);
            ExitCode::SUCCESS
        }
        None => {
            eprintln!("usage: once strict|parse|zone (SHAPE LENGTH | hot PASSES | stream COUNT)");
            ExitCode::FAILURE
        }
    }
}

fn texts(arguments: &[String]) -> Option<(Subject, Vec<String>)> {
    let [subject, shape, size] = arguments else {
        return None;
    };
    let subject = Subject::ALL
        .into_iter()
        .find(|known| known.name() == subject)?;
    let size = size.parse().ok()?;
    let corpus = match shape.as_str() {
        "hot" => hot(size),
        "stream" => stream(size, SEED),
        index => {
            let (_, shape) = subject.shapes().get(index.parse::<usize>().ok()?)?;
            return Some((subject, vec![shape(size)]));
        }
    };
    let mut texts = Vec::new();
    corpus.for_each(|text| texts.push(text.to_owned()));
    Some((subject, texts))
}

#[inline(never)]
fn measured(subject: Subject, texts: &[String]) {
    for text in texts {
        subject.read(black_box(text));
    }
}
