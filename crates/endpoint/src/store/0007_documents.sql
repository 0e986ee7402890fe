-- What buyers can open, of every state of a catalog that was ever served: a kept request has
-- the documents that came with it.
CREATE TABLE documents (
    hash TEXT PRIMARY KEY,        -- SHA-256 of the content
    name TEXT NOT NULL,           -- what it is called where it is saved
    content BLOB NOT NULL         -- PDF
) STRICT;
