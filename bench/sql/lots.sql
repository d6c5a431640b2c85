-- So many lots as a wholesaler has them after years: written past the ledger, since only the lists are measured.
-- params:  org_id bigint, lots bigint
CREATE FUNCTION pg_temp.fill(org bigint, lots bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    first bigint;
BEGIN
    SELECT id_last + 1 INTO first FROM journal WHERE org_id = org;
    INSERT INTO site (org_id, id, version, code, name, retired)
    SELECT org, first + number, 1, 'site-' || number, 'site-' || number, false FROM generate_series(1, 20) AS number;
    INSERT INTO vendor (org_id, id, version, name)
    SELECT org, first + 100 + number, 1, 'Vendor ' || number FROM generate_series(0, 499) AS number;
    INSERT INTO brand (org_id, id, version, name)
    SELECT org, first + 1000 + number, 1, 'Brand ' || number FROM generate_series(0, 999) AS number;
    INSERT INTO item (org_id, id, version, sku, name, measure, pick_policy, retired)
    SELECT org, first + 10000 + number, 1, 'ITEM-' || number, 'Item ' || number, 'piece', 'fefo', false
      FROM generate_series(0, 9999) AS number;
    INSERT INTO lot (org_id, id, version, item_id, code, received_at, expires_on, status, vendor_id, brand_id, category,
           subcategory, label)
    SELECT org,
           first + 100000 + number,
           1,
           first + 10000 + number % 10000,
           'LOT-' || to_char(timestamptz '2020-01-01' + number * interval '3 minutes', 'YYYYMMDD') || '-' || number,
           timestamptz '2020-01-01' + number * interval '3 minutes',
           CASE WHEN number % 3 > 0 THEN date '2021-01-01' + (number * 3 / 1440)::integer END,
           CASE WHEN number < lots * 0.9 THEN
                (ARRAY['SOLD_OUT', 'SOLD_OUT', 'SOLD_OUT', 'CLOSED'])[1 + number % 4]
           ELSE (ARRAY['LIVE', 'LIVE', 'LIVE', 'PHOTOGRAPHY_COMPLETE', 'ON_HOLD', 'QUARANTINED', 'AWAITING_INTAKE'])[
                1 + number % 7]
           END,
           first + 100 + number % 500,
           first + 1000 + number % 1000,
           'category ' || number % 12,
           'kind ' || number % 60,
           format('Vendor %s Brand %s %s %s', number % 500, number % 1000,
                (ARRAY['Blue', 'Green', 'Sour', 'Lemon', 'Purple', 'White', 'Golden'])[1 + number % 7],
                (ARRAY['Dream', 'Kush', 'Haze', 'Widow', 'Diesel'])[1 + number % 5])
      FROM generate_series(0, lots - 1) AS number;
    INSERT INTO lot_word (org_id, word, lot_id)
    SELECT DISTINCT org, word.word, lot.id
      FROM lot
     CROSS JOIN LATERAL regexp_split_to_table(lower(lot.code || ' ' || lot.label || ' ' || lot.category), '[ -]') AS word (word)
     WHERE lot.org_id = org;
    INSERT INTO holding (org_id, id, version, site_id, item_id, lot_id, available)
    SELECT org, first + 10000000 + number, 1, first + 1 + number % 20, first + 10000 + number % 10000,
           first + 100000 + number, CASE WHEN number < lots * 0.9 THEN 0 ELSE 10000000 END
      FROM generate_series(0, lots - 1) AS number;
END;
$$;
SELECT pg_temp.fill(%(org_id)s, %(lots)s);
ANALYZE;
