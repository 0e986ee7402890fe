-- What is worked out for the quote as a whole, as JSON.
ALTER TABLE quote_requests ADD COLUMN whole TEXT NOT NULL DEFAULT 'null';
