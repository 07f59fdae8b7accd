//! The command line: every option and its help.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, Parser, Subcommand, ValueEnum};
use mimi_name::DomainName;
use mimi_output::command::Color;
use mimi_resolver::Server;
use mimi_resolver::oracle_client::OracleAddress;
use mimi_rr::TypeCodes;

use crate::completions::Completions;
use crate::exit::Usage;
use crate::man::Man;
use crate::oracle::Oracle;
use crate::zone::Zone;

/// Find out where a person wants to be reached: on which messaging services, at which endpoint, under which account.
///
/// Discovery of MIMI identifiers via DNS (draft-bertola-mimi-discovery-00).
#[derive(Parser)]
#[command(name = "mimi", version, max_term_width = 100)]
pub(crate) struct Arguments {
    /// When to colour human output.
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto)]
    pub(crate) color: Color,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    Resolve(Resolve),
    Parse(Parse),
    Name(Name),
    Serve(Serve),
    Zone(Zone),
    Oracle(Oracle),
    Completions(Completions),
    Man(Man),
}

/// Resolve MUIs, email addresses and telephone numbers.
///
/// An identifier is a MUI (mymimi.example.com, mimi:mymimi.example.com), an email address (alice@example.com) or a telephone number with
/// its country code (+1 555 123 4567). `-` reads identifiers from standard input, one a line.
#[derive(Args)]
#[command(after_long_help = RESOLVE_HELP)]
pub(crate) struct Resolve {
    /// What to resolve.
    #[arg(required = true, value_name = "IDENTIFIER")]
    pub(crate) identifiers: Vec<String>,
    /// Ask an embedded server on loopback that serves this zone file; may be repeated.
    #[arg(long = "zone", value_name = "FILE", conflicts_with = "servers")]
    pub(crate) zones: Vec<PathBuf>,
    /// Ask this server: udp://ADDRESS, tcp://ADDRESS, or an address alone (UDP with TCP); tls://ADDRESS#NAME, https://ADDRESS/PATH#NAME or
    /// quic://ADDRESS#NAME, where NAME is the one in its certificate; may be repeated. Default: the system's servers.
    #[arg(long = "server", value_name = "URL")]
    pub(crate) servers: Vec<Server>,
    /// What to do with DNSSEC. Default: `off` with --zone and with --server that may be authoritative only (udp://, tcp://), else `validate`.
    #[arg(long, value_enum, value_name = "MODE")]
    pub(crate) dnssec: Option<DnssecMode>,
    /// Begin chains of trust at the DNSKEY or DS records of this file, in place of the built-in keys of the root zone.
    #[arg(long, value_name = "FILE")]
    pub(crate) trust_anchor: Option<PathBuf>,
    /// Take the servers' word for what is validated (the AD bit), where they are asked over an encrypted channel or on this host.
    #[arg(long, conflicts_with = "trust_anchor")]
    pub(crate) trust_ad: bool,
    /// Ask nobody in the clear: with a plain server among those to ask, on this host or elsewhere, nothing is sent.
    #[arg(long, conflicts_with = "zones")]
    pub(crate) require_encrypted: bool,
    /// Trust the certificate authorities in this PEM file, instead of those that browsers trust.
    #[arg(long, value_name = "FILE")]
    pub(crate) tls_ca: Option<PathBuf>,
    /// Where DNS says that there is nothing, ask this oracle (D56): https://HOST#KEY, with the key that its operator publishes; may be repeated, the
    /// most trusted first. It does not learn who is looked for. Default: none.
    #[arg(long = "oracle", value_name = "URL#KEY")]
    pub(crate) oracles: Vec<OracleAddress>,
    /// Ask oracles also where nobody proves that there is nothing and it was learnt over plain DNS, where one forged packet can say so.
    #[arg(long, requires = "oracles")]
    pub(crate) oracle_on_insecure: bool,
    /// Ask oracles for more people than others may, by the tokens in this file: lines of PIN TOKEN, of which an oracle gets only its own.
    #[arg(long, value_name = "FILE", requires = "oracles")]
    pub(crate) oracle_tokens: Option<PathBuf>,
    /// How to write the results.
    #[arg(long, value_enum, default_value_t = ResolveFormat::Human)]
    pub(crate) format: ResolveFormat,
    /// Tell what was asked and learnt, step by step.
    #[arg(long)]
    pub(crate) trace: bool,
    /// Prefer this service among accounts that the person wants equally; may be repeated, the best first.
    #[arg(long = "service", value_name = "SERVICE", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) services: Vec<String>,
    /// Look telephone numbers up below this name.
    #[arg(long, value_name = "NAME", default_value = "e164.arpa", value_parser = DomainName::parse_absolute)]
    pub(crate) enum_suffix: DomainName,
    #[command(flatten)]
    pub(crate) types: Types,
    /// Ask for TXT records where the native type has none. A local extension, not in the draft.
    #[arg(long)]
    pub(crate) txt_bridge: bool,
    /// Resolve the endpoints of found accounts too, and refuse those that lead to other than public addresses. Connects to nothing.
    #[arg(long)]
    pub(crate) check_endpoints: bool,
    /// How long one identifier may take, in seconds.
    #[arg(long, value_name = "SECONDS", default_value = "15", value_parser = seconds)]
    pub(crate) timeout: Duration,
}

