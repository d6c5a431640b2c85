-- save_site --
-- New and changed sites; what makes one the site it is never changes.
-- params:  org_id bigint, rows jsonb (snapshots)
INSERT INTO site (org_id, id, version, code, name, retired)
SELECT %(org_id)s, row.id, row.version, row.code, row.name, row.retired
  FROM jsonb_to_recordset(%(rows)s::jsonb) AS row (id bigint, version integer, code text, name text, retired
       boolean)
    ON CONFLICT (org_id, id) DO UPDATE
   SET version = excluded.version,
       name = excluded.name,
       retired = excluded.retired;

-- save_location --
-- New and changed locations; what makes one the location it is never changes.
-- params:  org_id bigint, rows jsonb (snapshots)
INSERT INTO location (org_id, id, version, site_id, code, retired)
SELECT %(org_id)s, row.id, row.version, row.site_id, row.code, row.retired
  FROM jsonb_to_recordset(%(rows)s::jsonb) AS row (id bigint, version integer, site_id bigint, code text,
       retired boolean)
    ON CONFLICT (org_id, id) DO UPDATE
   SET version = excluded.version,
       retired = excluded.retired;

-- save_product --
-- New and changed products; what makes one the product it is never changes.
-- params:  org_id bigint, rows jsonb (snapshots)
INSERT INTO product (org_id, id, version, code, name, retired)
SELECT %(org_id)s, row.id, row.version, row.code, row.name, row.retired
  FROM jsonb_to_recordset(%(rows)s::jsonb) AS row (id bigint, version integer, code text, name text, retired
       boolean)
    ON CONFLICT (org_id, id) DO UPDATE
   SET version = excluded.version,
       name = excluded.name,
       retired = excluded.retired;

-- save_item --
-- New and changed items; what makes one the item it is never changes.
-- params:  org_id bigint, rows jsonb (snapshots)
INSERT INTO item (org_id, id, version, sku, name, product_id, measure, pick_policy, retired)
SELECT %(org_id)s, row.id, row.version, row.sku, row.name, row.product_id, row.measure, row.pick_policy,
       row.retired
  FROM jsonb_to_recordset(%(rows)s::jsonb) AS row (id bigint, version integer, sku text, name text, product_id
       bigint, measure text, pick_policy text, retired boolean)
    ON CONFLICT (org_id, id) DO UPDATE
   SET version = excluded.version,
       name = excluded.name,
       product_id = excluded.product_id,
       measure = excluded.measure,
       pick_policy = excluded.pick_policy,
       retired = excluded.retired;

-- save_lot --
-- New and changed lots; what makes one the lot it is never changes.
-- params:  org_id bigint, rows jsonb (snapshots)
INSERT INTO lot (org_id, id, version, item_id, code, received_at, expires_on)
SELECT %(org_id)s, row.id, row.version, row.item_id, row.code, row.received_at, row.expires_on
  FROM jsonb_to_recordset(%(rows)s::jsonb) AS row (id bigint, version integer, item_id bigint, code text,
       received_at timestamptz, expires_on date)
    ON CONFLICT (org_id, id) DO UPDATE
   SET version = excluded.version,
       received_at = excluded.received_at,
       expires_on = excluded.expires_on;

-- save_unit --
-- New and changed units; what makes one the unit it is never changes.
-- params:  org_id bigint, rows jsonb (snapshots)
INSERT INTO unit (org_id, id, version, item_id, code, lot_id, retired)
SELECT %(org_id)s, row.id, row.version, row.item_id, row.code, row.lot_id, row.retired
  FROM jsonb_to_recordset(%(rows)s::jsonb) AS row (id bigint, version integer, item_id bigint, code text, lot_id
       bigint, retired boolean)
    ON CONFLICT (org_id, id) DO UPDATE
   SET version = excluded.version,
       lot_id = excluded.lot_id,
       retired = excluded.retired;

-- save_reservation --
-- New and changed reservations; what makes one the reservation it is never changes.
-- params:  org_id bigint, rows jsonb (snapshots)
INSERT INTO reservation (org_id, id, version, site_id, status, expires_at, priority, document_type, document_id)
SELECT %(org_id)s, row.id, row.version, row.site_id, row.status, row.expires_at, row.priority,
       row.document_type, row.document_id
  FROM jsonb_to_recordset(%(rows)s::jsonb) AS row (id bigint, version integer, site_id bigint, status text,
       expires_at timestamptz, priority integer, document_type text, document_id text)
    ON CONFLICT (org_id, id) DO UPDATE
   SET version = excluded.version,
       status = excluded.status,
       expires_at = excluded.expires_at,
       priority = excluded.priority,
       document_type = excluded.document_type,
       document_id = excluded.document_id;

-- save_transfer --
-- New and changed transfers; what makes one the transfer it is never changes.
-- params:  org_id bigint, rows jsonb (snapshots)
INSERT INTO transfer (org_id, id, version, source_site_id, target_site_id, status)
SELECT %(org_id)s, row.id, row.version, row.source_site_id, row.target_site_id, row.status
  FROM jsonb_to_recordset(%(rows)s::jsonb) AS row (id bigint, version integer, source_site_id bigint,
       target_site_id bigint, status text)
    ON CONFLICT (org_id, id) DO UPDATE
   SET version = excluded.version,
       source_site_id = excluded.source_site_id,
       target_site_id = excluded.target_site_id,
       status = excluded.status;

-- save_reservation_lines --
-- The lines of changed reservations; a settled line stays, at zero.
-- params:  org_id bigint, ids bigint[], holding_ids bigint[], quantities bigint[] (paired)
INSERT INTO reservation_line (org_id, reservation_id, holding_id, quantity)
SELECT %(org_id)s, row.id, row.holding_id, row.quantity
  FROM unnest(%(ids)s::bigint[], %(holding_ids)s::bigint[], %(quantities)s::bigint[]) AS row (id, holding_id, quantity)
    ON CONFLICT (org_id, reservation_id, holding_id) DO UPDATE
   SET quantity = excluded.quantity;

-- save_transfer_lines --
-- The lines of changed transfers; a settled line stays, at zero.
-- params:  org_id bigint, ids bigint[], holding_ids bigint[], quantities bigint[] (paired)
INSERT INTO transfer_line (org_id, transfer_id, holding_id, quantity)
SELECT %(org_id)s, row.id, row.holding_id, row.quantity
  FROM unnest(%(ids)s::bigint[], %(holding_ids)s::bigint[], %(quantities)s::bigint[]) AS row (id, holding_id, quantity)
    ON CONFLICT (org_id, transfer_id, holding_id) DO UPDATE
   SET quantity = excluded.quantity;
