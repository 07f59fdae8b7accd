//! The `mimi-lint` command. What scripts may rely on stands in `docs/cli.md`; everything else may change.

mod arguments;
mod check;
mod exit;
#[cfg(feature = "live")]
mod live;
mod report;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;

use crate::arguments::{Arguments, Command};
use crate::exit::{Exit, exit_for};

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    arguments.color.write_global();
    let result = match arguments.command {
        None => check::run(&arguments.check),
        Some(Command::Check(options)) => check::run(&options),
        #[cfg(feature = "live")]
        Some(Command::Live(options)) => live::live(&options),
        #[cfg(feature = "live")]
        Some(Command::Axfr(options)) => live::axfr(&options),
        #[cfg(feature = "live")]
        Some(Command::Diff(options)) => live::diff(&options),
    };
    let exit = result.unwrap_or_else(|error| {
        let exit = exit_for(&error);
        if exit != Exit::Clean {
            // A closed standard error leaves nobody to tell.
            let _ = writeln!(io::stderr(), "error: {error:#}");
        }
        exit
    });
    exit.into()
}
