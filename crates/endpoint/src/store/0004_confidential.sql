-- What only the supplier may know, as JSON: of prices, costs, floors and commission; of a
-- request, what it leaves.
ALTER TABLE price_packs ADD COLUMN confidential TEXT NOT NULL DEFAULT 'null';
ALTER TABLE quote_requests ADD COLUMN margins TEXT NOT NULL DEFAULT 'null';
