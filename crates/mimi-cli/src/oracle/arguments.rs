//! The options of `mimi oracle`.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, Subcommand};
use mimi_oracle::server::{KeyRing, Provider};

use crate::arguments::{LineFormat, ResolveFormat};
use crate::oracle::client::ClientCommand;

/// Be an oracle, or ask one: it says which accounts people have whose email provider or telephone operator takes no part.
///
/// An oracle does not learn who looks for whom. Everything it has lies in one folder: oracle.key (its secrets), registrations.sqlite and epochs.
#[derive(Args)]
pub(crate) struct Oracle {
    #[command(subcommand)]
    pub(crate) command: OracleCommand,
}

#[derive(Subcommand)]
pub(crate) enum OracleCommand {
    Serve(Box<Serve>),
    Key(Key),
    Token(Token),
    Backup(Backup),
    Verify(Verify),
    #[command(flatten)]
    Client(ClientCommand),
}

/// Make, rotate and show the keys of an oracle.
#[derive(Args)]
pub(crate) struct Key {
    #[command(subcommand)]
    pub(crate) command: KeyCommand,
}

#[derive(Subcommand)]
pub(crate) enum KeyCommand {
    New(KeyNew),
    Rotate(KeyRotate),
    Show(KeyShow),
}

/// Make the secrets of a new oracle, and print the pin by which users trust it.
///
/// The pin commits to every key that the oracle will ever use: users get it once, and keys rotate below it. A file that is there is never
/// overwritten.
#[derive(Args)]
#[command(after_long_help = KEY_NEW_HELP)]
pub(crate) struct KeyNew {
    /// Where to write the secrets.
    #[arg(
        value_name = "FILE",
        required_unless_present = "data",
        conflicts_with = "data"
    )]
    pub(crate) file: Option<PathBuf>,
    /// Write them to oracle.key in this folder, which is made if need be.
    #[arg(long, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    /// How many lookup keys to make, 1 to 32: one is in use at a time, and each rotation goes to the next.
    #[arg(long, value_name = "COUNT", default_value_t = KeyRing::DEFAULT_LOOKUP_KEYS)]
    pub(crate) keys: usize,
}

const KEY_NEW_HELP: &str = "\
Examples:
  mimi oracle key new --data /var/lib/mimi-oracle
  mimi oracle key new --keys 32 oracle.key

Exit codes:
  0  made
  2  usage error
  3  a local file failed, or is there already";

/// Go to the next lookup key. The pin stays.
///
/// A server that is running takes it for the next epoch; what users fetched before stays of use until that epoch is over. Then the secret of
/// the key before is erased.
#[derive(Args)]
#[command(after_long_help = KEY_ROTATE_HELP)]
pub(crate) struct KeyRotate {
    /// The folder of the oracle.
    #[arg(long, value_name = "DIR")]
    pub(crate) data: PathBuf,
}

const KEY_ROTATE_HELP: &str = "\
Examples:
  mimi oracle key rotate --data /var/lib/mimi-oracle

Exit codes:
  0  rotated
  1  the last lookup key is in use
  2  usage error
  3  a local file failed";

/// Show the pin, and which lookup key is in use. Shows no secret.
#[derive(Args)]
#[command(after_long_help = KEY_SHOW_HELP)]
pub(crate) struct KeyShow {
    /// The folder of the oracle.
    #[arg(long, value_name = "DIR")]
    pub(crate) data: PathBuf,
    /// How to write it.
    #[arg(long, value_enum, default_value_t = LineFormat::Human)]
    pub(crate) format: LineFormat,
}

const KEY_SHOW_HELP: &str = "\
Examples:
  mimi oracle key show --data /var/lib/mimi-oracle
  mimi oracle key show --data /var/lib/mimi-oracle --format jsonl

Exit codes:
  0  shown
  2  usage error
  3  a local file failed";

