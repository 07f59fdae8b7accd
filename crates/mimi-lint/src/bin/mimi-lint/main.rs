//! The `mimi-lint` command. What scripts may rely on stands in `docs/cli.md`; everything else may change.

mod arguments;
mod baseline;
mod check;
mod completions;
mod config;
mod config_error;
mod configurations;
mod diff;
mod edits;
mod exit;
mod explain;
mod filter;
mod input;
mod levels;
#[cfg(feature = "live")]
mod live;
mod man;
mod mend;
mod messages;
mod paths;
mod progress;
mod replace;
mod report;
mod rule_list;
mod runner;
mod setup;
mod tally;

use std::io::{self, Write};
use std::panic;
use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;
use mimi_output::command::made_safe;

use crate::arguments::{Arguments, Command};
use crate::exit::{Exit, exit_for};

fn main() -> ExitCode {
    // clap ends the process with 2 on a usage error, and with 0 after --help and --version.
    let arguments = Arguments::try_parse().unwrap_or_else(|error| made_safe(error).exit());
    arguments.color.write_global();
    // What fails in here is no finding: whatever it is, the input is not checked.
    let result = panic::catch_unwind(panic::AssertUnwindSafe(|| run(arguments)));
    let result = result
        .unwrap_or_else(|_| Err(anyhow::anyhow!("mimi-lint itself failed; please report it")));
    let exit = result.unwrap_or_else(|error| {
        let exit = exit_for(&error);
        if exit != Exit::Clean {
            // A closed standard error leaves nobody to tell.
            let _ = match error.chain().len() == 1 && error.is::<io::Error>() {
                // Whatever reads says what; writing is done everywhere.
                true => writeln!(io::stderr(), "error: cannot write the output: {error}"),
                false => writeln!(io::stderr(), "error: {error:#}"),
            };
        }
        exit
    });
    exit.into()
}

fn run(arguments: Arguments) -> Result<Exit> {
    match arguments.command {
        None => check::run(&arguments.check),
        Some(Command::Check(options)) => check::run(&options),
        #[cfg(feature = "live")]
        Some(Command::Live(options)) => live::live(&options),
        #[cfg(feature = "live")]
        Some(Command::Axfr(options)) => live::axfr(&options),
        #[cfg(feature = "live")]
        Some(Command::Diff(options)) => live::diff(&options),
        Some(Command::Explain(options)) => explain::run(&options),
        Some(Command::Rules(options)) => rule_list::run(&options),
        Some(Command::Completions(options)) => completions::run(&options),
        Some(Command::Man(options)) => man::run(&options),
    }
}
