-- Every state of a catalog that was ever served, so that a late request is
-- checked under exactly that state, and a kept one can be opened again.
CREATE TABLE catalogs (
    hash TEXT PRIMARY KEY,
    code TEXT NOT NULL,
    late_days INTEGER NOT NULL,
    signed_in INTEGER NOT NULL,   -- 1: prices only for customers
    superseded_on TEXT            -- first day on which it was no longer served
) STRICT;

CREATE TABLE models (
    catalog_hash TEXT NOT NULL REFERENCES catalogs (hash),
    product TEXT NOT NULL,
    model TEXT NOT NULL,          -- JSON
    PRIMARY KEY (catalog_hash, product)
) STRICT, WITHOUT ROWID;

CREATE TABLE price_packs (
    hash TEXT PRIMARY KEY,
    catalog_hash TEXT NOT NULL REFERENCES catalogs (hash),
    customer TEXT,                -- NULL: the public book
    pack TEXT NOT NULL,           -- JSON
    superseded_on TEXT
) STRICT;

CREATE TABLE quote_requests (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    number TEXT NOT NULL UNIQUE,
    idempotency_key TEXT NOT NULL UNIQUE,
    fingerprint BLOB NOT NULL,    -- SHA-256 of the request
    received_at TEXT NOT NULL,    -- RFC 3339, UTC
    email TEXT NOT NULL COLLATE NOCASE,
    customer TEXT,
    catalog_hash TEXT NOT NULL,
    pack_hash TEXT,
    receipt TEXT NOT NULL,        -- JSON
    request TEXT NOT NULL,        -- JSON
    engine TEXT NOT NULL,
    book TEXT,
    lines TEXT NOT NULL,          -- JSON
    FOREIGN KEY (catalog_hash) REFERENCES catalogs (hash),
    FOREIGN KEY (pack_hash) REFERENCES price_packs (hash)
) STRICT;
CREATE INDEX quote_requests_by_email ON quote_requests (email);
CREATE INDEX quote_requests_by_age ON quote_requests (received_at);

-- Keys of requests that were deleted: a repeated one must not make them anew.
CREATE TABLE spent_keys (
    idempotency_key TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TRIGGER spend_key AFTER DELETE ON quote_requests BEGIN
    INSERT OR IGNORE INTO spent_keys (idempotency_key) VALUES (old.idempotency_key);
END;

CREATE TABLE numbers (
    year INTEGER PRIMARY KEY,
    last INTEGER NOT NULL
) STRICT;
