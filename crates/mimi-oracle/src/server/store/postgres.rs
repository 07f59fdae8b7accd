//! [`PostgresStore`]: registrations in PostgreSQL, for oracles of which several servers share one store.
//!
//! *The connection* is by Unix socket, or by a tunnel of the operator's own: this store speaks no TLS, and so must not be pointed at a
//! server across a network. One connection writes, behind a mutex, and is made again when it was lost; each snapshot has another.
//!
//! *What is durable* is what the server makes durable: `synchronous_commit` is switched on here, `fsync` must be on there.
//!
//! *What is gone.* PostgreSQL keeps removed rows in its files until it vacuums and overwrites their place, and in its log and archives
//! for as long as the operator keeps those. They are sealed; a store that must keep nothing is [`SqliteStore`](super::SqliteStore).
//!
//! The functions start a runtime inside, so they must not be called from asynchronous code, but from threads that may block.

use std::fmt;
use std::sync::{Mutex, PoisonError};

use postgres::{Client, Config, IsolationLevel, NoTls, Transaction};

use super::{RegistrationId, SpentToken, Store, StoreError};

/// The version of the tables.
const VERSION: i32 = 1;

/// Rows fetched at a time for a snapshot.
const ROWS: i32 = 1_000;

/// So that servers that start at the same time do not both make the tables. Any number does that nobody else uses: "MIOR".
const LOCK: i64 = 0x4d49_4f52;

const TABLES: &str = "
    CREATE TABLE mimi_oracle.version (number integer NOT NULL);
    CREATE TABLE mimi_oracle.registration (
        id bytea PRIMARY KEY CHECK (length(id) = 32),
        sealed bytea NOT NULL,
        expires bigint NOT NULL
    );
    CREATE TABLE mimi_oracle.spent_token (
        nonce bytea PRIMARY KEY CHECK (length(nonce) = 8),
        expires bigint NOT NULL
    );
";

/// Registrations in the schema `mimi_oracle` of a PostgreSQL database.
pub struct PostgresStore {
    config: Config,
    client: Mutex<Option<Client>>,
}

impl PostgresStore {
    /// Connects, as `host=/run/postgresql user=mimi dbname=mimi` or a URL says, and makes the tables if they are not there.
    ///
    /// # Errors
    /// [`StoreError::Foreign`] for a schema of that name without our tables, [`StoreError::Version`] and [`StoreError::Database`].
    pub fn open(connection: &str) -> Result<Self, StoreError> {
        let store = Self {
            config: connection.parse()?,
            client: Mutex::default(),
        };
        store.transaction(prepare)?;
        Ok(store)
    }

    fn connect(&self) -> Result<Client, StoreError> {
        let mut client = self.config.connect(NoTls)?;
        client.batch_execute("SET synchronous_commit = on")?;
        Ok(client)
    }

