use std::sync::{Mutex, PoisonError};
use std::thread::JoinHandle;

use rusqlite::{Connection, TransactionBehavior};
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::sync::oneshot;

use super::StoreError;

/// Jobs that may wait; beyond that callers wait for their turn.
const WAITING: usize = 1024;
/// Jobs that share one commit.
const TOGETHER: usize = 256;

/// Done within the transaction; what comes back is called with the outcome of the commit.
type Job = Box<dyn FnOnce(&Connection) -> Report + Send>;
type Report = Box<dyn FnOnce(Result<(), StoreError>) + Send>;

/// The one thread that writes.
pub struct Writer {
    jobs: Mutex<Option<Sender<Job>>>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Writer {
    pub fn start(connection: Connection) -> Result<Self, StoreError> {
        let (sender, receiver) = channel(WAITING);
        let thread = std::thread::Builder::new()
            .name("store".to_owned())
            .spawn(move || run(connection, receiver))?;
        Ok(Self {
            jobs: Mutex::new(Some(sender)),
            thread: Mutex::new(Some(thread)),
        })
    }

    pub async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            let result = in_savepoint(connection, work);
            Box::new(move |committed| {
                // Where nobody waits any more, the work is kept all the same.
                let _ = answer.send(committed.and(result));
            })
        });
        let sender = self.sender().ok_or(StoreError::Closed)?;
        sender.send(job).await.map_err(|_| StoreError::Closed)?;
        drop(sender);
        answered.await.map_err(|_| StoreError::Closed)?
    }

    /// Lets the thread finish what it has, and waits for it.
    pub fn close(&self) {
        drop(
            self.jobs
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .take(),
        );
        let thread = self
            .thread
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if thread.is_some_and(|thread| thread.join().is_err()) {
            tracing::error!("the writing thread panicked");
        }
    }

    fn sender(&self) -> Option<Sender<Job>> {
        self.jobs
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

fn run(mut connection: Connection, mut jobs: Receiver<Job>) {
    let mut batch = Vec::new();
    while jobs.blocking_recv_many(&mut batch, TOGETHER) > 0 {
        commit(&mut connection, std::mem::take(&mut batch));
    }
    if let Err(error) = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())) {
        tracing::warn!(%error, "the write-ahead log could not be emptied");
    }
}

/// Does the jobs in one transaction and reports to each.
fn commit(connection: &mut Connection, batch: Vec<Job>) {
    let mut reports = Vec::with_capacity(batch.len());
    let outcome = connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .and_then(|transaction| {
            reports.extend(batch.into_iter().map(|job| job(&transaction)));
            transaction.commit()
        });
    if let Err(error) = &outcome {
        tracing::error!(%error, "nothing could be written");
    }
    for report in reports {
        report(
            outcome
                .as_ref()
                .copied()
                .map_err(|_| StoreError::NotCommitted),
        );
    }
}

/// All of `work` or nothing, whatever the other jobs of the transaction do.
fn in_savepoint<T>(
    connection: &Connection,
    work: impl FnOnce(&Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    connection.execute_batch("SAVEPOINT job")?;
    let result = work(connection);
    connection.execute_batch(match result {
        Ok(_) => "RELEASE job",
        Err(_) => "ROLLBACK TO job; RELEASE job",
    })?;
    result
}
