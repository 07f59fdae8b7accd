//! The table of the figures, and how they stand to the aims.

use std::fmt::Write as _;

use super::{Program, Row};
use crate::compare::lint::zone::Order;

/// The whole text.
pub(super) fn report(rows: &[Row], rounds: usize) -> String {
    let mut text = String::from(
        "| zone | program | s | least – most | records/s | processor s | peak MB | findings | × as fast as kzonecheck |\n\
         |---|---|---:|---:|---:|---:|---:|---:|---:|\n",
    );
    for row in rows {
        let seconds = median(row.usages.iter().map(|usage| usage.seconds));
        let times = || row.usages.iter().map(|usage| usage.seconds);
        let program = match row.program {
            Program::Lint(1) => "mimi-lint, 1 thread".to_owned(),
            Program::Lint(threads) => format!("mimi-lint, {threads} threads"),
            Program::Kzonecheck => "kzonecheck".to_owned(),
        };
        let findings = match row.program {
            Program::Lint(_) => row.findings.to_string(),
            Program::Kzonecheck => "–".to_owned(),
        };
        let _ = writeln!(
            text,
            "| {} records, {} ({:.0} MB) | {program} | {seconds:.3} | {:.3} – {:.3} | {:.0} | {:.3} | {:.1} | {findings} | {} |",
            row.zone.records,
            row.zone.order.name(),
            row.octets as f64 / 1e6,
            times().fold(f64::INFINITY, f64::min),
            times().fold(0.0, f64::max),
            row.zone.records as f64 / seconds,
            median(row.usages.iter().map(|usage| usage.processor_seconds)),
            peak(row),
            speed(row, rows).map_or("–".to_owned(), |speed| format!("{speed:.2}")),
        );
    }
    let _ = writeln!(
        text,
        "\nMedians of {rounds} rounds. One record of a thousand is damaged; `entered` is in the order of entry, `canonical` sorted by owner.\n"
    );
    for row in rows.iter().filter(|row| row.program == Program::Lint(1)) {
        let least = if row.zone.records >= 10_000_000 {
            8.0
        } else {
            6.0
        };
        if let Some(speed) = speed(row, rows) {
            let verdict = if speed >= least {
                "reached"
            } else {
                "not reached"
            };
            let (records, order) = (row.zone.records, row.zone.order.name());
            let _ = writeln!(
                text,
                "- {records} records, {order}, one thread: {speed:.2} times as fast as kzonecheck; the aim of {least} is {verdict}."
            );
        }
    }
    for row in rows.iter().filter(|row| row.program == Program::Lint(1)) {
        // Three quarters of the records begin an RRset.
        let most = match row.zone.order {
            Order::Canonical => 16.0,
            Order::Entered => 16.0 + 32.0 * 0.75 * row.zone.records as f64 / 1e6,
        };
        let peak = peak(row);
        let verdict = if peak <= most { "within" } else { "over" };
        let (records, order) = (row.zone.records, row.zone.order.name());
        let _ = writeln!(
            text,
            "- {records} records, {order}: {peak:.1} MB at most; {verdict} the aim of {most:.0}."
        );
    }
    text
}

fn peak(row: &Row) -> f64 {
    let peaks = row.usages.iter().map(|usage| usage.peak_octets);
    peaks.max().unwrap_or_default() as f64 / 1e6
}

/// How many times as fast as the peer in the same rounds; the median.
fn speed(row: &Row, rows: &[Row]) -> Option<f64> {
    let peer = rows.iter().find(|other| {
        other.program == Program::Kzonecheck
            && other.zone.records == row.zone.records
            && other.zone.order == row.zone.order
    })?;
    if row.program == Program::Kzonecheck {
        return None;
    }
    let rounds = row.usages.iter().zip(&peer.usages);
    Some(median(rounds.map(|(own, peer)| peer.seconds / own.seconds)))
}

/// The middle one; of an even number the upper one. 0 without any.
fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(0.0)
}
