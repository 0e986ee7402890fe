use quotewright_compiler::DocumentFile;
use rusqlite::{Connection, OptionalExtension, params};

use super::StoreError;

/// Keeps a document that is served from now on.
pub fn keep(connection: &Connection, file: &DocumentFile) -> Result<(), StoreError> {
    connection.execute(
        "INSERT INTO documents (hash, name, content) VALUES (?1, ?2, ?3)
         ON CONFLICT (hash) DO UPDATE SET name = excluded.name",
        params![file.hash, file.name, file.content],
    )?;
    Ok(())
}

/// The document with this hash.
pub fn find(connection: &Connection, hash: String) -> Result<Option<DocumentFile>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT name, content FROM documents WHERE hash = ?1")?;
    let found = statement.query_row([&hash], |row| Ok((row.get(0)?, row.get(1)?)));
    let found: Option<(String, Vec<u8>)> = found.optional()?;
    Ok(found.map(|(name, content)| DocumentFile {
        hash,
        name,
        content,
    }))
}
