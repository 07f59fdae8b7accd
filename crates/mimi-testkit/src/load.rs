//! Reads the scenario files, and refuses those that say something that no runner could play.

use std::collections::BTreeSet;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::{fmt, fs, io};

use crate::record::{RecordError, name, type_code, unescape};
use crate::scenario::{Datagram, Exchange, OracleSays, Scenario};

/// Every scenario of `testdata/scenarios`, in the order of the file names.
///
/// # Errors
/// [`LoadError`] when a file cannot be read or a scenario is wrong.
pub fn scenarios() -> Result<Vec<Scenario>, LoadError> {
    load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/scenarios"))
}

fn load(folder: &Path) -> Result<Vec<Scenario>, LoadError> {
    let unreadable = |error| LoadError::Unreadable {
        path: folder.to_owned(),
        error,
    };
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            paths.push(path);
        }
    }
    paths.sort();
    let mut scenarios = Vec::new();
    for path in paths {
        let text = fs::read_to_string(&path).map_err(|error| LoadError::Unreadable {
            path: path.clone(),
            error,
        })?;
        let file: Vec<Scenario> =
            serde_json::from_str(&text).map_err(|error| LoadError::NotTheFormat { path, error })?;
        scenarios.extend(file);
    }
    let mut ids = BTreeSet::new();
    for scenario in &scenarios {
        let wrong = |fault| LoadError::Scenario {
            id: scenario.id.clone(),
            fault,
        };
        if !ids.insert(&scenario.id) {
            return Err(wrong(ScenarioFault::RepeatedId));
        }
        check(scenario).map_err(wrong)?;
    }
    Ok(scenarios)
}

fn check(scenario: &Scenario) -> Result<(), ScenarioFault> {
    if scenario.runners.is_empty() || scenario.decisions.is_empty() {
        return Err(ScenarioFault::NobodyOrNothing);
    }
    if scenario.expect.asked.is_none() && scenario.expect.questions.is_none() {
        return Err(ScenarioFault::QuestionsNotTold);
    }
    if !scenario.expect.dropped.is_sorted() {
        return Err(ScenarioFault::DroppedNotSorted);
    }
    let mut asked = BTreeSet::new();
    for exchange in &scenario.conversation {
        let question = (name(&exchange.name)?, &exchange.record_type);
        if !asked.insert(question) {
            return Err(ScenarioFault::RepeatedQuestion);
        }
        check_exchange(exchange)?;
    }
    for oracle in &scenario.oracles {
        if let OracleSays::Strings(strings) = oracle {
            for string in strings {
                unescape(string)?;
            }
        }
    }
    Ok(())
}

fn check_exchange(exchange: &Exchange) -> Result<(), ScenarioFault> {
    type_code(&exchange.record_type).ok_or(RecordError::UnknownType)?;
    if exchange.answer.is_some() == exchange.fault.is_some() {
        return Err(ScenarioFault::AnswerOrFault);
    }
    for sendings in [&exchange.udp, &exchange.tcp].into_iter().flatten() {
        if sendings.is_empty() || exchange.answer.is_none() {
            return Err(ScenarioFault::SendingsWithoutAnswer);
        }
    }
    let closes = |sending: &Vec<Datagram>| sending.contains(&Datagram::Close);
    if exchange.udp.iter().flatten().any(closes) {
        return Err(ScenarioFault::CloseOverUdp);
    }
    if let Some(answer) = &exchange.answer {
        for record in answer.answer.iter().chain(&answer.authority) {
            record.to_record(answer.proof)?;
        }
    }
    Ok(())
}

/// What is wrong with a scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ScenarioFault {
    /// Its id stands at another one, too.
    RepeatedId,
    /// It has no runner, or proves no decision.
    NobodyOrNothing,
    /// It expects neither `asked` nor `questions`.
    QuestionsNotTold,
    /// `dropped` is not in alphabetical order.
    DroppedNotSorted,
    /// Its conversation has a question twice.
    RepeatedQuestion,
    /// A question has neither or both of `answer` and `fault`.
    AnswerOrFault,
    /// `udp` or `tcp` is empty, or stands beside a fault.
    SendingsWithoutAnswer,
    /// UDP has no connection to close.
    CloseOverUdp,
    /// A record or name is wrong.
    Record(RecordError),
}

impl From<RecordError> for ScenarioFault {
    fn from(error: RecordError) -> Self {
        Self::Record(error)
    }
}

impl fmt::Display for ScenarioFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::RepeatedId => "expected an id of its own",
            Self::NobodyOrNothing => "expected at least one runner and one decision",
            Self::QuestionsNotTold => "expected \"asked\" or \"questions\"",
            Self::DroppedNotSorted => "expected \"dropped\" in alphabetical order",
            Self::RepeatedQuestion => "expected each question once",
            Self::AnswerOrFault => "expected either \"answer\" or \"fault\"",
            Self::SendingsWithoutAnswer => "expected sendings beside an answer, and at least one",
            Self::CloseOverUdp => "expected \"close\" among the sendings of \"tcp\" only",
            Self::Record(error) => return error.fmt(f),
        })
    }
}

/// Why the scenarios could not be read.
#[derive(Debug)]
#[non_exhaustive]
pub enum LoadError {
    /// A file or the folder cannot be read.
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// A file is not of the format.
    NotTheFormat {
        /// Which.
        path: PathBuf,
        /// Where and why.
        error: serde_json::Error,
    },
    /// A scenario cannot be played.
    Scenario {
        /// Which.
        id: String,
        /// Why.
        fault: ScenarioFault,
    },
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { path, error } => write!(f, "{}: {error}", path.display()),
            Self::NotTheFormat { path, error } => write!(f, "{}: {error}", path.display()),
            Self::Scenario { id, fault } => write!(f, "scenario {id}: {fault}"),
        }
    }
}

impl Error for LoadError {}
