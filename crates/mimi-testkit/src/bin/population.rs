//! The population of the reliability run, for programs: `population zone|identifiers|compare [--identifiers N] [--seed N] [FILE]`.
//!
//! - `zone`: its zone as a master file.
//! - `identifiers`: one a line.
//! - `compare FILE`: holds what `mimi resolve --format jsonl` said about these identifiers against the truth. Prints cells of a table, and on
//!   standard error who was found wrongly; fails where somebody was.

use std::error::Error;
use std::fs;
use std::io::{self, Write};
use std::process::ExitCode;

use mimi_testkit::network::population::{Population, Truth};
use mimi_testkit::network::reliability::Tally;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let what = arguments.next().unwrap_or_default();
    let (mut identifiers, mut seed, mut file) = (1000, 1, None);
    while let Some(argument) = arguments.next() {
        let mut number = || {
            arguments
                .next()
                .ok_or("a number is missing")?
                .parse::<u32>()
                .map_err(Box::<dyn Error>::from)
        };
        match argument.as_str() {
            "--identifiers" => identifiers = number()?,
            "--seed" => seed = number()?,
            _ => file = Some(argument),
        }
    }
    let population = Population::make(u64::from(seed), 0..identifiers);
    let mut out = io::stdout().lock();
    match (what.as_str(), file) {
        ("zone", _) => out.write_all(population.world.to_master_file().as_bytes())?,
        ("identifiers", _) => {
            for person in &population.people {
                writeln!(out, "{}", person.identifier)?;
            }
        }
        ("compare", Some(file)) => {
            let tally = compare(&population, &fs::read_to_string(file)?)?;
            writeln!(out, "{}", tally.cells())?;
            for wrong in &tally.wrong {
                writeln!(io::stderr(), "WRONG, seed {seed}, {wrong}")?;
            }
            if !tally.wrong.is_empty() {
                return Ok(ExitCode::FAILURE);
            }
        }
        _ => {
            return Err(
                "usage: population zone|identifiers|compare [--identifiers N] [--seed N] [FILE]"
                    .into(),
            );
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// One line of results for each person, in the same order.
fn compare(population: &Population, text: &str) -> Result<Tally, Box<dyn Error>> {
    let people = &population.people;
    let lines: Vec<&str> = text.lines().collect();
    if lines.len() != people.len() {
        let (people, lines) = (people.len(), lines.len());
        return Err(format!("expected {people} lines, found {lines}").into());
    }
    let mut tally = Tally::default();
    for ((number, person), line) in (0..).zip(people).zip(lines) {
        let result: serde_json::Value = serde_json::from_str(line)?;
        let code = result.get("code").and_then(|code| code.as_str());
        tally.judge(number, person, Truth::of_json(&result), code);
    }
    Ok(tally)
}
