//! The options of those who ask an oracle.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use mimi_oracle::client::OracleAddress;

#[derive(Subcommand)]
pub(crate) enum ClientCommand {
    Lookup(Lookup),
    Register(Register),
    Show(Show),
    Remove(Remove),
}

/// Which oracle.
#[derive(Args)]
pub(crate) struct Which {
    /// The oracle: https://HOST#KEY, with the key that its operator publishes.
    #[arg(long, value_name = "URL#KEY")]
    pub(crate) oracle: OracleAddress,
    /// Trust the certificate authorities in this PEM file, instead of those that browsers trust.
    #[arg(long, value_name = "FILE")]
    pub(crate) tls_ca: Option<PathBuf>,
}

/// Ask an oracle what it has of people, without asking DNS first.
///
/// For operators who check their oracle. To find a person use `mimi resolve --oracle`: what DNS says goes first, and an oracle is asked only where DNS
/// has nothing (D56).
#[derive(Args)]
#[command(after_long_help = LOOKUP_HELP)]
pub(crate) struct Lookup {
    /// Email addresses and telephone numbers; all are looked up in one batch.
    #[arg(required = true, value_name = "IDENTIFIER")]
    pub(crate) identifiers: Vec<String>,
    #[command(flatten)]
    pub(crate) which: Which,
    /// Look up more than others may, by the token that this file has for the oracle: lines of PIN TOKEN, as `mimi oracle token` writes them.
    #[arg(long, value_name = "FILE")]
    pub(crate) oracle_tokens: Option<PathBuf>,
}

const LOOKUP_HELP: &str = "\
Examples:
  mimi oracle lookup --oracle 'https://oracle.example.net#KEY' alice@example.com '+1 555 123 4567'

Exit codes:
  0  the oracle knows all
  1  the oracle does not know at least one, or it is no identifier
  2  usage error
  3  a local file or stream failed
  4  the oracle gave no answer
  5  the oracle, or somebody in its place, answers otherwise than its key allows
The highest that applies wins.";

/// Whose registration, and by which token.
#[derive(Args)]
pub(crate) struct Whose {
    /// An email address or a telephone number of one's own.
    #[arg(value_name = "IDENTIFIER")]
    pub(crate) identifier: String,
    #[command(flatten)]
    pub(crate) which: Which,
    /// The token that the oracle sent. Without it a new one is asked for, and read from standard input.
    #[arg(long, value_name = "TOKEN")]
    pub(crate) token: Option<String>,
}

/// Register an email address or telephone number of one's own with an oracle.
///
/// Takes the place of all that was registered for it. The oracle sends a token to whoever holds the address or number; it is asked for on
/// the terminal, or read from standard input. What is registered is found with the oracle's next epoch.
#[derive(Args)]
#[command(after_long_help = REGISTER_HELP)]
pub(crate) struct Register {
    #[command(flatten)]
    pub(crate) whose: Whose,
    /// A definition string, as inside a MIMI record; may be repeated.
    #[arg(long = "definition-string", value_name = "STRING", required = true)]
    pub(crate) definition_strings: Vec<String>,
}

const REGISTER_HELP: &str = "\
Examples:
  mimi oracle register --oracle 'https://oracle.example.net#KEY' alice@example.com \\
    --definition-string 'v=MIMI1; a=alice; e=im.example.org'

Exit codes:
  0  registered
  1  a definition string cannot be used, or the oracle refuses
  2  usage error
  3  a local file or stream failed
  4  the oracle gave no answer";

/// Show what is registered for an email address or telephone number of one's own. Asks for a token, and does not spend it.
#[derive(Args)]
#[command(after_long_help = SHOW_HELP)]
pub(crate) struct Show {
    #[command(flatten)]
    pub(crate) whose: Whose,
}

const SHOW_HELP: &str = "\
Examples:
  mimi oracle show --oracle 'https://oracle.example.net#KEY' alice@example.com

Exit codes:
  0  shown
  1  nothing is registered, or the oracle refuses
  2  usage error
  3  a local file or stream failed
  4  the oracle gave no answer";

/// Remove what is registered for an email address or telephone number of one's own.
///
/// Nobody finds it from the oracle's next epoch on, and nothing of it is left.
#[derive(Args)]
#[command(after_long_help = REMOVE_HELP)]
pub(crate) struct Remove {
    #[command(flatten)]
    pub(crate) whose: Whose,
}

const REMOVE_HELP: &str = "\
Examples:
  mimi oracle remove --oracle 'https://oracle.example.net#KEY' alice@example.com

Exit codes:
  0  removed, or nothing was registered
  1  the oracle refuses
  2  usage error
  3  a local file or stream failed
  4  the oracle gave no answer";
