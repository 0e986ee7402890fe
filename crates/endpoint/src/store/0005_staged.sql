-- The supplier's copy of a request with changes by hand, as JSON.
ALTER TABLE quote_requests ADD COLUMN staged TEXT NOT NULL DEFAULT 'null';
