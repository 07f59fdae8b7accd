//! The `mimi` command. What scripts may rely on stands in `docs/cli.md`; everything else may change.

mod arguments;
mod excerpt;
mod exit;
mod json;
mod name;
mod parse;
mod resolve;
mod serve;
mod text;
mod zones;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;

use crate::arguments::{Arguments, Command};
use crate::exit::{Exit, exit_for};

fn main() -> ExitCode {
    // clap itself ends the process with 2 on a usage error, and with 0 after --help and --version.
    let arguments = Arguments::parse();
    arguments.color.write_global();
    let result = match arguments.command {
        Command::Resolve(options) => resolve::run(options),
        Command::Parse(options) => parse::run(&options),
        Command::Name(options) => name::run(&options),
        Command::Serve(options) => serve::run(&options),
    };
    let exit = result.unwrap_or_else(|error| {
        let exit = exit_for(&error);
        if exit != Exit::Ok {
            // A closed standard error leaves nobody to tell.
            let _ = writeln!(io::stderr(), "error: {error:#}");
        }
        exit
    });
    exit.into()
}
