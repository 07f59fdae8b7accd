//! [`ProofSender`]: how a proof token reaches who owns a subject.

mod command;
mod mail;
mod text;

use std::error::Error;
use std::fmt;

use async_trait::async_trait;

pub use command::CommandSender;
pub use mail::{MailConfigError, MailSender};

use super::token::ProofToken;
use crate::subject::Subject;

/// Sends tokens to subjects of one kind.
///
/// A token goes to the canonical spelling of the subject, not to the one that was typed: where a mail server takes two spellings for two
/// people, the token is for the one whose address the subject is.
#[async_trait]
pub trait ProofSender: Send + Sync + 'static {
    /// Sends a token. `Ok` once somebody else has taken the responsibility, as a mail server does.
    ///
    /// # Errors
    /// [`SendError`].
    async fn send(&self, subject: &Subject, token: &ProofToken) -> Result<(), SendError>;
}

/// Why a token was not sent. Names neither the subject nor the token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SendError {
    /// The sender has no way to this subject, as with a local part that has to be quoted, or a mail server without SMTPUTF8.
    Unreachable,
    /// The mail server refused, for good.
    Refused {
        /// The reply code of SMTP.
        code: u16,
    },
    /// The mail server refused for now.
    Deferred {
        /// The reply code of SMTP.
        code: u16,
    },
    /// The mail server could not be reached, or said what no mail server says.
    Connection,
    /// The program could not be started, or its input not be written.
    Program,
    /// The program ended with this status, or by a signal.
    Status(Option<i32>),
    /// It took too long.
    TimedOut,
}

impl fmt::Display for SendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreachable => f.write_str("there is no way to send to an address of this form"),
            Self::Refused { code } => write!(f, "the mail server refused with {code}"),
            Self::Deferred { code } => write!(f, "the mail server refused for now, with {code}"),
            Self::Connection => f.write_str("the mail server could not be reached"),
            Self::Program => f.write_str("the program could not be run"),
            Self::Status(Some(status)) => write!(f, "the program ended with status {status}"),
            Self::Status(None) => f.write_str("the program was killed"),
            Self::TimedOut => f.write_str("sending took too long"),
        }
    }
}

impl Error for SendError {}
