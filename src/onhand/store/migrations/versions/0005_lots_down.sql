-- Takes statuses and facts of lots away, with vendors and brands.
DROP INDEX holding_by_lot;
ALTER TABLE change DROP CONSTRAINT change_lot_status_may_follow;
DROP TRIGGER lot_status_may_follow ON lot;
ALTER TABLE lot
    DROP COLUMN status,
    DROP COLUMN status_since,
    DROP COLUMN vendor_id,
    DROP COLUMN brand_id,
    DROP COLUMN category,
    DROP COLUMN subcategory,
    DROP COLUMN grade,
    DROP COLUMN strain_id,
    DROP COLUMN cost_mode,
    DROP COLUMN unit_cost,
    DROP COLUMN cost_min,
    DROP COLUMN cost_max,
    DROP COLUMN payment_terms,
    DROP COLUMN label;
DROP FUNCTION refuse_lot_status();
DROP FUNCTION lot_status_may_follow(text, text);
DROP TABLE listing, brand, vendor;
ALTER TABLE location
    DROP COLUMN zone,
    DROP COLUMN rack,
    DROP COLUMN shelf,
    DROP COLUMN bin;
