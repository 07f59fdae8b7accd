//! [`ConfigError`]: what is wrong with a configuration file, with its place and a remedy.

use std::error::Error;
use std::fmt;
use std::io;
use std::ops::Range;
use std::path::Path;

use mimi_lint::registry;
use mimi_output::{Shown, Source};

use crate::input::shown;

/// Keys that differ by more letters than this are others.
const CLOSE: usize = 3;

/// Why a configuration file cannot be used. Everything in it is escaped already.
#[derive(Debug)]
pub(crate) struct ConfigError {
    path: String,
    message: String,
    place: Option<Place>,
}

#[derive(Debug)]
struct Place {
    line: usize,
    column: usize,
    text: String,
}

impl ConfigError {
    pub(crate) fn unreadable(path: &Path, error: &io::Error) -> Self {
        Self {
            path: shown(path),
            message: format!("cannot read the configuration: {error}"),
            place: None,
        }
    }

    /// `message` is escaped; a line that begins with `help:` is its remedy.
    pub(crate) fn at(path: &Path, text: &str, span: Range<usize>, message: String) -> Self {
        let start = span.start.min(text.len());
        let (line, column) = mimi_zonefile::line_column(text.as_bytes(), start);
        let whole = text.lines().nth(line - 1).unwrap_or_default();
        Self {
            path: shown(path),
            message,
            place: Some(Place {
                line,
                column,
                text: Source(whole.as_bytes()).to_string(),
            }),
        }
    }

    /// An error of syntax, of a type, or of an unknown key.
    pub(crate) fn of_toml(path: &Path, text: &str, error: &toml::de::Error) -> Self {
        let mut message = match unknown_key(error.message()) {
            Some(message) => message,
            None => Shown(&found_last(&error.message().replace('\n', ", "))).to_string(),
        };
        if message.is_empty() {
            message.push_str("expected a configuration");
        }
        match error.span() {
            Some(span) => Self::at(path, text, span, message),
            None => Self {
                path: shown(path),
                message,
                place: None,
            },
        }
    }
}

/// "invalid type: string, expected u16" the way all other messages are.
fn found_last(message: &str) -> String {
    let rest = ["invalid type: ", "invalid value: "]
        .into_iter()
        .find_map(|start| message.strip_prefix(start));
    let Some((found, expected)) = rest.and_then(|rest| rest.rsplit_once(", expected ")) else {
        return message.to_owned();
    };
    let expected = match expected {
        "u16" => "a number of 0 to 65535",
        "u32" => "a number of 0 to 4294967295",
        other => other,
    };
    format!("expected {expected}, found {found}")
}

/// For "unknown field `orign`, expected one of `origin`, `rules`": what was perhaps meant.
fn unknown_key(message: &str) -> Option<String> {
    let rest = message.strip_prefix("unknown field `")?;
    let (found, rest) = rest.split_once("`, expected ")?;
    let known = || rest.split('`').skip(1).step_by(2);
    let closest = known().min_by_key(|key| registry::edits(key, found));
    let remedy = match closest.filter(|key| registry::edits(key, found) <= CLOSE) {
        Some(key) => format!("did you mean `{key}`?"),
        None => format!("the keys are {}", known().collect::<Vec<_>>().join(", ")),
    };
    let found = Shown(found);
    Some(format!(
        "expected a known key, found `{found}`\nhelp: {remedy}"
    ))
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (message, remedy) = match self.message.split_once('\n') {
            Some((message, remedy)) => (message, Some(remedy)),
            None => (self.message.as_str(), None),
        };
        match &self.place {
            Some(Place { line, column, text }) => {
                write!(f, "{}:{line}:{column}: {message}\n  | {text}", self.path)?;
            }
            None => write!(f, "{}: {message}", self.path)?,
        }
        match remedy {
            Some(remedy) => write!(f, "\n{remedy}"),
            None => Ok(()),
        }
    }
}

impl Error for ConfigError {}
