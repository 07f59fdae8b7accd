//! Exit codes: an interface (see `docs/cli.md`). The highest of all that apply wins.

use std::error::Error;
use std::fmt;
use std::io;
use std::process::ExitCode;

/// How the process ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// Nothing was found at or above the level that fails.
    Clean = 0,
    /// Something was.
    Findings = 1,
    /// The command line or the configuration asks for what cannot be.
    Usage = 2,
    /// An input could not be read, or an output written.
    Unreadable = 3,
    /// The network left something open.
    #[cfg_attr(
        not(feature = "live"),
        expect(dead_code, reason = "nothing else asks the network")
    )]
    Inconclusive = 4,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// An error that the caller can mend by calling otherwise.
#[derive(Debug)]
pub(crate) struct Usage(pub(crate) String);

impl fmt::Display for Usage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for Usage {}

/// The exit code for an error that ended the command. A reader that went away, as `head` does, is none.
pub(crate) fn exit_for(error: &anyhow::Error) -> Exit {
    let closed = |cause: &(dyn Error + 'static)| {
        let error = cause.downcast_ref::<io::Error>();
        error.is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    };
    if error.chain().any(closed) {
        Exit::Clean
    } else if error.is::<Usage>() {
        Exit::Usage
    } else {
        Exit::Unreadable
    }
}
