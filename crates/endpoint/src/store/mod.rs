//! The database. SQL is written in this folder only.
//!
//! One thread writes. It takes all that waits for it into one transaction, so
//! that many callers share one flush to disk, and answers each after the
//! commit. Reading happens beside it, as SQLite's write-ahead log allows.
//!
//! `synchronous = FULL`: what has been answered is on the disk, and survives a
//! loss of power as well as the end of the process.

pub mod documents;
pub mod editions;
mod readers;
pub mod requests;
mod writer;

pub use editions::{CatalogRow, PackRow};
pub use requests::{Kept, NewRequest};

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};

use readers::Readers;
use writer::Writer;

const STEPS: &[M<'static>] = &[
    M::up(include_str!("0001_initial.sql")),
    M::up(include_str!("0002_whole.sql")),
    M::up(include_str!("0003_audience.sql")),
    M::up(include_str!("0004_confidential.sql")),
    M::up(include_str!("0005_staged.sql")),
    M::up(include_str!("0006_delivery.sql")),
    M::up(include_str!("0007_documents.sql")),
];
const MIGRATIONS: Migrations<'static> = Migrations::from_slice(STEPS);
const BUSY: Duration = Duration::from_secs(5);

/// The database could not do it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// SQLite says no.
    #[error("the database failed: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// The file is of a version that this program cannot read.
    #[error("the database cannot be brought up to date: {0}")]
    Migration(#[from] rusqlite_migration::Error),
    /// What is written there is not what this program writes.
    #[error("the database holds something unreadable: {0}")]
    Json(#[from] serde_json::Error),
    /// The operating system says no, to the file or to the writing thread.
    #[error("the database cannot be used: {0}")]
    System(#[from] std::io::Error),
    /// The commit failed; the log says why.
    #[error("the database could not commit")]
    NotCommitted,
    /// The endpoint is shutting down.
    #[error("the database is closed")]
    Closed,
}

/// The database; cheap to clone.
#[derive(Clone)]
pub struct Store {
    writer: Arc<Writer>,
    readers: Arc<Readers>,
}

impl Store {
    /// Opens the file at `path`, makes it when missing, brings it up to date.
    ///
    /// # Errors
    /// [`StoreError`], where it cannot be opened or is from a later version.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let mut connection = connect(path)?;
        MIGRATIONS.to_latest(&mut connection)?;
        Ok(Self {
            writer: Arc::new(Writer::start(connection)?),
            readers: Arc::new(Readers::new(PathBuf::from(path))),
        })
    }

    /// Does `work` in a transaction of its own kind: all of it or nothing, and
    /// on disk when this returns.
    ///
    /// # Errors
    /// Those of `work` and of the commit.
    pub async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.writer.write(work).await
    }

    /// Reads beside the writer.
    ///
    /// # Errors
    /// Those of `work`.
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let readers = Arc::clone(&self.readers);
        tokio::task::spawn_blocking(move || readers.read(work))
            .await
            .map_err(|_| StoreError::Closed)?
    }

    /// Writes what still waits, then empties the write-ahead log into the file.
    pub fn close(&self) {
        self.readers.close();
        self.writer.close();
    }
}

/// Deletes all that was asked under `email` from the file at `path`, which must be there.
///
/// # Errors
/// [`StoreError`].
pub fn forget(path: &Path, email: &str) -> Result<usize, StoreError> {
    std::fs::metadata(path)?;
    let connection = connect(path)?;
    let deleted = requests::forget(&connection, email)?;
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    Ok(deleted)
}

fn connect(path: &Path) -> Result<Connection, StoreError> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(BUSY)?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // What is deleted is overwritten: deleted requests hold personal data.
    connection.pragma_update(None, "secure_delete", true)?;
    Ok(connection)
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::{Store, StoreError};

    #[test]
    fn the_migrations_fit_together() {
        assert_eq!(super::MIGRATIONS.validate(), Ok(()));
    }

    fn insert(connection: &Connection, year: i64) -> Result<(), StoreError> {
        connection.execute("INSERT INTO numbers (year, last) VALUES (?1, 0)", [year])?;
        Ok(())
    }

    #[tokio::test]
    async fn work_that_fails_leaves_nothing_and_harms_nobody() -> Result<(), StoreError> {
        let folder = tempfile::tempdir()?;
        let store = Store::open(&folder.path().join("data.sqlite"))?;
        let mut writes = tokio::task::JoinSet::new();
        for year in 0..100 {
            let store = store.clone();
            writes.spawn(async move {
                let work = move |connection: &Connection| {
                    insert(connection, year)?;
                    // Fails for odd years: the row is there already.
                    if year % 2 == 1 {
                        insert(connection, year)
                    } else {
                        Ok(())
                    }
                };
                (year, store.write(work).await.is_ok())
            });
        }
        for (year, kept) in writes.join_all().await {
            assert_eq!(kept, year % 2 == 0, "{year}");
        }
        let count = |sql: &'static str| {
            move |connection: &Connection| Ok(connection.query_row(sql, [], |row| row.get(0))?)
        };
        let odd: i64 = store
            .read(count("SELECT count(*) FROM numbers WHERE year % 2"))
            .await?;
        let all: i64 = store.read(count("SELECT count(*) FROM numbers")).await?;
        assert_eq!((odd, all), (0, 50));

        store.close();
        let late = store.write(|connection| insert(connection, 7)).await;
        assert!(matches!(late, Err(StoreError::Closed)));
        Ok(())
    }
}
