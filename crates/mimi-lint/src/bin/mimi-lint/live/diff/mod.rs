//! `mimi-lint diff`: what publishing a zone file would change for callers.

mod changes;
mod left_open;
mod publication;
mod read;
mod write;

use std::hash::RandomState;
use std::io::{self, Write};

use anyhow::{Context, Result};
use mimi_name::DomainName;
use mimi_rr::TypeCodes;

use self::left_open::LeftOpen;
use self::publication::Publication;
use self::read::ZoneText;
use super::arguments::Diff;
use super::axfr::Transferred;
use super::exchange::{Asker, NoReply};
use super::message::Record;
use super::render::{type_name, types};
use super::spool::Spool;
use crate::exit::{Exit, Usage};

/// How many names are asked for one by one where the zone is not transferred.
const MOST_NAMES: usize = 10_000;

/// After so many names without an answer, and none with one, nobody is asked any more.
const ENOUGH_SILENCE: usize = 3;

pub(crate) fn run(options: &Diff) -> Result<Exit> {
    let default = TypeCodes::DEFAULT;
    let types = &options.types;
    let codes = TypeCodes::new(
        types.type_mimi.unwrap_or(default.mimi()),
        types.type_mimix.unwrap_or(default.mimix()),
    )
    .map_err(|error| Usage(format!("--type-mimi, --type-mimix: {error}")))?;
    let shown = super::shown(&options.file);
    let spool = Spool::of(&options.file).with_context(|| format!("cannot read {shown}"))?;
    let file = ZoneText {
        spool: &spool,
        codes,
        origin: options.origin.as_ref(),
    };
    let hasher = RandomState::new();
    let prints = file.fingerprints(&hasher).with_context(|| shown.clone())?;
    let Some(apex) = prints.apex.as_ref().or(options.origin.as_ref()) else {
        let message =
            format!("{shown}: expected a SOA record, found none; name the zone with --origin");
        return Err(Usage(message).into());
    };
    let mut left_open = LeftOpen::default();
    let (before, after) = match Transferred::take(options.server, apex, options.timeout, codes)? {
        Ok(transferred) => {
            let served = ZoneText {
                spool: &transferred.spool,
                codes,
                origin: None,
            };
            let served_prints = served.fingerprints(&hasher)?;
            let differs = |name: &DomainName| !prints.agree(&served_prints, &hasher, name);
            (served.publication(differs)?, file.publication(differs)?)
        }
        Err((reason, _)) => {
            let zone = mimi_output::Name(apex);
            // Only names of the file can be asked for: others that go away are not seen.
            let note = format!(
                "{} does not transfer {zone} ({}): names that are not in the file are not compared",
                options.server,
                reason.as_str()
            );
            writeln!(io::stderr(), "note: {note}")?;
            let after = file.publication(|_| true)?;
            (ask(options, &after, codes, &mut left_open), after)
        }
    };
    let changes = changes::between(&before, &after, &left_open);
    write::write(&changes, options.format)?;
    for sentence in left_open.sentences() {
        writeln!(io::stderr(), "inconclusive: {sentence}")?;
    }
    Ok(match (left_open.is_empty(), changes.is_empty()) {
        (false, _) => Exit::Inconclusive,
        (true, false) => Exit::Findings,
        (true, true) => Exit::Clean,
    })
}

/// What the server says of the names in the file.
fn ask(
    options: &Diff,
    after: &Publication,
    codes: TypeCodes,
    left_open: &mut LeftOpen,
) -> Publication {
    let mut before = Publication::default();
    let asker = Asker::new(options.timeout, codes);
    for (count, name) in after.names().enumerate() {
        if count >= MOST_NAMES {
            let why = format!("only {MOST_NAMES} names are asked for; allow the transfer");
            left_open.add_rest(name, why);
            break;
        }
        // A server that is not there needs no more questions.
        if before.is_empty() && left_open.len() >= ENOUGH_SILENCE {
            left_open.add_rest(name, "nothing was answered before; not asked".into());
            break;
        }
        asker.refill();
        for record_type in [codes.mimi(), codes.mimix()] {
            match records(&asker, options, name, record_type) {
                Ok(records) => {
                    for record in records {
                        before.add(record.owner, record.record_type, &record.rdata, codes);
                    }
                }
                Err(error) => {
                    let what = type_name(record_type, codes);
                    let why = error.reason.as_str();
                    left_open.add(name, format!("asked for {what}, found {why}"));
                    break;
                }
            }
        }
    }
    before
}

fn records(
    asker: &Asker,
    options: &Diff,
    name: &DomainName,
    record_type: u16,
) -> Result<Vec<Record>, NoReply> {
    let message = asker.ask(options.server, name, record_type, false)?.message;
    let has_soa = message
        .authority
        .iter()
        .any(|one| one.record_type == types::SOA);
    if !message.is_authoritative || (message.answer.is_empty() && !has_soa) {
        return Err(NoReply::of(mimi_lint::observations::Reason::Lame));
    }
    let is_meant = |record: &Record| record.record_type == record_type && record.owner == *name;
    Ok(message.answer.into_iter().filter(is_meant).collect())
}
