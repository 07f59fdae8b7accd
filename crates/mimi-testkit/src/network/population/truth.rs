//! What must come of a discovery, and what did.

use mimi_discovery::Outcome;
use serde_json::Value;

use crate::expect::{Account, accounts};

/// The word for an outcome (D33), and the accounts of each priority group, the most wanted group first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Truth {
    /// The word.
    pub outcome: String,
    /// The accounts.
    pub groups: Vec<Vec<Account>>,
}

impl Truth {
    pub(super) fn nothing(outcome: &str) -> Self {
        Self {
            outcome: outcome.to_owned(),
            groups: Vec::new(),
        }
    }

    /// Found with these accounts, in no order: D30 for those that stand there twice, D27 and D28 for the groups.
    pub(super) fn found(mut accounts: Vec<Account>) -> Self {
        let rank = |account: &Account| account.p.map_or(u64::MAX, u64::from);
        accounts.sort_by(|a, b| (&a.e, &a.a, rank(a)).cmp(&(&b.e, &b.a, rank(b))));
        accounts.dedup_by(|later, kept| (&later.e, &later.a) == (&kept.e, &kept.a));
        accounts.sort_by(|a, b| (rank(a), &a.s, &a.e, &a.a).cmp(&(rank(b), &b.s, &b.e, &b.a)));
        let groups = accounts.chunk_by(|a, b| a.p == b.p);
        Self {
            outcome: "found".to_owned(),
            groups: groups.map(<[Account]>::to_vec).collect(),
        }
    }

    /// What a discovery found.
    pub fn of(outcome: &Outcome) -> Self {
        Self {
            outcome: outcome.ending.as_str().to_owned(),
            groups: accounts(outcome),
        }
    }

    /// What an object of `mimi resolve --format jsonl` says; `None` where it is not of this shape.
    pub fn of_json(result: &Value) -> Option<Self> {
        let groups = result.get("groups").and_then(Value::as_array);
        let groups = groups.into_iter().flatten().map(|group| {
            let contacts = group.as_array()?;
            contacts.iter().map(account).collect()
        });
        Some(Self {
            outcome: result.get("outcome")?.as_str()?.to_owned(),
            groups: groups.collect::<Option<_>>()?,
        })
    }
}

fn account(contact: &Value) -> Option<Account> {
    let text = |key: &str| contact.get(key).and_then(Value::as_str).map(str::to_owned);
    let p = contact.get("priority").and_then(Value::as_u64);
    Some(Account {
        a: text("mssa")?,
        e: text("mse")?,
        p: p.and_then(|p| u32::try_from(p).ok()),
        pv: text("protocol_version"),
        s: text("service"),
    })
}
