//! [`Slots`]: which registration lies in which row, and rows that are free.
//!
//! A row keeps its size for ever, so that SQLite overwrites it in place. All its columns are blobs for that reason: an integer's size
//! would change with its value.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension as _, params};

use crate::encoding::first_octets;
use crate::server::store::RegistrationId;

/// The id of a row that is free.
pub(super) const FREE: [u8; 32] = [0; 32];

/// Registrations that are purged in one transaction, so that nobody waits long for it.
const PURGED: u32 = 2_000;

/// The part of an id by which it is found in memory; the row says whether it is the whole id.
type Prefix = [u8; 16];

/// Rows by id, and free rows by the octets that they have room for.
#[derive(Debug, Default)]
pub(super) struct Slots {
    by_id: HashMap<Prefix, u32>,
    free: HashMap<i64, Vec<u32>>,
}

fn prefix(id: RegistrationId) -> Prefix {
    first_octets(&id.0)
}

impl Slots {
    /// Reads where everything lies.
    pub(super) fn read(connection: &Connection) -> rusqlite::Result<Self> {
        let mut slots = Self::default();
        let mut statement =
            connection.prepare("SELECT slot, id, length(sealed) FROM registration")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let slot = row.get(0)?;
            let id = row.get(1)?;
            if id == FREE {
                slots.free.entry(row.get(2)?).or_default().push(slot);
            } else {
                slots.by_id.insert(prefix(RegistrationId(id)), slot);
            }
        }
        Ok(slots)
    }

    pub(super) fn len(&self) -> usize {
        self.by_id.len()
    }

    pub(super) fn get(
        &self,
        connection: &Connection,
        id: RegistrationId,
    ) -> rusqlite::Result<Option<Vec<u8>>> {
        let Some(slot) = self.by_id.get(&prefix(id)) else {
            return Ok(None);
        };
        connection
            .query_row(
                "SELECT sealed FROM registration WHERE slot = ?1 AND id = ?2",
                params![slot, id.0],
                |row| row.get(0),
            )
            .optional()
    }

    /// Keeps a registration; whether another had to go for it.
    pub(super) fn put(
        &mut self,
        connection: &Connection,
        id: RegistrationId,
        sealed: &[u8],
        expires: u64,
    ) -> rusqlite::Result<bool> {
        let had_one = self.remove(connection, id)?;
        let expires = expires.to_be_bytes();
        let octets = i64::try_from(sealed.len()).unwrap_or(i64::MAX);
        let slot = match self.free.get_mut(&octets).and_then(Vec::pop) {
            Some(slot) => {
                connection.execute(
                    "UPDATE registration SET id = ?2, expires = ?3, sealed = ?4 WHERE slot = ?1",
                    params![slot, id.0, expires, sealed],
                )?;
                slot
            }
            None => connection.query_row(
                "INSERT INTO registration (id, expires, sealed) VALUES (?1, ?2, ?3) RETURNING slot",
                params![id.0, expires, sealed],
                |row| row.get(0),
            )?,
        };
        self.by_id.insert(prefix(id), slot);
        Ok(had_one)
    }

    /// Overwrites a registration with zeros; whether there was one.
    pub(super) fn remove(
        &mut self,
        connection: &Connection,
        id: RegistrationId,
    ) -> rusqlite::Result<bool> {
        let Some(slot) = self.by_id.remove(&prefix(id)) else {
            return Ok(false);
        };
        let octets = connection.query_row(
            "UPDATE registration
             SET id = zeroblob(32), expires = zeroblob(8), sealed = zeroblob(length(sealed))
             WHERE slot = ?1 RETURNING length(sealed)",
            [slot],
            |row| row.get(0),
        )?;
        self.free.entry(octets).or_default().push(slot);
        Ok(true)
    }

    /// Removes some of what has expired, in slots after this one: the last slot of them, or `None` for none.
    pub(super) fn purge(
        &mut self,
        connection: &Connection,
        now: u64,
        after: u32,
    ) -> rusqlite::Result<Option<u32>> {
        let mut statement = connection.prepare(
            "SELECT slot, id FROM registration
             WHERE slot > ?1 AND id <> ?2 AND expires <= ?3 ORDER BY slot LIMIT ?4",
        )?;
        let expired = statement
            .query_map(params![after, FREE, now.to_be_bytes(), PURGED], |row| {
                Ok((row.get(0)?, RegistrationId(row.get(1)?)))
            })?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        for (_, id) in &expired {
            self.remove(connection, *id)?;
        }
        Ok(expired.last().map(|(slot, _)| *slot))
    }
}