    /// Does everything that `work` does, or nothing.
    fn transaction<T>(
        &self,
        work: impl FnOnce(&mut Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut kept = self.client.lock().unwrap_or_else(PoisonError::into_inner);
        // Asked before and not tried again after: whether a commit was made that was not acknowledged cannot be known.
        let alive = kept
            .take()
            .and_then(|mut client| client.check_connection().is_ok().then_some(client));
        let mut client = match alive {
            Some(client) => client,
            None => self.connect()?,
        };
        let result = transact(&mut client, work);
        if !client.is_closed() {
            *kept = Some(client);
        }
        result
    }
}

fn transact<T>(
    client: &mut Client,
    work: impl FnOnce(&mut Transaction<'_>) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    // Rolled back when it is let go of without a commit.
    let mut transaction = client.transaction()?;
    let result = work(&mut transaction)?;
    transaction.commit()?;
    Ok(result)
}

/// Makes the tables, or checks whose they are.
fn prepare(transaction: &mut Transaction<'_>) -> Result<(), StoreError> {
    transaction.execute("SELECT pg_advisory_xact_lock($1)", &[&LOCK])?;
    let exists = |transaction: &mut Transaction<'_>, sql: &str| -> Result<bool, StoreError> {
        Ok(transaction.query_one(sql, &[])?.try_get(0)?)
    };
    if !exists(
        transaction,
        "SELECT to_regnamespace('mimi_oracle') IS NOT NULL",
    )? {
        transaction.batch_execute("CREATE SCHEMA mimi_oracle")?;
        transaction.batch_execute(TABLES)?;
        transaction.execute("INSERT INTO mimi_oracle.version VALUES ($1)", &[&VERSION])?;
        return Ok(());
    }
    if !exists(
        transaction,
        "SELECT to_regclass('mimi_oracle.version') IS NOT NULL",
    )? {
        return Err(StoreError::Foreign);
    }
    let found: i32 = transaction
        .query_one("SELECT max(number) FROM mimi_oracle.version", &[])?
        .try_get(0)?;
    if found == VERSION {
        return Ok(());
    }
    Err(StoreError::Version {
        found,
        known: VERSION,
    })
}

fn spend(transaction: &mut Transaction<'_>, token: SpentToken) -> Result<(), StoreError> {
    // Waits for another transaction that spends the same.
    let spent = transaction.execute(
        "INSERT INTO mimi_oracle.spent_token (nonce, expires) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        &[&token.nonce.as_slice(), &time(token.expires)],
    )?;
    if spent == 0 {
        return Err(StoreError::TokenSpent);
    }
    Ok(())
}

/// PostgreSQL's integers end at 2^63.
fn time(seconds: u64) -> i64 {
    i64::try_from(seconds).unwrap_or(i64::MAX)
}

impl Store for PostgresStore {
    fn put(
        &self,
        id: RegistrationId,
        sealed: &[u8],
        expires: u64,
        token: SpentToken,
    ) -> Result<(), StoreError> {
        self.transaction(|transaction| {
            spend(transaction, token)?;
            transaction.execute(
                "INSERT INTO mimi_oracle.registration (id, sealed, expires) VALUES ($1, $2, $3)
                 ON CONFLICT (id) DO UPDATE SET sealed = $2, expires = $3",
                &[&id.0.as_slice(), &sealed, &time(expires)],
            )?;
            Ok(())
        })
    }

    fn get(&self, id: RegistrationId) -> Result<Option<Vec<u8>>, StoreError> {
        self.transaction(|transaction| {
            let row = transaction.query_opt(
                "SELECT sealed FROM mimi_oracle.registration WHERE id = $1",
                &[&id.0.as_slice()],
            )?;
            Ok(row.map(|row| row.try_get(0)).transpose()?)
        })
    }

    fn remove(&self, id: RegistrationId, token: SpentToken) -> Result<bool, StoreError> {
        self.transaction(|transaction| {
            spend(transaction, token)?;
            let removed = transaction.execute(
                "DELETE FROM mimi_oracle.registration WHERE id = $1",
                &[&id.0.as_slice()],
            )?;
            Ok(removed > 0)
        })
    }

    fn for_each(
        &self,
        now: u64,
        show: &mut dyn FnMut(RegistrationId, Vec<u8>),
    ) -> Result<(), StoreError> {
        let mut client = self.connect()?;
        let mut transaction = client
            .build_transaction()
            .isolation_level(IsolationLevel::RepeatableRead)
            .read_only(true)
            .start()?;
        let portal = transaction.bind(
            "SELECT id, sealed FROM mimi_oracle.registration WHERE expires > $1",
            &[&time(now)],
        )?;
        loop {
            let rows = transaction.query_portal(&portal, ROWS)?;
            if rows.is_empty() {
                return Ok(());
            }
            for row in rows {
                let id: &[u8] = row.try_get(0)?;
                // The table has a check of it.
                let id = id.try_into().map_err(|_| StoreError::Foreign)?;
                show(RegistrationId(id), row.try_get(1)?);
            }
        }
    }

    fn purge(&self, now: u64) -> Result<(), StoreError> {
        self.transaction(|transaction| {
            for table in ["registration", "spent_token"] {
                let sql = format!("DELETE FROM mimi_oracle.{table} WHERE expires <= $1");
                transaction.execute(&sql, &[&time(now)])?;
            }
            Ok(())
        })
    }

    fn count(&self) -> Result<u64, StoreError> {
        let count: i64 = self.transaction(|transaction| {
            let row =
                transaction.query_one("SELECT count(*) FROM mimi_oracle.registration", &[])?;
            Ok(row.try_get(0)?)
        })?;
        Ok(u64::try_from(count).unwrap_or_default())
    }
}

impl fmt::Debug for PostgresStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PostgresStore(..)")
    }
}

impl From<postgres::Error> for StoreError {
    fn from(error: postgres::Error) -> Self {
        Self::Database(Box::new(error))
    }
}
