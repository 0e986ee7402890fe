-- Whom prices are for, as JSON: by fact, the values of which one has to be known. NULL: the
-- public book.
ALTER TABLE price_packs ADD COLUMN audience TEXT;
UPDATE price_packs SET audience = json_object('customer', json_array(customer))
    WHERE customer IS NOT NULL;
ALTER TABLE price_packs DROP COLUMN customer;
