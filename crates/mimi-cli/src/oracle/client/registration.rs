//! `mimi oracle register`, `show` and `remove`: one's own address or number at an oracle.

use std::io::{self, BufRead, IsTerminal, Write};

use anyhow::{Context, Result, bail};
use mimi_mssi::Verdict;
use mimi_oracle::client::{OracleClient, ProofChannel, Registration, RegistrationError};
use mimi_oracle::{Entry, Subject};
use mimi_output::Shown;

use super::arguments::{Register, Remove, Show, Whose};
use super::{client, exit_of, subject, tell, time_until};
use crate::exit::{Exit, Usage};
use crate::oracle_tokens::OracleTokens;
use crate::parse;

pub(super) async fn register(options: &Register) -> Result<Exit> {
    // Before anybody gets a mail.
    if !are_usable(&options.definition_strings)? {
        return Ok(Exit::NoMapping);
    }
    let whose = &options.whose;
    let Holder {
        client,
        subject,
        token,
    } = match prove(whose).await? {
        Ok(holder) => holder,
        Err(exit) => return Ok(exit),
    };
    let strings = &options.definition_strings;
    match client.set(&subject, &token, strings, None).await {
        Ok(registration) => {
            let mut out = anstream::stdout();
            writeln!(out, "registered: {}", Shown(&whose.identifier))?;
            write_registration(&mut out, &registration)?;
            writeln!(
                out,
                "  found by others {}",
                time_until(registration.effective)
            )?;
            out.flush()?;
            Ok(Exit::Ok)
        }
        Err(error) => Ok(refused(&error)),
    }
}

pub(super) async fn show(options: &Show) -> Result<Exit> {
    let whose = &options.whose;
    let Holder {
        client,
        subject,
        token,
    } = match prove(whose).await? {
        Ok(holder) => holder,
        Err(exit) => return Ok(exit),
    };
    match client.show(&subject, &token).await {
        Ok(registration) => {
            let mut out = anstream::stdout();
            writeln!(out, "{}", Shown(&whose.identifier))?;
            write_registration(&mut out, &registration)?;
            out.flush()?;
            Ok(match registration.definition_strings.is_empty() {
                true => Exit::NoMapping,
                false => Exit::Ok,
            })
        }
        Err(error) => Ok(refused(&error)),
    }
}

pub(super) async fn remove(options: &Remove) -> Result<Exit> {
    let whose = &options.whose;
    let Holder {
        client,
        subject,
        token,
    } = match prove(whose).await? {
        Ok(holder) => holder,
        Err(exit) => return Ok(exit),
    };
    match client.remove(&subject, &token).await {
        Ok(removal) => {
            let mut out = anstream::stdout();
            let shown = Shown(&whose.identifier);
            if removal.removed {
                let gone = time_until(removal.effective);
                writeln!(
                    out,
                    "removed: {shown}\n  not found by others any more {gone}"
                )?;
            } else {
                writeln!(out, "{shown}\n  nothing was registered")?;
            }
            out.flush()?;
            Ok(Exit::Ok)
        }
        Err(error) => Ok(refused(&error)),
    }
}

/// Judges definition strings as `mimi parse` does; writes what is wrong with those that cannot be used.
fn are_usable(definition_strings: &[String]) -> Result<bool> {
    let mut out = anstream::stdout();
    let mut all_usable = true;
    for string in definition_strings {
        let judgement = mimi_mssi::parse(string.as_bytes());
        if judgement.verdict() != Verdict::Usable {
            all_usable = false;
            parse::write_human(&mut out, string.as_bytes(), &judgement)?;
        }
    }
    out.flush()?;
    let octets: Vec<Vec<u8>> = definition_strings
        .iter()
        .map(|string| string.as_bytes().to_vec())
        .collect();
    if let Err(error) = Entry::check(&octets) {
        bail!(Usage(format!("--definition-string: {error}")));
    }
    Ok(all_usable)
}

/// Who proved that a subject is theirs, and to which oracle.
struct Holder {
    client: OracleClient,
    subject: Subject,
    token: String,
}

/// What a change or a look needs; the exit code, where the oracle sends no token.
async fn prove(whose: &Whose) -> Result<Result<Holder, Exit>> {
    let client = client(&whose.which, &OracleTokens::default())?;
    let subject = subject(&whose.identifier)?;
    let token = token(whose, &client, &subject).await?;
    Ok(token.map(|token| Holder {
        client,
        subject,
        token,
    }))
}

/// The token of the command line, or one that the oracle sends and somebody types in. The exit code, where the oracle sends none.
async fn token(
    whose: &Whose,
    client: &OracleClient,
    subject: &Subject,
) -> Result<Result<String, Exit>> {
    if let Some(token) = &whose.token {
        return Ok(Ok(token.clone()));
    }
    let sent = match client.request_proof(subject).await {
        Ok(sent) => sent,
        Err(error) => return Ok(Err(refused(&error))),
    };
    let way = match sent.sent {
        ProofChannel::Email => "by email",
        ProofChannel::Telephone => "to the telephone",
    };
    let until = time_until(sent.token_expires);
    let mut err = io::stderr();
    let shown = Shown(&whose.identifier);
    writeln!(
        err,
        "a token was sent {way}, to {shown}; it expires {until}"
    )?;
    if io::stdin().is_terminal() {
        write!(err, "token: ")?;
        err.flush()?;
    }
    let mut line = String::new();
    let read = io::stdin().lock().read_line(&mut line);
    read.context("cannot read the token from standard input")?;
    let token = line.trim();
    if token.is_empty() {
        bail!(Usage(
            "no token: call again with --token and the one that was sent".to_owned()
        ));
    }
    Ok(Ok(token.to_owned()))
}

fn write_registration(out: &mut impl Write, registration: &Registration) -> io::Result<()> {
    if registration.definition_strings.is_empty() {
        return writeln!(out, "  nothing is registered");
    }
    for string in &registration.definition_strings {
        writeln!(out, "  {}", Shown(string))?;
    }
    if let Some(provider) = &registration.provider {
        writeln!(out, "  vouched for by {}", Shown(provider))?;
    }
    if let Some(expires) = registration.expires {
        writeln!(out, "  expires {}", time_until(expires))?;
    }
    Ok(())
}

fn refused(error: &RegistrationError) -> Exit {
    tell(error);
    match error {
        RegistrationError::Exchange(error) => exit_of(error),
        _ => Exit::Temporary,
    }
}
