-- Takes the indexes in the order of lists away.
DROP INDEX holding_in_order, holding_by_site, holding_by_location, lot_by_time, lot_by_status_and_code,
    lot_by_status_and_vendor, lot_by_status_and_brand, lot_by_status_and_subcategory, lot_by_status_and_category;
CREATE INDEX holding_by_site ON holding (org_id, site_id, item_id);
CREATE INDEX holding_by_location ON holding (org_id, location_id, item_id) WHERE location_id IS NOT NULL;
CREATE INDEX lot_by_time ON lot (org_id, received_at);
