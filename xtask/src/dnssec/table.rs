//! The tables of `docs/reliability.md`.

use std::fmt::Write;

use anyhow::Result;

use super::{Row, Said};

/// A summary, the worlds with a verdict, those that make work, and why unbound differs.
pub(super) fn write(rows: &[Row]) -> Result<String> {
    let mut out = String::new();
    let (broken, hostile): (Vec<&Row>, Vec<&Row>) =
        rows.iter().partition(|row| row.expected.is_some());
    if !broken.is_empty() {
        summary(&mut out, &broken)?;
        verdicts(&mut out, &broken)?;
        differences(&mut out, &broken)?;
    }
    if !hostile.is_empty() {
        work(&mut out, &hostile)?;
    }
    Ok(out.trim_end().to_owned())
}

fn summary(out: &mut String, rows: &[&Row]) -> Result<()> {
    let all = rows.len();
    let agrees = rows.iter().filter(|row| row.unbound_agrees()).count();
    writeln!(
        out,
        "unbound gives the verdict expected of {agrees} of {all} worlds."
    )?;
    if rows.iter().any(|row| row.ours.is_some()) {
        let agree = rows.iter().filter(|row| row.we_agree()).count();
        let is_let_through = |row: &&&Row| {
            let trusted = |said: &Said| said.verdict == "secure" || said.verdict == "insecure";
            row.expected.as_deref() == Some("bogus") && row.ours.as_ref().is_some_and(trusted)
        };
        let through: Vec<&str> = rows
            .iter()
            .filter(is_let_through)
            .map(|row| row.id.as_str())
            .collect();
        writeln!(
            out,
            "`mimi resolve --dnssec validate` gives it of {agree}. Expected bogus, and an answer all the same: {}.",
            match through.as_slice() {
                [] => "none".to_owned(),
                ids => format!("`{}`", ids.join("`, `")),
            }
        )?;
    }
    writeln!(out)?;
    Ok(())
}

fn verdicts(out: &mut String, rows: &[&Row]) -> Result<()> {
    writeln!(
        out,
        "| id | expected | unbound | ours | questions unbound | questions ours |\n|---|---|---|---|---:|---:|"
    )?;
    for row in rows {
        let expected = row.expected.as_deref().unwrap_or_default();
        let reason = row.reason.as_deref().unwrap_or_default();
        let expected = match reason {
            "" => expected.to_owned(),
            reason => format!("{expected}: {reason}"),
        };
        let unbound = cell(row.unbound.as_ref(), row.unbound_agrees());
        let ours = cell(row.ours.as_ref(), row.we_agree());
        let (theirs, ourselves) = (
            questions(row.unbound.as_ref()),
            questions(row.ours.as_ref()),
        );
        let id = &row.id;
        writeln!(
            out,
            "| {id} | {expected} | {unbound} | {ours} | {theirs} | {ourselves} |"
        )?;
    }
    Ok(())
}

fn differences(out: &mut String, rows: &[&Row]) -> Result<()> {
    writeln!(out, "\nWhy unbound differs:\n")?;
    for row in rows {
        if let Some(why) = &row.unbound_differs {
            writeln!(out, "- `{}`: {why}.", row.id)?;
        }
    }
    Ok(())
}

fn work(out: &mut String, rows: &[&Row]) -> Result<()> {
    writeln!(
        out,
        "\n| id | unbound | ours | questions unbound | questions ours | ms unbound | ms ours |\n|---|---|---|---:|---:|---:|---:|"
    )?;
    for row in rows {
        let (unbound, ours) = (row.unbound.as_ref(), row.ours.as_ref());
        writeln!(
            out,
            "| {} | {} | {} | {} | {} | {} | {} |",
            row.id,
            cell(unbound, true),
            cell(ours, true),
            questions(unbound),
            questions(ours),
            milliseconds(unbound),
            milliseconds(ours),
        )?;
    }
    Ok(())
}

/// The verdict with its extended error, in bold when it is not the one expected.
fn cell(said: Option<&Said>, agrees: bool) -> String {
    let Some(said) = said else {
        return "-".to_owned();
    };
    let verdict = match said.extended_error.map(extended_error) {
        Some(words) => format!("{}: {words}", said.verdict),
        None => said.verdict.clone(),
    };
    match agrees {
        true => verdict,
        false => format!("**{verdict}**"),
    }
}

fn questions(said: Option<&Said>) -> String {
    said.map_or("-".to_owned(), |said| said.questions.to_string())
}

fn milliseconds(said: Option<&Said>) -> String {
    said.map_or("-".to_owned(), |said| said.milliseconds.to_string())
}

/// The words for a code of RFC 8914 §4.
fn extended_error(code: u16) -> String {
    let words = match code {
        1 => "unsupported DNSKEY algorithm",
        2 => "unsupported DS digest",
        5 => "indeterminate",
        6 => "bogus",
        7 => "signature expired",
        8 => "signature not yet valid",
        9 => "DNSKEY missing",
        10 => "RRSIGs missing",
        11 => "no zone key bit",
        12 => "NSEC missing",
        22 => "no reachable authority",
        23 => "network error",
        27 => "unsupported NSEC3 iterations",
        other => return format!("EDE {other}"),
    };
    words.to_owned()
}
