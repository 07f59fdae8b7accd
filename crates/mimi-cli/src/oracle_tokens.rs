//! Files of `--oracle-tokens`: by which token which oracle lets its holder look up more.
//!
//! A line is the pin of an oracle and the token for it, as `mimi oracle token` writes them; empty lines and those that begin with `#` say
//! nothing. A file, since the command line and the environment of a process can be seen by others; the pin, since a token sent to another
//! oracle could be used by it.

use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use mimi_oracle::Pin;
use mimi_oracle::client::{OracleClientConfig, QuotaToken};

use crate::zones::shown_path;

/// Tokens and the oracles that they are for.
#[derive(Default)]
pub(crate) struct OracleTokens(Vec<(Pin, QuotaToken)>);

impl OracleTokens {
    /// Those in a file; none without a file.
    pub(crate) fn read(path: Option<&Path>) -> Result<Self> {
        let Some(path) = path else {
            return Ok(Self::default());
        };
        let shown = shown_path(path);
        let content = fs::read_to_string(path).with_context(|| format!("cannot read {shown}"))?;
        Self::parse(&content).map_err(|error| anyhow!("cannot use {shown}: {error}"))
    }

    fn parse(content: &str) -> Result<Self, TokensError> {
        let mut tokens: Vec<(Pin, QuotaToken)> = Vec::new();
        for (line, text) in (1..).zip(content.lines()) {
            let text = text.trim();
            if text.is_empty() || text.starts_with('#') {
                continue;
            }
            let read = || {
                let (pin, token) = text.split_once(' ')?;
                Some((pin.parse().ok()?, token.trim_start().parse().ok()?))
            };
            let (pin, token) = read().ok_or(TokensError::Form { line })?;
            if tokens.iter().any(|(other, _)| *other == pin) {
                return Err(TokensError::Twice { line });
            }
            tokens.push((pin, token));
        }
        Ok(Self(tokens))
    }

    /// How the oracle with this pin is asked: with its token, if there is one, and never with that of another.
    pub(crate) fn config(&self, pin: &Pin) -> OracleClientConfig {
        let mut config = OracleClientConfig::default();
        let own = self.0.iter().find(|(other, _)| other == pin);
        config.quota_token = own.map(|(_, token)| token.clone());
        config
    }
}

/// Why a file is none of tokens. No octet of it is shown.
#[derive(Debug, PartialEq, Eq)]
enum TokensError {
    /// A line, from 1, that is not `PIN TOKEN`.
    Form { line: usize },
    /// A line with a pin that another has.
    Twice { line: usize },
}

impl fmt::Display for TokensError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Form { line } => write!(
                f,
                "line {line} is not PIN TOKEN, as `mimi oracle token` writes it"
            ),
            Self::Twice { line } => {
                write!(f, "line {line} is for the same oracle as a line before")
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn an_oracle_gets_the_token_that_stands_behind_its_own_pin_and_no_other() {
        let pins: Vec<String> = ["A", "B", "C"].map(|letter| letter.repeat(42) + "A").into();
        let content = format!("# one\n\n{} first\r\n  {}   second \n", pins[0], pins[1]);
        let tokens = OracleTokens::parse(&content).unwrap();
        let token_of = |pin: &str| {
            let config = tokens.config(&pin.parse().unwrap());
            config.quota_token.map(|token| token.as_str().to_owned())
        };
        assert_eq!(token_of(&pins[0]).as_deref(), Some("first"));
        assert_eq!(token_of(&pins[1]).as_deref(), Some("second"));
        assert_eq!(token_of(&pins[2]), None);
    }

    #[test]
    fn a_line_that_is_not_pin_and_token_and_a_second_for_one_oracle_are_refused() {
        let pin = "A".repeat(43);
        let refused = |content: &str| OracleTokens::parse(content).err();
        for line in [
            pin.clone(),
            "token".to_owned(),
            format!("{pin} two words"),
            format!("https://oracle.example.net#{pin} token"),
        ] {
            let content = format!("# one\n{line}\n");
            assert_eq!(refused(&content), Some(TokensError::Form { line: 2 }));
        }
        let twice = format!("{pin} a\n{pin} b\n");
        assert_eq!(refused(&twice), Some(TokensError::Twice { line: 2 }));
    }
}
