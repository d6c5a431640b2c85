-- Takes the lists of lots away.
CREATE OR REPLACE FUNCTION record_outside_edit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO outside_edit (org_id, table_name, operation, before, after)
    VALUES (
        coalesce((to_jsonb(NEW) ->> 'org_id')::bigint, (to_jsonb(OLD) ->> 'org_id')::bigint),
        TG_ARGV[0], TG_OP, to_jsonb(OLD), to_jsonb(NEW)
    );
    RETURN NULL;
END;
$$;
ALTER TABLE org DROP COLUMN cursor_key;
DROP INDEX holding_that_may_be_negative, holding_by_site_and_lot, lot_by_time, lot_by_status_and_expiry, lot_by_expiry, lot_by_vendor, lot_by_brand, lot_by_subcategory,
    lot_by_category, lot_by_status;
DROP TABLE alert, stock_level, lot_metadata, lot_word;
