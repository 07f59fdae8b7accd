//! The `mimi` command. What scripts may rely on stands in `docs/cli.md`; everything else may change.

mod arguments;
mod authorities;
mod completions;
mod excerpt;
mod exit;
mod identifiers;
mod man;
mod name;
mod oracle;
mod oracle_tokens;
mod parse;
mod resolve;
mod serve;
mod zone;
mod zones;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;
use mimi_output::command::made_safe;

use crate::arguments::{Arguments, Command};
use crate::exit::{Exit, exit_for};

fn main() -> ExitCode {
    // clap ends the process with 2 on a usage error, and with 0 after --help and --version.
    let arguments = Arguments::try_parse().unwrap_or_else(|error| made_safe(error).exit());
    arguments.color.write_global();
    let result = match arguments.command {
        Command::Resolve(options) => resolve::run(options),
        Command::Parse(options) => parse::run(&options),
        Command::Name(options) => name::run(&options),
        Command::Serve(options) => serve::run(&options),
        Command::Zone(options) => zone::run(&options),
        Command::Oracle(options) => oracle::run(&options),
        Command::Completions(options) => completions::run(&options),
        Command::Man(options) => man::run(&options),
    };
    let exit = result.unwrap_or_else(|error| {
        let exit = exit_for(&error);
        if exit != Exit::Ok {
            // A closed standard error leaves nobody to tell.
            let _ = match error.chain().len() {
                // Whatever reads says what; writing is done everywhere.
                1 if error.is::<io::Error>() => {
                    writeln!(io::stderr(), "error: cannot write the output: {error}")
                }
                _ => writeln!(io::stderr(), "error: {error:#}"),
            };
        }
        exit
    });
    exit.into()
}
