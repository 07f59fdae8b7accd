//! The command line: every option and its help.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use mimi_lint::Level;
use mimi_name::DomainName;

/// Check MIMI records in zone files.
///
/// Discovery of MIMI identifiers via DNS (draft-bertola-mimi-discovery-00).
#[derive(Parser)]
#[command(
    name = "mimi-lint",
    version,
    max_term_width = 100,
    args_conflicts_with_subcommands = true
)]
pub(crate) struct Arguments {
    /// When to colour human output.
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto)]
    pub(crate) color: Color,
    #[command(flatten)]
    pub(crate) check: Check,
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    Check(Check),
    #[cfg(feature = "live")]
    Live(crate::live::arguments::Live),
    #[cfg(feature = "live")]
    Axfr(crate::live::arguments::Axfr),
    #[cfg(feature = "live")]
    Diff(crate::live::arguments::Diff),
}

/// Check zone files.
#[derive(Args)]
pub(crate) struct Check {
    /// Zone files, folders of them, or `-` for standard input.
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// The origin before any $ORIGIN: usually the zone's name.
    #[arg(long, value_name = "NAME", value_parser = DomainName::parse_absolute)]
    pub(crate) origin: Option<DomainName>,
    /// How to write the findings.
    #[arg(long, value_enum, default_value_t = Format::Full)]
    pub(crate) format: Format,
    /// The level from which findings fail the check.
    #[arg(long, value_name = "LEVEL", default_value = "warning")]
    pub(crate) fail_on: Level,
    /// How many threads to use [default: as many as there are processors].
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people, with the lines they are about.
    Full,
    /// One line each.
    Concise,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless NO_COLOR is set; with CLICOLOR_FORCE, everywhere.
    Auto,
    Always,
    Never,
}

impl Color {
    /// Makes it the choice of every stream that anstream opens.
    pub(crate) fn write_global(self) {
        match self {
            Self::Auto => anstream::ColorChoice::Auto,
            Self::Always => anstream::ColorChoice::Always,
            Self::Never => anstream::ColorChoice::Never,
        }
        .write_global();
    }
}
