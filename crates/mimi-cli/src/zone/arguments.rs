//! The options of `mimi zone`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use mimi_name::DomainName;

use crate::arguments::{LineFormat, Types};

/// Convert zone files, and list their records.
///
/// Zone files may hold MIMI and MIMIX records with their mnemonics or as TYPEnnn \# (RFC 3597). $GENERATE is expanded. $INCLUDE is
/// an error, unless `mimi zone records` is told where included files may lie.
#[derive(Args)]
pub(crate) struct Zone {
    #[command(subcommand)]
    pub(crate) command: ZoneCommand,
}

#[derive(Subcommand)]
pub(crate) enum ZoneCommand {
    Convert(Convert),
    Records(Records),
}

/// Write a zone file in the form that a name server takes.
///
/// To a zone file (mnemonic, rfc3597): every record, one a line, with absolute names and its own TTL and class; records of other types keep
/// their meaning. Comments are kept, except inside parentheses. To the others: MIMI and MIMIX records only; what is left out is told
/// on standard error.
///
/// If anything cannot be read or written, nothing is written at all: an incomplete zone hides people. A MIMI record whose definition
/// string resolvers will not use is converted with a warning.
#[derive(Args)]
#[command(after_long_help = CONVERT_HELP)]
pub(crate) struct Convert {
    /// What to write.
    #[arg(long, value_enum)]
    pub(crate) to: Target,
    #[command(flatten)]
    pub(crate) input: Input,
}

const CONVERT_HELP: &str = "\
Examples:
  mimi zone convert --to rfc3597 example.zone > example.zone.rfc3597
  mimi zone convert --to mnemonic --origin example.com - < db.example.com
  mimi zone convert --to nsupdate example.zone | nsupdate -k update.key

Exit codes:
  0  converted, perhaps with warnings
  1  at least one error; nothing was written
  2  usage error
  3  a local file or stream failed";

/// List the records of a zone file, and its errors, in the order of the file.
///
/// The file is read and forgotten as the records are written: it may be larger than the memory.
#[derive(Args)]
#[command(after_long_help = RECORDS_HELP)]
pub(crate) struct Records {
    /// How to write the records.
    #[arg(long, value_enum, default_value_t = LineFormat::Jsonl)]
    pub(crate) format: LineFormat,
    /// List comments and directives too.
    #[arg(long)]
    pub(crate) all: bool,
    /// Follow $INCLUDE, to regular files beneath this folder. Their paths count from there.
    #[arg(long, value_name = "DIR")]
    pub(crate) include_root: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) input: Input,
}

const RECORDS_HELP: &str = "\
Examples:
  mimi zone records example.zone
  mimi zone records --format human --origin example.com - < db.example.com
  mimi zone records --all example.zone
  mimi zone records --include-root /etc/bind/zones /etc/bind/zones/db.example.com

Exit codes:
  0  every record could be read
  1  at least one error
  2  usage error
  3  a local file or stream failed";

/// The zone file, and how to read it.
#[derive(Args)]
pub(crate) struct Input {
    /// The zone file, or `-` for standard input.
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// The origin of relative names before any $ORIGIN: usually the zone's name.
    #[arg(long, value_name = "NAME", value_parser = DomainName::parse_absolute)]
    pub(crate) origin: Option<DomainName>,
    #[command(flatten)]
    pub(crate) types: Types,
}

/// What a zone file is converted to.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Target {
    /// A zone file with `MIMI "…"` and `MIMIX name`, for `mimi serve` and for people.
    Mnemonic,
    /// A zone file with `TYPEnnn \# length hex`, for BIND, NSD, Knot, PowerDNS, CoreDNS and others.
    Rfc3597,
    /// A script for nsupdate or knsupdate (RFC 2136).
    Nsupdate,
    /// Lines for the data file of tinydns.
    Tinydns,
    /// Options for the configuration of dnsmasq.
    Dnsmasq,
    /// Commands of pdnsutil, for PowerDNS with a database.
    Powerdns,
}