const RESOLVE_HELP: &str = "\
Examples:
  mimi resolve alice@example.com
  mimi resolve --server 192.0.2.53 mymimi.example.com '+1 555 123 4567'
  mimi resolve --server tls://192.0.2.53#dns.example.net --require-encrypted alice@example.com
  mimi resolve --dnssec require mymimi.example.com
  mimi resolve --zone example.zone --trace mymimi.example.com
  mimi resolve --format jsonl - < identifiers.txt
  mimi resolve --check-endpoints alice@example.com
  mimi resolve --oracle https://oracle.example.net#0UR6wJdCOZbFqr1kZJ0Wy5hFZ1zR9pZcYmNnQbXv3aE alice@example.com

Exit codes:
  0  all found
  1  at least one has no usable mapping, or --check-endpoints vets none of its endpoints
  2  usage error
  3  a local file or socket failed
  4  at least one temporary failure
  5  at least one security failure
The highest that applies wins.";

/// Judge definition strings: the text inside a MIMI record.
///
/// One an argument, taken as it is, or one a line of standard input with `-` or without arguments. In lines, \DDD (decimal) and \\ stand for
/// octets, so that any octet can be given; a backslash before anything else is itself. Write `--` before a string that starts with a dash.
#[derive(Args)]
#[command(after_long_help = PARSE_HELP)]
pub(crate) struct Parse {
    /// Definition strings, or `-` for standard input.
    #[arg(value_name = "STRING")]
    pub(crate) strings: Vec<String>,
    /// How to write the judgements.
    #[arg(long, value_enum, default_value_t = LineFormat::Human)]
    pub(crate) format: LineFormat,
}

const PARSE_HELP: &str = "\
Examples:
  mimi parse 'v=MIMI1; a=myuser; e=mimiserver.example.com'
  mimi parse --format jsonl < strings.txt

Exit codes:
  0  all usable
  1  at least one ignored or rejected
  2  usage error
  3  standard input or output failed";

/// Show which names and types would be asked for. Asks nothing.
///
/// `-` reads identifiers from standard input, one a line.
#[derive(Args)]
#[command(after_long_help = NAME_HELP)]
pub(crate) struct Name {
    /// What to map.
    #[arg(required = true, value_name = "IDENTIFIER")]
    pub(crate) identifiers: Vec<String>,
    /// How to write the names.
    #[arg(long, value_enum, default_value_t = LineFormat::Jsonl)]
    pub(crate) format: LineFormat,
    /// Look telephone numbers up below this name.
    #[arg(long, value_name = "NAME", default_value = "e164.arpa", value_parser = DomainName::parse_absolute)]
    pub(crate) enum_suffix: DomainName,
}

const NAME_HELP: &str = "\
Examples:
  mimi name mymimi.example.com
  mimi name --format human first.last@example.com '+15551234567'

Exit codes:
  0  all have names
  1  at least one is no identifier, or cannot become a name
  2  usage error
  3  standard input or output failed";

/// Serve zone files over DNS, authoritatively, until interrupted.
///
/// MIMI and MIMIX records may be written with their mnemonics or as TYPEnnn \# (RFC 3597).
#[derive(Args)]
#[command(after_long_help = SERVE_HELP)]
pub(crate) struct Serve {
    /// A zone file; may be repeated.
    #[arg(long = "zone", value_name = "FILE", required = true)]
    pub(crate) zones: Vec<PathBuf>,
    /// Listen on this address, over UDP and TCP; may be repeated.
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:5300")]
    pub(crate) listen: Vec<SocketAddr>,
    #[command(flatten)]
    pub(crate) types: Types,
}

const SERVE_HELP: &str = "\
Examples:
  mimi serve --zone example.zone
  mimi serve --zone example.zone --listen 127.0.0.1:5300 --listen '[::1]:5300'
  mimi resolve --server 127.0.0.1:5300 mymimi.example.com";

/// The codes of the record types.
#[derive(Args, Clone, Copy)]
pub(crate) struct Types {
    /// The code of the MIMI record type.
    #[arg(long, value_name = "CODE", default_value_t = TypeCodes::DEFAULT.mimi())]
    type_mimi: u16,
    /// The code of the MIMIX record type.
    #[arg(long, value_name = "CODE", default_value_t = TypeCodes::DEFAULT.mimix())]
    type_mimix: u16,
}

impl Types {
    pub(crate) fn codes(self) -> Result<TypeCodes, Usage> {
        TypeCodes::new(self.type_mimi, self.type_mimix)
            .map_err(|error| Usage(format!("--type-mimi, --type-mimix: {error}")))
    }
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DnssecMode {
    /// Nobody validates.
    Off,
    /// Forged data fails; data of unsigned zones is returned and said to be so.
    Validate,
    /// Only data that is proved is returned.
    Require,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ResolveFormat {
    /// For people.
    Human,
    /// One array at the end.
    Json,
    /// One object a line, as they come.
    Jsonl,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LineFormat {
    /// For people.
    Human,
    /// One object a line.
    Jsonl,
}

fn seconds(text: &str) -> Result<Duration, String> {
    let expected = "expected a number of seconds above 0 and up to 3600";
    let seconds: f64 = text.parse().map_err(|_| expected.to_owned())?;
    if seconds > 0.0 && seconds <= 3600.0 {
        Ok(Duration::from_secs_f64(seconds))
    } else {
        Err(expected.to_owned())
    }
}
