//! `mimi-lint completions`: completion scripts for shells.

use std::io::{self, Write};

use anyhow::Result;
use clap::{Args, CommandFactory};
use clap_complete::{Shell, generate};

use crate::arguments::Arguments;
use crate::exit::Exit;

/// Write a completion script for a shell.
#[derive(Args)]
#[command(after_long_help = COMPLETIONS_HELP)]
pub(crate) struct Completions {
    /// The shell.
    #[arg(value_enum, value_name = "SHELL")]
    shell: Shell,
}

const COMPLETIONS_HELP: &str = "\
Examples:
  mimi-lint completions bash > ~/.local/share/bash-completion/completions/mimi-lint
  mimi-lint completions zsh > ~/.zfunc/_mimi-lint
  mimi-lint completions fish > ~/.config/fish/completions/mimi-lint.fish

Exit codes:
  0  written
  2  usage error
  3  standard output failed";

pub(crate) fn run(options: &Completions) -> Result<Exit> {
    // By way of memory: clap_complete panics when its writer fails, as a closed pipe does.
    let mut script = Vec::new();
    let mut command = Arguments::command();
    generate(options.shell, &mut command, "mimi-lint", &mut script);
    let mut out = io::stdout().lock();
    out.write_all(&script)?;
    out.flush()?;
    Ok(Exit::Clean)
}
