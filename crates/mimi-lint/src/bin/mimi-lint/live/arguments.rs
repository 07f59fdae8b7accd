//! The options of `mimi-lint live`, `axfr` and `diff`.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};
use mimi_lint::Level;
use mimi_name::DomainName;

use crate::arguments::{ConfigurationFile, Format, RuleOptions, TypeOptions};

const DNS_PORT: u16 = 53;

/// Check what name servers say of names, email addresses or telephone numbers.
#[derive(Args)]
pub(crate) struct Live {
    /// MUIs, email addresses, telephone numbers, or domains.
    #[arg(value_name = "NAME|IDENTIFIER", required_unless_present = "replay")]
    pub(crate) identifiers: Vec<String>,
    /// Ask this server, and not those of the zone (repeatable): an address with an optional port.
    #[arg(long, value_name = "ADDRESS", value_parser = parse_server)]
    pub(crate) server: Vec<SocketAddr>,
    /// Ask this resolver for name servers and hosts (repeatable) [default: those of the system; with --server, the servers].
    #[arg(long, value_name = "ADDRESS", value_parser = parse_server)]
    pub(crate) resolver: Vec<SocketAddr>,
    /// The name below which telephone numbers stand [default: e164.arpa].
    #[arg(long, value_name = "NAME", value_parser = DomainName::parse_absolute)]
    pub(crate) enum_suffix: Option<DomainName>,
    /// How many seconds a question may take.
    #[arg(long, value_name = "SECONDS", default_value = "5", value_parser = parse_timeout)]
    pub(crate) timeout: Duration,
    /// Write what was observed to a file.
    #[arg(long, value_name = "FILE")]
    pub(crate) save: Option<PathBuf>,
    /// Judge what --save wrote, and ask nobody.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["identifiers", "server", "resolver", "save"])]
    pub(crate) replay: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) output: Output,
}

/// Check a whole zone as its server transfers it.
#[derive(Args)]
pub(crate) struct Axfr {
    /// The zone.
    #[arg(value_parser = DomainName::parse_absolute)]
    pub(crate) zone: DomainName,
    /// The server: an address with an optional port.
    #[arg(long, value_name = "ADDRESS", value_parser = parse_server)]
    pub(crate) server: SocketAddr,
    /// How many seconds each message may take.
    #[arg(long, value_name = "SECONDS", default_value = "5", value_parser = parse_timeout)]
    pub(crate) timeout: Duration,
    #[command(flatten)]
    pub(crate) output: Output,
}

/// Tell what publishing a zone file would change for callers.
#[derive(Args)]
pub(crate) struct Diff {
    /// The zone file, or `-` for standard input.
    pub(crate) file: PathBuf,
    /// The server that has the zone as it is now: an address with an optional port.
    #[arg(long, value_name = "ADDRESS", value_parser = parse_server)]
    pub(crate) server: SocketAddr,
    /// The origin before any $ORIGIN: usually the zone's name.
    #[arg(long, value_name = "NAME", value_parser = DomainName::parse_absolute)]
    pub(crate) origin: Option<DomainName>,
    /// How many seconds a question may take.
    #[arg(long, value_name = "SECONDS", default_value = "5", value_parser = parse_timeout)]
    pub(crate) timeout: Duration,
    #[command(flatten)]
    pub(crate) types: TypeOptions,
    /// How to write the changes.
    #[arg(long, value_enum, default_value_t = DiffFormat::Human)]
    pub(crate) format: DiffFormat,
}

/// How findings are written, and which fail.
#[derive(Args)]
pub(crate) struct Output {
    /// How to write the findings.
    #[arg(long, value_enum, default_value_t = Format::Full)]
    pub(crate) format: Format,
    /// The level from which findings fail the check: info, warning or error [default: warning].
    #[arg(long, value_name = "LEVEL")]
    pub(crate) fail_on: Option<Level>,
    /// Exit with 0 whatever is found.
    #[arg(long)]
    pub(crate) exit_zero: bool,
    /// Say nothing but the findings, and what failed.
    #[arg(long, short)]
    pub(crate) quiet: bool,
    #[command(flatten)]
    pub(crate) types: TypeOptions,
    #[command(flatten)]
    pub(crate) rules: RuleOptions,
    #[command(flatten)]
    pub(crate) configuration: ConfigurationFile,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// For people.
    Human,
    /// One array.
    Json,
    /// One object a line.
    Jsonl,
}

fn parse_server(text: &str) -> Result<SocketAddr, String> {
    let inside = text
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    let address = inside.unwrap_or(text).parse::<IpAddr>();
    let address = address.map(|address| SocketAddr::new(address, DNS_PORT));
    match address.or_else(|_| text.parse()) {
        Ok(address) if address.port() > 0 => Ok(address),
        _ => Err(
            "expected an IP address with an optional port, such as 192.0.2.1, 192.0.2.1:5353 or [2001:db8::1]:53"
                .into(),
        ),
    }
}

fn parse_timeout(text: &str) -> Result<Duration, String> {
    let seconds = text.parse::<f64>().ok();
    let seconds = seconds.filter(|seconds| (0.01..=600.0).contains(seconds));
    let seconds = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    seconds.ok_or_else(|| "expected seconds between 0.01 and 600".into())
}
