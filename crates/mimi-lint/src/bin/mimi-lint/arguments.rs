//! The command line: every option and its help.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use mimi_lint::Level;
use mimi_name::DomainName;
use mimi_output::command::Color;

use crate::completions::Completions;
use crate::explain::Explain;
use crate::levels::LevelOptions;
use crate::man::Man;
use crate::rule_list::Rules;

/// Check MIMI records in zone files.
///
/// Discovery of MIMI identifiers via DNS (draft-bertola-mimi-discovery-00). Without a subcommand it does what `mimi-lint check` does.
#[derive(Parser)]
#[command(
    name = "mimi-lint",
    version,
    max_term_width = 100,
    args_conflicts_with_subcommands = true,
    after_long_help = CHECK_HELP
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
    Check(Box<Check>),
    #[cfg(feature = "live")]
    Live(crate::live::arguments::Live),
    #[cfg(feature = "live")]
    Axfr(crate::live::arguments::Axfr),
    #[cfg(feature = "live")]
    Diff(crate::live::arguments::Diff),
    Explain(Explain),
    Rules(Rules),
    Completions(Completions),
    Man(Man),
}

/// Check zone files.
///
/// Of folders, the files whose names look like those of zone files are checked; `include` in mimi-lint.toml says which names those are.
/// Without a path, standard input is checked, unless it is a terminal.
#[derive(Args)]
#[command(after_long_help = CHECK_HELP)]
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
    /// The level from which findings fail the check: info, warning or error [default: warning].
    #[arg(long, value_name = "LEVEL")]
    pub(crate) fail_on: Option<Level>,
    /// Exit with 0 whatever is found.
    #[arg(long)]
    pub(crate) exit_zero: bool,
    /// Let $INCLUDE be followed to files beneath this folder.
    #[arg(long, value_name = "DIR")]
    pub(crate) include_root: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) types: TypeOptions,
    /// How many threads to use [default: as many as there are processors].
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,
    /// Say nothing but the findings, and what failed.
    #[arg(long, short)]
    pub(crate) quiet: bool,
    /// Tell at the end how often each rule found something, on standard error.
    #[arg(long)]
    pub(crate) statistics: bool,
    #[command(flatten)]
    pub(crate) rules: RuleOptions,
    #[command(flatten)]
    pub(crate) configuration: ConfigurationOptions,
    #[command(flatten)]
    pub(crate) fixes: FixOptions,
}

/// Which rules apply.
#[derive(Args)]
#[command(next_help_heading = "Rules")]
pub(crate) struct RuleOptions {
    #[command(flatten)]
    pub(crate) levels: LevelOptions,
    /// Apply also the rules that are off by default.
    #[arg(long)]
    pub(crate) pedantic: bool,
    /// Report also what comments in the file and the configuration ignore.
    #[arg(long)]
    pub(crate) no_ignores: bool,
}

/// Where the configuration comes from.
#[derive(Args)]
#[command(next_help_heading = "Configuration")]
pub(crate) struct ConfigurationOptions {
    #[command(flatten)]
    pub(crate) file: ConfigurationFile,
    /// Leave out the findings that this file records.
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
    /// Record all findings in this file instead of reporting them.
    #[arg(long, value_name = "FILE", conflicts_with = "mend")]
    pub(crate) write_baseline: Option<PathBuf>,
}

/// Which configuration file counts.
#[derive(Args)]
#[command(next_help_heading = "Configuration")]
pub(crate) struct ConfigurationFile {
    /// Use this file. By default, mimi-lint.toml of the folder of each zone file or of the closest folder above it.
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub(crate) config: Option<PathBuf>,
    /// Use no configuration file.
    #[arg(long)]
    pub(crate) no_config: bool,
}

/// The codes of the record types.
#[derive(Args)]
pub(crate) struct TypeOptions {
    /// The code of the MIMI record type.
    #[arg(long, value_name = "CODE")]
    pub(crate) type_mimi: Option<u16>,
    /// The code of the MIMIX record type.
    #[arg(long, value_name = "CODE")]
    pub(crate) type_mimix: Option<u16>,
}

/// What is done about findings.
#[derive(Args)]
#[command(next_help_heading = "Fixes")]
pub(crate) struct FixOptions {
    /// Mend what can be mended without a doubt, and report the rest.
    #[arg(long, group = "mend")]
    pub(crate) fix: bool,
    /// Show what --fix would change, and change nothing; exit with 1 if there is something.
    ///
    /// On a terminal, what it should not get is escaped. Elsewhere the diff is written octet for octet, so that patch can apply it.
    #[arg(long, group = "mend", conflicts_with = "fix")]
    pub(crate) diff: bool,
    /// Mend also where a look at the result is advised; with --fix or --diff.
    #[arg(long, requires = "mend")]
    pub(crate) unsafe_fixes: bool,
}

const CHECK_HELP: &str = "\
Examples:
  mimi-lint example.zone
  mimi-lint --origin example.com. - < example.zone
  mimi-lint --format concise --fail-on error zones/
  mimi-lint -A include-not-followed -D MIMI107 example.zone
  mimi-lint --diff example.zone
  mimi-lint --fix example.zone
  mimi-lint --write-baseline known.json zones/ && mimi-lint --baseline known.json zones/
  mimi-lint explain MIMI107

Exit codes:
  0  nothing was found at or above the level of --fail-on
  1  something was; or, with --diff, something would change
  2  usage or configuration error
  3  a file could not be read or written
  4  the network left something open
The highest that applies wins.";

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people, with the lines they are about.
    Full,
    /// One line each: `path:line:column: level[CODE]: message (name)`.
    Concise,
    /// One object at the end.
    Json,
    /// One object a line, as they come.
    Jsonl,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Workflow commands of GitHub Actions.
    Github,
    /// Code Quality reports of GitLab.
    Gitlab,
    /// JUnit XML, for test reports.
    Junit,
}
