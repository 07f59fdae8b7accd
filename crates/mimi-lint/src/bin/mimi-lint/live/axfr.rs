//! `mimi-lint axfr`: a whole zone from its server, checked like a file.

use std::io::{self, BufWriter, Write};
use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Result;
use mimi_lint::observations::{
    OBSERVATIONS_SCHEMA, Observations, Reason, Server, Subject, Transfer, Zone,
};
use mimi_lint::{Checker, Source};
use mimi_name::DomainName;
use mimi_rr::TypeCodes;

use super::arguments::Axfr;
use super::spool::Spool;
use super::transfer::transfer;
use super::{Findings, Judging, render};
use crate::exit::Exit;

/// No server may fill the disk.
const MOST_OCTETS: u64 = 64 << 30;

/// A transferred zone in a file without a name.
pub(super) struct Transferred {
    pub(super) spool: Spool,
    /// How many records there are.
    pub(super) records: u64,
}

impl Transferred {
    /// Transfers a zone.
    ///
    /// # Errors
    /// `Ok(Err(_))` when the server or the way to it ends it early; `Err(_)` when the file cannot be written.
    pub(super) fn take(
        server: SocketAddr,
        zone: &DomainName,
        timeout: Duration,
        codes: TypeCodes,
    ) -> io::Result<Result<Self, (Reason, u64)>> {
        let mut out = BufWriter::new(tempfile::tempfile()?);
        let mut records = 0;
        let mut octets = 0;
        let ended = transfer(server, zone, timeout, |record| {
            records += 1;
            let line = render::line(record, codes);
            octets += line.len() as u64 + 1;
            if octets > MOST_OCTETS {
                let message = "expected a zone of at most 64 GiB, found more";
                return Err(io::Error::other(message));
            }
            writeln!(out, "{line}").map(|()| true)
        });
        match ended {
            Ok(ended) => ended?,
            Err(reason) => return Ok(Err((reason, records))),
        };
        let spool = Spool::new(out.into_inner()?);
        Ok(Ok(Self { spool, records }))
    }
}

pub(crate) fn run(options: &Axfr) -> Result<Exit> {
    let Axfr {
        zone,
        server,
        timeout,
        output,
    } = options;
    let judging = Judging::new(output)?;
    let settings = judging.settings.clone();
    let name = mimi_output::Name(zone);
    let transferred = match Transferred::take(*server, zone, *timeout, settings.types)? {
        Ok(transferred) => transferred,
        Err((reason, records)) => {
            let what = sentence(reason, records);
            writeln!(
                io::stderr(),
                "inconclusive: {server} does not transfer {name}: {what}"
            )?;
            return Ok(Exit::Inconclusive);
        }
    };
    let checker = Checker::new(settings);
    let mut findings = Findings::new(judging, output, &zone.to_string())?;
    let source = Source::dns(&zone.to_string(), Some(&server.to_string()));
    let open = || transferred.spool.open();
    checker.check(&source, &open, &mut |finding| findings.add(&finding))?;
    let observations = observed(zone, *server, transferred.records);
    checker.check_observations(&observations, &mut |finding| findings.add(&finding))?;
    findings.finish()
}

fn sentence(reason: Reason, records: u64) -> String {
    match (reason, records) {
        (Reason::Refused, 0) => "REFUSED; it has to allow this address".into(),
        (Reason::NotAuthoritative, 0) => "NOTAUTH; it does not have this zone".into(),
        (reason, 0) => reason.as_str().into(),
        (reason, records) => format!(
            "after {records} records came {}; what came was not judged",
            reason.as_str()
        ),
    }
}

/// That it was given away is a finding of its own.
fn observed(zone: &DomainName, server: SocketAddr, records: u64) -> Observations {
    let server = Server {
        address: server.to_string(),
        transfer: Transfer::Open { records },
        ..Server::default()
    };
    let zone = Zone {
        apex: zone.to_string(),
        servers: vec![server],
        ..Zone::default()
    };
    Observations {
        schema: OBSERVATIONS_SCHEMA.into(),
        at: 0,
        subjects: vec![Subject {
            zones: vec![zone],
            ..Subject::default()
        }],
    }
}
