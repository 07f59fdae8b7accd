//! What a scenario says to a question and what its oracles say, as the machine takes it: proofs and channels included.

use std::time::Duration;

use mimi_discovery::{
    BogusReason, Channel, Failure, OracleAnswer, OracleFailure, Question, Response,
};

use crate::machine::RunError;
use crate::record::{RecordError, ScriptedRecord, name, type_code, unescape};
use crate::scenario::{Answer, ChannelWord, Exchange, Fault, OracleSays, Scenario};

/// What comes of a question, and after how long; nothing ever, where it is silence.
pub struct ScriptedReply {
    /// How long it takes.
    pub delay: Duration,
    /// What comes; `None` for silence.
    pub answer: Option<Result<Response, Failure>>,
}

impl Scenario {
    /// What comes of a question when it is handed to the machine.
    ///
    /// # Errors
    /// [`RunError`] when the conversation does not have the question, or a record of it is wrong.
    pub fn reply(&self, question: &Question) -> Result<ScriptedReply, RunError> {
        let is_it = |exchange: &&Exchange| {
            type_code(&exchange.record_type) == Some(question.record_type)
                && name(&exchange.name).is_ok_and(|name| name == question.name)
        };
        let exchange = self.conversation.iter().find(is_it);
        let exchange = exchange.ok_or_else(|| RunError::UnknownQuestion {
            question: question.clone(),
        })?;
        let answer = match (&exchange.answer, exchange.fault) {
            (Some(answer), _) => Some(Ok(to_response(answer)?)),
            (None, Some(fault)) => failure(fault).map(Err),
            (None, None) => None,
        };
        Ok(ScriptedReply {
            delay: Duration::from_millis(exchange.delay_ms),
            answer,
        })
    }

    /// What an oracle says; `None` for silence.
    ///
    /// # Errors
    /// [`RunError`] when the scenario does not have this oracle, or a string of it is wrong.
    pub fn oracle_reply(
        &self,
        index: usize,
    ) -> Result<Option<Result<OracleAnswer, OracleFailure>>, RunError> {
        Ok(Some(match self.oracles.get(index) {
            Some(OracleSays::Strings(strings)) => {
                let definition_strings: Result<_, _> =
                    strings.iter().map(|string| unescape(string)).collect();
                Ok(OracleAnswer {
                    definition_strings: definition_strings?,
                    ttl: 0,
                })
            }
            Some(OracleSays::Timeout) => Err(OracleFailure::Timeout),
            Some(OracleSays::Unavailable) => Err(OracleFailure::Unavailable),
            Some(OracleSays::Forged) => Err(OracleFailure::Forged),
            Some(OracleSays::Silence) => return Ok(None),
            None => return Err(RunError::UnknownOracle),
        }))
    }
}

fn failure(fault: Fault) -> Option<Failure> {
    Some(match fault {
        Fault::Timeout => Failure::Timeout,
        Fault::Network => Failure::Network,
        Fault::Tls => Failure::Tls,
        Fault::Truncated => Failure::Truncated,
        Fault::Malformed => Failure::Malformed,
        Fault::Bogus => Failure::Bogus(BogusReason::Unexplained),
        Fault::Indeterminate => Failure::Indeterminate,
        Fault::Budget => Failure::Budget,
        Fault::Silence => return None,
    })
}

fn to_response(answer: &Answer) -> Result<Response, RecordError> {
    let records = |records: &[ScriptedRecord]| {
        let records = records.iter().map(|record| record.to_record(answer.proof));
        records.collect::<Result<Vec<_>, _>>()
    };
    Ok(Response {
        rcode: answer.rcode.number(),
        truncated: answer.truncated,
        answer: records(&answer.answer)?,
        authority: records(&answer.authority)?,
        denial: answer.denial.unwrap_or(answer.proof).into(),
        channel: match answer.channel {
            ChannelWord::Plain => Channel::Plain,
            ChannelWord::Dot => Channel::Tls,
            ChannelWord::Doh => Channel::Https,
            ChannelWord::Doq => Channel::Quic,
            ChannelWord::Loopback => Channel::Loopback,
        },
    })
}