/// Issue a token by which one client may look up more people than others.
///
/// It is written with the pin in front, as a file of --oracle-tokens has it. Nothing is kept of it: who has the token may use it until it expires.
#[derive(Args)]
#[command(after_long_help = TOKEN_HELP)]
pub(crate) struct Token {
    /// The folder of the oracle.
    #[arg(long, value_name = "DIR")]
    pub(crate) data: PathBuf,
    /// How many identifiers its holder may look up at once.
    #[arg(long, value_name = "COUNT")]
    pub(crate) burst: NonZeroU32,
    /// How many identifiers its holder may look up in a day.
    #[arg(long, value_name = "COUNT")]
    pub(crate) per_day: NonZeroU32,
    /// Days for which it is taken.
    #[arg(long, value_name = "DAYS", default_value = "30", value_parser = clap::value_parser!(u32).range(1..=3650))]
    pub(crate) days: u32,
}

const TOKEN_HELP: &str = "\
Examples:
  mimi oracle token --data /var/lib/mimi-oracle --burst 5000 --per-day 20000 > token

Exit codes:
  0  issued
  2  usage error
  3  a local file failed";

/// Copy the registrations of an oracle, also while it is running.
///
/// The copy is sealed: without oracle.key nobody can read it, not even the oracle. Keep oracle.key apart from it.
#[derive(Args)]
#[command(after_long_help = BACKUP_HELP)]
pub(crate) struct Backup {
    /// The folder of the oracle.
    #[arg(long, value_name = "DIR")]
    pub(crate) data: PathBuf,
    /// The folder to copy to, which is made if need be. It can be served from once oracle.key is in it.
    #[arg(value_name = "TO")]
    pub(crate) to: PathBuf,
    /// Copy oracle.key too. Whoever has the copy then is the oracle.
    #[arg(long)]
    pub(crate) with_key: bool,
}

const BACKUP_HELP: &str = "\
Examples:
  mimi oracle backup --data /var/lib/mimi-oracle /mnt/backup/2026-11-26
  mimi oracle backup --data /var/lib/mimi-oracle --with-key /mnt/safe/mimi-oracle

Exit codes:
  0  copied
  2  usage error
  3  a local file failed, or is there already";

/// Check everything in the folder of an oracle, also while it is running: every registration, and the signature of every bucket.
#[derive(Args)]
#[command(after_long_help = VERIFY_HELP)]
pub(crate) struct Verify {
    /// The folder of the oracle.
    #[arg(long, value_name = "DIR")]
    pub(crate) data: PathBuf,
    /// How to write the findings.
    #[arg(long, value_enum, default_value_t = ResolveFormat::Human)]
    pub(crate) format: ResolveFormat,
}

const VERIFY_HELP: &str = "\
Examples:
  mimi oracle verify --data /var/lib/mimi-oracle
  mimi oracle verify --data /var/lib/mimi-oracle --format json

Exit codes:
  0  nothing found
  1  at least one finding
  2  usage error
  3  a local file failed: oracle.key cannot be used, or the disk cannot be read";

