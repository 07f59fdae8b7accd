//! `mimi zone convert`: from a zone file to what a name server takes. All of it, or nothing.

use std::collections::BTreeMap;
use std::io::{self, Write};

use anyhow::Result;

use crate::exit::Exit;
use crate::zone::arguments::{Convert, Target};
use crate::zone::items::{self, Item};
use crate::zone::master::{self, Form, MADE_BY};
use crate::zone::problem::{self, Problem};
use crate::zone::publication::Selection;
use crate::zone::source::Source;
use crate::zone::{dnsmasq, nsupdate, powerdns, tinydns};

/// What was written, and what should be said about it on standard error.
struct Output {
    text: String,
    notes: Vec<String>,
    warnings: Vec<Problem>,
}

pub(crate) fn run(options: &Convert) -> Result<Exit> {
    let source = Source::new(&options.input)?;
    let octets = source.read()?;
    let (items, mut problems) = items::read(&source, &octets);
    let unread = problems.iter().any(Problem::is_error);
    let mut output = None;
    // A zone that could not be read whole would raise errors that mean nothing.
    if !unread {
        match write(options.to, &items, &source) {
            Ok(mut written) => {
                problems.append(&mut written.warnings);
                output = Some(written);
            }
            Err(more) => problems.extend(more),
        }
    }
    let errors = problem::show(problems, &source, &octets)?;
    let mut messages = anstream::stderr().lock();
    let Some(output) = output.filter(|_| errors == 0) else {
        let plural = if errors == 1 { "error" } else { "errors" };
        writeln!(
            messages,
            "error: {errors} {plural} in {}; nothing is written until they are mended",
            source.label
        )?;
        return Ok(Exit::NoMapping);
    };
    for note in output.notes {
        writeln!(messages, "note: {note}")?;
    }
    let mut out = io::stdout().lock();
    out.write_all(output.text.as_bytes())?;
    out.flush()?;
    Ok(Exit::Ok)
}

fn write(target: Target, items: &[Item], source: &Source<'_>) -> Result<Output, Vec<Problem>> {
    let form = match target {
        Target::Mnemonic => Form::Mnemonic,
        Target::Rfc3597 => Form::Generic,
        _ => return publish(target, items, source),
    };
    let master = master::write(items, form, source.codes);
    let mut notes = Vec::new();
    if !master.passed_on.is_empty() {
        notes.push(format!(
            "passed on as written, for their text is not known here: {}",
            counted(&master.passed_on)
        ));
    }
    Ok(Output {
        text: format!(";{}{}", made_from(source), master.text),
        notes,
        warnings: Vec::new(),
    })
}

fn publish(target: Target, items: &[Item], source: &Source<'_>) -> Result<Output, Vec<Problem>> {
    let selection = Selection::new(items, source);
    let mut notes = Vec::new();
    if !selection.left_out.is_empty() {
        notes.push(format!(
            "left out, for only MIMI and MIMIX records are converted: {}",
            counted(&selection.left_out)
        ));
    }
    let mut warnings = Vec::new();
    let (comment, text) = match target {
        Target::Nsupdate => (";", nsupdate::write(&selection)?),
        Target::Powerdns => {
            warnings = powerdns::warnings(&selection);
            ("#", powerdns::write(&selection)?)
        }
        Target::Dnsmasq => {
            if !selection.publications.is_empty() {
                notes.push(
                    "TTLs are left out, for dnsmasq gives all its own records that of local-ttl (0 unless set)"
                        .to_owned(),
                );
            }
            ("#", dnsmasq::write(&selection)?)
        }
        Target::Tinydns | Target::Mnemonic | Target::Rfc3597 => ("#", tinydns::write(&selection)),
    };
    Ok(Output {
        text: format!("{comment}{}{text}", made_from(source)),
        notes,
        warnings,
    })
}

/// The first line, without what makes it a comment.
fn made_from(source: &Source<'_>) -> String {
    format!("{MADE_BY} from {}\n", source.label)
}

/// `3 A, 1 SOA`.
fn counted(types: &BTreeMap<String, usize>) -> String {
    let counted = types.iter().map(|(name, count)| format!("{count} {name}"));
    counted.collect::<Vec<_>>().join(", ")
}
