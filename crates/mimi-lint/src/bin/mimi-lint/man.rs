//! `mimi-lint man`: manual pages, one for the command and one for each subcommand.

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Args, Command, CommandFactory};

use crate::arguments::Arguments;
use crate::exit::Exit;
use crate::input::shown;

/// Write the manual pages.
///
/// All of them one after the other to standard output, or each to its own file, such as mimi-lint-check.1.
#[derive(Args)]
#[command(after_long_help = MAN_HELP)]
pub(crate) struct Man {
    /// Write one file a page into this folder, which is created if need be.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

const MAN_HELP: &str = "\
Examples:
  mimi-lint man | man -l -
  mimi-lint man --out ~/.local/share/man/man1

Exit codes:
  0  written
  2  usage error
  3  a local file or standard output failed";

/// A file name, and what goes into it.
type Page = (String, Vec<u8>);

pub(crate) fn run(options: &Man) -> Result<Exit> {
    let mut command = Arguments::command().disable_help_subcommand(true);
    // Gives subcommands their full names.
    command.build();
    let mut pages = Vec::new();
    render(&command, &mut pages).context("cannot render a manual page")?;
    match &options.out {
        Some(folder) => {
            fs::create_dir_all(folder)
                .with_context(|| format!("cannot create {}", shown(folder)))?;
            for (name, page) in pages {
                let path = folder.join(name);
                fs::write(&path, page).with_context(|| format!("cannot write {}", shown(&path)))?;
            }
        }
        None => {
            let mut out = io::stdout().lock();
            for (_, page) in pages {
                out.write_all(&page)?;
            }
            out.flush()?;
        }
    }
    Ok(Exit::Clean)
}

fn render(command: &Command, pages: &mut Vec<Page>) -> io::Result<()> {
    let man = clap_mangen::Man::new(command.clone())
        .source(concat!("mimi-lint ", env!("CARGO_PKG_VERSION")))
        .manual("mimi-lint");
    let mut page = Vec::new();
    man.render(&mut page)?;
    pages.push((man.get_filename(), page));
    for subcommand in command.get_subcommands() {
        render(subcommand, pages)?;
    }
    Ok(())
}
