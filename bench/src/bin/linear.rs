//! How cost grows with length. Prints a Markdown table; `--quick` stops at 64 KiB and skips callgrind.
//!
//! For each shape of input, lengths double from 1 KiB to the longest one that is read. The slope of the log-log line of cost over length is 1
//! where cost is linear, 2 where it is quadratic. Time is noisy and, in short texts, has a constant part; instructions, counted by callgrind
//! where it is present, at two or three lengths, are exact.

#![forbid(unsafe_code)]

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use mimi_bench::shapes::{Shape, Subject};
use mimi_bench::statistics::{log_log_slope, median};

/// What the slopes should not exceed.
const AIM: f64 = 1.05;

const SHORTEST: usize = 1024;

/// Lengths at which instructions are counted. No shape has more RDATA than a record can hold at the second one, so nothing stops early there.
const COUNTED: [usize; 3] = [8192, 65_535, 1 << 20];

fn main() {
    let quick = std::env::args().any(|argument| argument == "--quick");
    let has_valgrind = !quick
        && Command::new("valgrind")
            .arg("--version")
            .stdout(Stdio::null())
            .status()
            .is_ok();
    let mut steepest = [(0.0, String::new()), (0.0, String::new())];
    println!(
        "| reader | shape | ns an octet | slope of time | instructions an octet | slope of instructions |"
    );
    println!("|---|---|---:|---:|---:|---:|");
    for subject in Subject::ALL {
        let longest = if quick {
            subject.longest().min(65_536)
        } else {
            subject.longest()
        };
        for (index, (name, shape)) in subject.shapes().iter().enumerate() {
            let (nanoseconds, slope) = time(subject, *shape, longest, quick);
            let counted = has_valgrind
                .then(|| count(subject, index, *shape, longest))
                .flatten();
            let (instructions, exact) = match counted {
                Some((instructions, slope)) => (format!("{instructions:.1}"), Some(slope)),
                None => ("–".to_owned(), None),
            };
            for (found, steepest) in [Some(slope), exact].into_iter().zip(&mut steepest) {
                if let Some(found) = found
                    && found > steepest.0
                {
                    *steepest = (found, format!("{}, {name}", subject.name()));
                }
            }
            let exact = exact.map_or("–".to_owned(), |exact| format!("{exact:.3}"));
            println!(
                "| {} | {name} | {nanoseconds:.2} | {slope:.3} | {instructions} | {exact} |",
                subject.name()
            );
        }
    }
    println!();
    for ((slope, place), what) in steepest.iter().zip(["time", "instructions"]) {
        if place.is_empty() {
            println!(
                "Instructions were not counted: that needs valgrind, and a run without --quick."
            );
        } else {
            let verdict = if *slope <= AIM { "within" } else { "over" };
            println!("Steepest slope of {what}: {slope:.3} ({place}), {verdict} the aim of {AIM}.");
        }
    }
}

/// Nanoseconds an octet at the longest length, and the slope.
fn time(subject: Subject, shape: Shape, longest: usize, quick: bool) -> (f64, f64) {
    let points: Vec<(f64, f64)> = lengths(longest)
        .map(|length| {
            let text = shape(length);
            (text.len() as f64, time_one(subject, &text, quick))
        })
        .collect();
    let each = points
        .last()
        .map_or(0.0, |(length, nanoseconds)| nanoseconds / length);
    (each, log_log_slope(&points))
}

fn lengths(longest: usize) -> impl Iterator<Item = usize> {
    // The last doubling of a definition string would be one octet too long.
    let doubled = std::iter::successors(Some(SHORTEST), |length| Some(length * 2));
    doubled
        .take_while(move |length| *length <= longest + 1)
        .map(move |length| length.min(longest))
}

/// The median of batches that each take a while, in nanoseconds a text.
fn time_one(subject: Subject, text: &str, quick: bool) -> f64 {
    let (least, batches) = if quick {
        (Duration::from_micros(100), 7)
    } else {
        (Duration::from_micros(400), 15)
    };
    let batch = |count: u32| {
        let started = Instant::now();
        for _ in 0..count {
            subject.read(std::hint::black_box(text));
        }
        started.elapsed()
    };
    let mut count = 1;
    while batch(count) < least {
        count *= 2;
    }
    let times: Vec<f64> = (0..batches)
        .map(|_| batch(count).as_nanos() as f64 / f64::from(count))
        .collect();
    median(&times)
}

/// Instructions an octet at the longest length, and the steepest slope between neighbours of [`COUNTED`]. `None` where callgrind fails.
fn count(subject: Subject, index: usize, shape: Shape, longest: usize) -> Option<(f64, f64)> {
    let once = std::env::current_exe().ok()?.with_file_name("once");
    let mut points = Vec::new();
    for length in COUNTED.into_iter().filter(|length| *length <= longest) {
        let instructions = instructions(&once, subject, index, length)?;
        points.push((shape(length).len() as f64, instructions));
    }
    let (length, instructions) = points.last()?;
    let slopes = points.windows(2).map(log_log_slope);
    Some((instructions / length, slopes.fold(0.0, f64::max)))
}

fn instructions(once: &Path, subject: Subject, index: usize, length: usize) -> Option<f64> {
    let output = Command::new("valgrind")
        .args([
            "--tool=callgrind",
            "--callgrind-out-file=/dev/null",
            "--toggle-collect=*measured*",
        ])
        .arg(once)
        .args([subject.name(), &index.to_string(), &length.to_string()])
        .output()
        .ok()?;
    // `==123== Collected : 4567`
    let messages = String::from_utf8_lossy(&output.stderr);
    let line = messages.lines().find(|line| line.contains("Collected"))?;
    line.split_whitespace().last()?.parse().ok()
}