/// Be an oracle, until interrupted.
///
/// Registrations are published in epochs: what is registered, changed or removed takes effect with the next one. Registering an email
/// address needs --smtp, a telephone number --telephone-command. What happens is told on standard error, without naming anybody. An interrupt
/// or SIGTERM ends the server in order; SIGHUP has it read the certificate anew.
///
/// With --follow it answers lookups alone, from what another server publishes: behind one load balancer they are one oracle.
#[derive(Args)]
#[command(after_long_help = SERVE_HELP)]
pub(crate) struct Serve {
    /// The folder of the oracle, with oracle.key in it.
    #[arg(long, value_name = "DIR")]
    pub(crate) data: PathBuf,
    /// Answer lookups from the epochs and oracle.key that another server keeps in this folder, or in one that is copied to it; build nothing.
    #[arg(long, conflicts_with_all = [
        "url", "smtp", "smtp_file", "mail_from", "telephone_command", "providers", "period", "overlap", "lifetime",
    ])]
    pub(crate) follow: bool,
    /// Keep registrations in PostgreSQL, by the connection string in the first line of this file (host=/run/postgresql user=mimi dbname=mimi), and
    /// not in registrations.sqlite.
    #[cfg(feature = "postgres")]
    #[arg(long, value_name = "FILE", conflicts_with = "follow")]
    pub(crate) postgres: Option<PathBuf>,
    /// Listen on this address.
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8443")]
    pub(crate) listen: SocketAddr,
    /// The certificate to show to clients, followed by those of intermediate authorities, in PEM.
    #[arg(
        long,
        value_name = "FILE",
        requires = "tls_key",
        required_unless_present = "plain",
        conflicts_with = "plain"
    )]
    pub(crate) tls_certificate: Option<PathBuf>,
    /// The private key of the certificate, in PEM.
    #[arg(long, value_name = "FILE", requires = "tls_certificate")]
    pub(crate) tls_key: Option<PathBuf>,
    /// Without TLS, on an address of this host: for a reverse proxy beside it, which has the certificate.
    #[arg(long)]
    pub(crate) plain: bool,
    /// Take the address of a client, for quotas, from the last entry of this header, which the proxy writes.
    #[arg(long, value_name = "HEADER", requires = "plain")]
    pub(crate) address_header: Option<String>,
    /// The URL by which people know this oracle. Messages with tokens name it.
    #[arg(long, value_name = "URL", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) url: Option<String>,
    /// Send tokens by mail through this server: smtps://HOST:PORT, or smtp:// for STARTTLS.
    #[arg(long, value_name = "URL", requires = "mail_from", requires = "url")]
    pub(crate) smtp: Option<String>,
    /// As --smtp, with the URL in the first line of this file: for one with a password (smtps://USER:PASSWORD@HOST).
    #[arg(
        long,
        value_name = "FILE",
        conflicts_with = "smtp",
        requires = "mail_from",
        requires = "url"
    )]
    pub(crate) smtp_file: Option<PathBuf>,
    /// Whom mails are from.
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) mail_from: Option<String>,
    /// Send tokens to telephones by this program: it gets the number as its argument, and the text on standard input.
    #[arg(long, value_name = "FILE", requires = "url")]
    pub(crate) telephone_command: Option<PathBuf>,
    /// A provider that may stand by registrations, and its Ed25519 key in base64url; may be repeated.
    #[arg(long = "provider", value_name = "NAME=KEY")]
    pub(crate) providers: Vec<Provider>,
    /// Seconds from one epoch to the next.
    #[arg(long, value_name = "SECONDS", default_value = "21600", value_parser = clap::value_parser!(u32).range(1..=604_800))]
    pub(crate) period: u32,
    /// Seconds for which an epoch is served after the next has begun. Clients keep what they know for up to 300.
    #[arg(long, value_name = "SECONDS", default_value = "600", value_parser = clap::value_parser!(u32).range(1..=86_400))]
    pub(crate) overlap: u32,
    /// How many identifiers a client may look up at once.
    #[arg(long, value_name = "COUNT", default_value = "1000")]
    pub(crate) quota_burst: NonZeroU32,
    /// How many identifiers a client may look up in a day.
    #[arg(long, value_name = "COUNT", default_value = "1000")]
    pub(crate) quota_per_day: NonZeroU32,
    /// Days for which a registration is published, unless it is made again.
    #[arg(long, value_name = "DAYS", default_value = "180", value_parser = clap::value_parser!(u32).range(1..=3650))]
    pub(crate) lifetime: u32,
    /// Show metrics (/metrics, in Prometheus text form) and health (/healthz) on this address, without TLS.
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub(crate) metrics: Option<SocketAddr>,
}

const SERVE_HELP: &str = "\
Examples:
  mimi oracle serve --data /var/lib/mimi-oracle --listen '[::]:443' \\
    --tls-certificate chain.pem --tls-key key.pem \\
    --url https://oracle.example.net --smtp smtps://mail.example.net --mail-from oracle@example.net
  mimi oracle serve --data /var/lib/mimi-oracle --plain --address-header x-forwarded-for
  mimi oracle serve --follow --data /srv/mimi-oracle --plain --address-header x-forwarded-for

Exit codes:
  0  ended by an interrupt
  2  usage error
  3  a local file or socket failed";
