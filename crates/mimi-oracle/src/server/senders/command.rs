//! [`CommandSender`]: a program that sends short messages to telephones.

use std::fmt;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use async_trait::async_trait;
use tokio::io::AsyncWriteExt;
use tokio::process::Command;
use tokio::time::timeout;

use super::{ProofSender, SendError, text};
use crate::server::token::ProofToken;
use crate::subject::Subject;

/// How long the program may run. Shorter than the server lets a request take.
const PATIENCE: Duration = Duration::from_secs(8);

/// Runs a program with one argument, the number (`+` and digits), and with the text on its standard input. No shell is in between; what the
/// program prints is thrown away; a status of 0 means that the message is on its way.
pub struct CommandSender {
    program: PathBuf,
    oracle: String,
    patience: Duration,
}

impl CommandSender {
    /// The text names `oracle`, the URL by which people know it.
    pub fn new(program: impl Into<PathBuf>, oracle: &str) -> Self {
        Self {
            program: program.into(),
            oracle: oracle.to_owned(),
            patience: PATIENCE,
        }
    }

    /// Lets the program run for this long; it is killed then.
    #[must_use]
    pub fn with_patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    async fn run(&self, number: &str, text: &str) -> Result<(), SendError> {
        let mut child = Command::new(&self.program)
            .arg(number)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(|_| SendError::Program)?;
        if let Some(mut input) = child.stdin.take() {
            // A program may end without reading; its status says whether it sent anything.
            let _ = input.write_all(text.as_bytes()).await;
        }
        let status = child.wait().await.map_err(|_| SendError::Program)?;
        if status.success() {
            Ok(())
        } else {
            Err(SendError::Status(status.code()))
        }
    }
}

#[async_trait]
impl ProofSender for CommandSender {
    async fn send(&self, subject: &Subject, token: &ProofToken) -> Result<(), SendError> {
        let number = number(subject).ok_or(SendError::Unreachable)?;
        let text = text::short_message(&self.oracle, token);
        timeout(self.patience, self.run(number, &text))
            .await
            .unwrap_or(Err(SendError::TimedOut))
    }
}

/// The number of a subject: `+` and digits, so that no program takes it for an option.
fn number(subject: &Subject) -> Option<&str> {
    let number = subject.as_str().strip_prefix("telephone:")?;
    let digits = number.strip_prefix('+')?;
    let is_number = !digits.is_empty() && digits.bytes().all(|octet| octet.is_ascii_digit());
    is_number.then_some(number)
}

impl fmt::Debug for CommandSender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CommandSender")
            .field("program", &self.program)
            .finish_non_exhaustive()
    }
}
