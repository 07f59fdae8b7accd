//! `mimi oracle`: being an oracle, and asking one, of `mimi-oracle/1` (docs/spec/oracle.md), for when DNS does not know a person (D56).

mod arguments;
mod backup;
mod client;
mod data;
mod key;
mod serve;
mod token;
mod verify;

use anyhow::Result;

use crate::exit::Exit;
use crate::oracle::arguments::{KeyCommand, OracleCommand};

pub(crate) use crate::oracle::arguments::Oracle;

pub(crate) fn run(options: &Oracle) -> Result<Exit> {
    match &options.command {
        OracleCommand::Serve(options) => serve::run(options),
        OracleCommand::Key(options) => match &options.command {
            KeyCommand::New(options) => key::new(options),
            KeyCommand::Rotate(options) => key::rotate(options),
            KeyCommand::Show(options) => key::show(options),
        },
        OracleCommand::Token(options) => token::run(options),
        OracleCommand::Backup(options) => backup::run(options),
        OracleCommand::Verify(options) => verify::run(options),
        OracleCommand::Client(command) => client::run(command),
    }
}
