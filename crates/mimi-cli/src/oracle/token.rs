//! `mimi oracle token`: a token by which one client may look up more.

use std::io::Write;

use anyhow::Result;
use mimi_oracle::Quota;
use mimi_oracle::server::TokenSecret;

use crate::exit::Exit;
use crate::oracle::arguments::Token;
use crate::oracle::data::{self, read_keys};

const DAY: u64 = 24 * 3600;

/// Writes what `--oracle-tokens` reads.
pub(crate) fn run(options: &Token) -> Result<Exit> {
    let keys = read_keys(&options.data)?;
    let quota = Quota {
        burst: options.burst.get(),
        per_day: options.per_day.get(),
    };
    let expires = data::now().saturating_add(u64::from(options.days) * DAY);
    let token = TokenSecret::new(keys.token_secret()).issue_quota(quota, expires);
    let mut out = anstream::stdout();
    writeln!(
        out,
        "# For whoever may look up {} identifiers at once and {} a day, for {} days: a line for a file of --oracle-tokens.",
        quota.burst, quota.per_day, options.days
    )?;
    writeln!(
        out,
        "# The oracle tells its holder from all others. No token can be taken back before it expires."
    )?;
    writeln!(out, "{} {token}", keys.pin())?;
    out.flush()?;
    Ok(Exit::Ok)
}
