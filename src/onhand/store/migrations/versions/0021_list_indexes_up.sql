-- Lists that read a page and no more.

-- Statuses go with age: of a brand's lots the newest are live and the rest sold out, so a status and another filter need
-- an index together, or a page reads past all lots of the other statuses.
CREATE INDEX lot_by_status_and_category ON lot (org_id, status, category, id) WHERE category IS NOT NULL;
CREATE INDEX lot_by_status_and_subcategory ON lot (org_id, status, subcategory, id) WHERE subcategory IS NOT NULL;
CREATE INDEX lot_by_status_and_brand ON lot (org_id, status, brand_id, id) WHERE brand_id IS NOT NULL;
CREATE INDEX lot_by_status_and_vendor ON lot (org_id, status, vendor_id, id) WHERE vendor_id IS NOT NULL;
CREATE INDEX lot_by_status_and_code ON lot (org_id, status, code, item_id);

-- Many lots come in with one posting, so the time alone does not say which is the first.
DROP INDEX lot_by_time;
CREATE INDEX lot_by_time ON lot (org_id, received_at, id);

-- Holdings are listed by item, site and id. One item may stand in as many holdings as there are, each a serial or a lot.
CREATE INDEX holding_in_order ON holding (org_id, item_id, site_id, id);
DROP INDEX holding_by_site, holding_by_location;
CREATE INDEX holding_by_site ON holding (org_id, site_id, item_id, id);
CREATE INDEX holding_by_location ON holding (org_id, location_id, item_id, id) WHERE location_id IS NOT NULL;
