//! `mimi zone`: zone files converted and listed (draft §4.2, §5.1.1; D1 to D5; RFC 1035 §5, RFC 3597 §5).

mod arguments;
mod convert;
mod data;
mod dnsmasq;
mod items;
mod master;
mod names;
mod nsupdate;
mod powerdns;
mod presentation;
mod problem;
mod publication;
mod records;
mod source;
mod source_text;
mod tinydns;

use anyhow::Result;

use crate::exit::Exit;
use crate::zone::arguments::ZoneCommand;

pub(crate) use crate::zone::arguments::Zone;

pub(crate) fn run(options: &Zone) -> Result<Exit> {
    match &options.command {
        ZoneCommand::Convert(options) => convert::run(options),
        ZoneCommand::Records(options) => records::run(options),
    }
}
