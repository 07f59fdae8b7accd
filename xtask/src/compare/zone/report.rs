//! Tables of the figures, and how they stand to the aims.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::files::Shape;
use super::rounds::Row;
use super::tools::{OURS, REFERENCE};
use crate::compare::usage::Usage;

/// What our rows are held to.
struct Aim {
    name: &'static str,
    most: f64,
    /// The figure of a row, if it is among those that are meant.
    figure: fn(&Figures<'_>) -> Option<f64>,
}

const AIMS: [Aim; 4] = [
    Aim {
        name: "Time on one thread, as a multiple of libzscanner's",
        most: 1.0,
        figure: |row| row.ratio.filter(|_| row.tool.ends_with("1 thread")),
    },
    Aim {
        name: "Time on two threads, as a multiple of libzscanner's",
        most: 0.6,
        figure: |row| row.ratio.filter(|_| row.tool.ends_with("2 threads")),
    },
    Aim {
        name: "Peak memory, in MB",
        most: 16.0,
        figure: |row| Some(row.peak),
    },
    Aim {
        name: "Time for ten times the records, as a multiple",
        most: 10.5,
        figure: |row| {
            let (records, time) = row.growth?;
            (records == 10.0).then_some(time)
        },
    },
];

/// The figures of a row.
struct Figures<'a> {
    tool: &'a str,
    shape: Shape,
    records: u64,
    seconds: f64,
    least: f64,
    most: f64,
    records_a_second: f64,
    megabytes_a_second: f64,
    processor_seconds: f64,
    /// In MB.
    peak: f64,
    /// Of the reference's time, in the same rounds.
    ratio: Option<f64>,
    /// How many times the records of the smallest zone, and how many times its time.
    growth: Option<(f64, f64)>,
}

/// The whole text. `idle` is what is measured of a program that does nothing.
pub(super) fn report(rows: &[Row], idle: Option<Usage>, rounds: usize) -> String {
    let figures: Vec<Figures<'_>> = rows.iter().map(|row| figures(row, rows)).collect();
    let mut text = String::new();
    for shape in Shape::ALL {
        table(&mut text, shape, &figures, rows);
    }
    let idle = idle.map_or(String::new(), |idle| {
        let peak = megabytes(idle.peak_octets);
        format!(" A program that does nothing is measured at {peak:.1} MB: less cannot be seen.")
    });
    // A String takes everything.
    let _ = writeln!(
        text,
        "Medians of {rounds} rounds, of at most three for checkers.{idle}\n"
    );
    for aim in AIMS {
        let ours = figures.iter().filter(|row| row.tool.starts_with(OURS));
        let worst = ours
            .filter_map(|row| Some(((aim.figure)(row)?, row)))
            .max_by(|(one, _), (other, _)| one.total_cmp(other));
        let found = worst.map_or("not measured".to_owned(), |(worst, row)| {
            let (tool, shape, records) = (row.tool, row.shape.name(), row.records);
            let verdict = if worst <= aim.most { "within" } else { "over" };
            format!("{worst:.2} ({tool}, {shape}, {records} records), {verdict} the aim")
        });
        let (name, most) = (aim.name, aim.most);
        let _ = writeln!(text, "- {name}, at most {most}: {found}.");
    }
    text
}

fn table(text: &mut String, shape: Shape, figures: &[Figures<'_>], rows: &[Row]) {
    let files: BTreeMap<u64, u64> = rows
        .iter()
        .filter(|row| row.zone.shape == shape)
        .map(|row| (row.zone.records, row.octets))
        .collect();
    let files: Vec<String> = files
        .into_iter()
        .map(|(records, octets)| format!("{records} records in {:.0} MB", megabytes(octets)))
        .collect();
    let _ = write!(
        text,
        "**{}**: {}.\n\n\
         | program | records | s | least – most | records/s | MB/s | processor s | peak MB | × libzscanner | × fewest records |\n\
         |---|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n",
        shape.name(),
        files.join(", "),
    );
    let mut of_shape: Vec<&Figures<'_>> = figures.iter().filter(|row| row.shape == shape).collect();
    // The rows of a program together, in the order of the programs.
    let place = |row: &Figures<'_>| figures.iter().position(|other| other.tool == row.tool);
    of_shape.sort_by_key(|row| place(row));
    for row in of_shape {
        let ratio = row
            .ratio
            .map_or("–".to_owned(), |ratio| format!("{ratio:.2}"));
        let growth = row
            .growth
            .map_or("–".to_owned(), |(_, time)| format!("{time:.2}"));
        let _ = writeln!(
            text,
            "| {} | {} | {:.3} | {:.3} – {:.3} | {:.0} | {:.0} | {:.3} | {:.1} | {ratio} | {growth} |",
            row.tool,
            row.records,
            row.seconds,
            row.least,
            row.most,
            row.records_a_second,
            row.megabytes_a_second,
            row.processor_seconds,
            row.peak,
        );
    }
    text.push('\n');
}

fn figures<'a>(row: &'a Row, rows: &[Row]) -> Figures<'a> {
    let zone = &row.zone;
    let of_shape = || rows.iter().filter(|other| other.zone.shape == zone.shape);
    let reference =
        of_shape().find(|other| other.tool == REFERENCE && other.zone.records == zone.records);
    let fewest = of_shape()
        .filter(|other| other.tool == row.tool && other.zone.records < zone.records)
        .min_by_key(|other| other.zone.records);
    let seconds = median(row.usages.iter().map(|usage| usage.seconds));
    let peaks = row.usages.iter().map(|usage| usage.peak_octets);
    let times = || row.usages.iter().map(|usage| usage.seconds);
    Figures {
        tool: &row.tool,
        shape: zone.shape,
        records: zone.records,
        seconds,
        least: times().fold(f64::INFINITY, f64::min),
        most: times().fold(0.0, f64::max),
        records_a_second: zone.records as f64 / seconds,
        megabytes_a_second: megabytes(row.octets) / seconds,
        processor_seconds: median(row.usages.iter().map(|usage| usage.processor_seconds)),
        peak: megabytes(peaks.max().unwrap_or(0)),
        ratio: reference.map(|reference| ratio(row, reference)),
        growth: fewest.map(|fewest| {
            let times = zone.records as f64 / fewest.zone.records as f64;
            (times, ratio(row, fewest))
        }),
    }
}

/// The median of the rounds' ratios of times.
fn ratio(row: &Row, other: &Row) -> f64 {
    let rounds = row.usages.iter().zip(&other.usages);
    median(rounds.map(|(own, other)| own.seconds / other.seconds))
}

/// The middle one; of an even number the upper one. 0 without any.
fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(0.0)
}

fn megabytes(octets: u64) -> f64 {
    octets as f64 / 1e6
}
