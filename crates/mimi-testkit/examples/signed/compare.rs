//! Every world, put to unbound and to our own command: a line of JSON for each.

use std::path::Path;

use mimi_testkit::signed::{broken, hostile};
use serde_json::json;

use crate::{Anything, mimi, runtime, start, unbound, world};

/// The validators that are here.
pub(crate) struct Programs<'a> {
    pub(crate) unbound: Option<&'a str>,
    pub(crate) mimi: Option<&'a str>,
}

/// What is put to them.
struct Case {
    id: &'static str,
    about: &'static str,
    identifier: &'static str,
    /// The verdict, the reason, and why unbound differs; none for hostile authorities.
    expected: Option<(&'static str, &'static str, Option<&'static str>)>,
}

/// Runs these ids, or all of them when there are none.
pub(crate) fn run(folder: &Path, programs: &Programs<'_>, ids: &[&str]) -> Anything<()> {
    let runtime = runtime()?;
    let folder = std::path::absolute(folder)?;
    for case in cases().filter(|case| ids.is_empty() || ids.contains(&case.id)) {
        let server = start(&runtime, world(case.id)?)?;
        let folder = folder.join(case.id);
        let unbound = match programs.unbound {
            Some(program) => Some(unbound::judge(program, &folder, &server, case.identifier)?),
            None => None,
        };
        let mimi = match programs.mimi {
            Some(program) => mimi::judge(program, &folder, &server, case.identifier)?,
            None => None,
        };
        let expected = case.expected;
        println!(
            "{}",
            json!({
                "id": case.id,
                "about": case.about,
                "identifier": case.identifier,
                "expected": expected.map(|(verdict, _, _)| verdict),
                "reason": expected.map(|(_, reason, _)| reason),
                "unbound_differs": expected.and_then(|(_, _, why)| why),
                "unbound": unbound.map(|said| json!({
                    "verdict": said.verdict,
                    "extended_error": said.extended_error,
                    "questions": said.questions,
                    "milliseconds": said.milliseconds,
                })),
                "ours": mimi.map(|said| json!({
                    "verdict": said.verdict,
                    "exit": said.exit,
                    "questions": said.questions,
                    "milliseconds": said.milliseconds,
                })),
            })
        );
    }
    Ok(())
}

fn cases() -> impl Iterator<Item = Case> {
    let broken = broken::all().map(|breakage| Case {
        id: breakage.id,
        about: breakage.about,
        identifier: breakage.identifier,
        expected: Some((
            breakage.expected.as_str(),
            breakage.reason,
            breakage.unbound,
        )),
    });
    let hostile = hostile::all().map(|hostility| Case {
        id: hostility.id,
        about: hostility.about,
        identifier: hostility.identifier,
        expected: None,
    });
    broken.chain(hostile)
}
