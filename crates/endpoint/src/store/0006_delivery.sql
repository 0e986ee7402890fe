-- When a request can be there, as JSON, counted from the day on which it was received.
ALTER TABLE quote_requests ADD COLUMN delivery TEXT NOT NULL DEFAULT 'null';
