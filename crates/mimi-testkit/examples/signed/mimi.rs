//! Our own command in front of a world.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use mimi_testkit::signed::WorldServer;
use serde_json::Value;

use crate::Anything;

/// What `mimi resolve` said of one identifier.
pub(crate) struct Said {
    /// `secure`, `insecure`, `bogus` or `indeterminate`; else the outcome and its code.
    pub(crate) verdict: String,
    /// How many questions it asked the world.
    pub(crate) questions: usize,
    /// Its exit code.
    pub(crate) exit: Option<i32>,
    /// From its start to its end, by the clock on the wall.
    pub(crate) milliseconds: u128,
}

/// No world may cost the command more than 64 MiB of address space, or 2 s of a processor.
const LIMITED: &str = r#"ulimit -v 65536 && ulimit -t 2 && exec "$0" "$@""#;

/// Resolves one identifier; `None` when the command has no validation.
pub(crate) fn judge(
    program: &str,
    folder: &Path,
    server: &WorldServer,
    identifier: &str,
) -> Anything<Option<Said>> {
    let anchor = folder.join("anchor");
    std::fs::create_dir_all(folder)?;
    std::fs::write(&anchor, server.world().trust_anchor())?;
    server.forget();
    let started = Instant::now();
    let output = Command::new("sh")
        .args(["-c", LIMITED, program])
        .args(["resolve", "--dnssec", "validate", "--trust-anchor"])
        .arg(&anchor)
        .args(["--server", &server.address().to_string()])
        .args(["--format", "jsonl", identifier])
        .stdin(Stdio::null())
        .output()?;
    let milliseconds = started.elapsed().as_millis();
    let questions = server.counts().total;
    let Some(outcome) = output
        .stdout
        .split(|octet| *octet == b'\n')
        .find_map(|line| serde_json::from_slice::<Value>(line).ok())
    else {
        return Ok(None);
    };
    Ok(Some(Said {
        verdict: verdict(&outcome),
        questions,
        milliseconds,
        exit: output.status.code(),
    }))
}

fn verdict(outcome: &Value) -> String {
    let word = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
    let kind = word(outcome.get("outcome"));
    let code = word(outcome.get("code"));
    match (kind.as_str(), code.as_str()) {
        ("security_failure", _) => "bogus".to_owned(),
        ("temporary_failure", "indeterminate") => code,
        ("temporary_failure", _) => format!("failure: {code}"),
        _ => word(outcome.pointer("/assurance/dnssec")),
    }
}
