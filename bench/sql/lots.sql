-- So many lots as a wholesaler has them after years: written past the ledger, since only the lists are measured.
-- params:  org_id bigint, lots bigint
-- Nobody else writes: triggers that record edits and check references would take longer than all the rest.
SET session_replication_role = replica;
-- What a die with so many sides shows for a number: as good as chance, and always the same.
CREATE FUNCTION pg_temp.dice(number bigint, salt bigint, sides integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
    SELECT ((hashint8extended(number, salt) & 2147483647) % sides)::integer
$$;
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
    INSERT INTO location (org_id, id, version, site_id, code, retired)
    SELECT org, first + 2000 + 100 * site + number, 1, first + site, 'R-' || number, false
      FROM generate_series(1, 20) AS site, generate_series(0, 49) AS number;
    INSERT INTO lot (org_id, id, version, item_id, code, received_at, expires_on, status, vendor_id, brand_id, category,
           subcategory, label)
    SELECT org,
           first + 100000 + number,
           1,
           -- Every tenth lot is one of a single item, which so has as many as the others have together.
           first + 10000 + CASE WHEN pg_temp.dice(number, 1, 10) = 0 THEN 0 ELSE 1 + pg_temp.dice(number, 2, 9999) END,
           'LOT-' || to_char(timestamptz '2020-01-01' + number * interval '3 minutes', 'YYYYMMDD') || '-' || number,
           timestamptz '2020-01-01' + number * interval '3 minutes',
           CASE WHEN pg_temp.dice(number, 3, 3) > 0 THEN date '2021-01-01' + (number * 3 / 1440)::integer END,
           CASE WHEN number < lots * 0.9 THEN
                (ARRAY['SOLD_OUT', 'SOLD_OUT', 'SOLD_OUT', 'CLOSED'])[1 + pg_temp.dice(number, 4, 4)]
           ELSE (ARRAY['LIVE', 'LIVE', 'LIVE', 'PHOTOGRAPHY_COMPLETE', 'ON_HOLD', 'QUARANTINED', 'AWAITING_INTAKE'])[
                1 + pg_temp.dice(number, 5, 7)]
           END,
           first + 100 + pg_temp.dice(number, 6, 500),
           first + 1000 + pg_temp.dice(number, 7, 1000),
           'category ' || pg_temp.dice(number, 8, 12),
           'kind ' || pg_temp.dice(number, 9, 60),
           format('Vendor %s Brand %s %s %s', pg_temp.dice(number, 6, 500), pg_temp.dice(number, 7, 1000),
                (ARRAY['Blue', 'Green', 'Sour', 'Lemon', 'Purple', 'White', 'Golden'])[1 + pg_temp.dice(number, 10, 7)],
                (ARRAY['Dream', 'Kush', 'Haze', 'Widow', 'Diesel'])[1 + pg_temp.dice(number, 11, 5)])
      FROM generate_series(0, lots - 1) AS number;
    INSERT INTO lot_word (org_id, word, lot_id)
    SELECT org, word.word, lot.id
      FROM lot
     CROSS JOIN LATERAL (
           SELECT DISTINCT told.word
             FROM string_to_table(translate(lower(lot.code || ' ' || lot.label || ' ' || lot.category), '-', ' '), ' ')
                  AS told (word)
           ) AS word
     WHERE lot.org_id = org;
    INSERT INTO holding (org_id, id, version, site_id, item_id, location_id, lot_id, available)
    SELECT org, lot.id + 10000000, 1, first + chosen.site, lot.item_id,
           CASE WHEN pg_temp.dice(lot.id, 14, 4) > 0 THEN
                first + 2000 + 100 * chosen.site + pg_temp.dice(lot.id, 15, 50)
           END,
           lot.id, CASE WHEN pg_temp.dice(lot.id, 13, 10) = 0 THEN 0 ELSE 10000000 END
      FROM lot
     CROSS JOIN LATERAL (
           SELECT CASE WHEN lot.item_id = first + 10000 THEN 1 ELSE 1 + pg_temp.dice(lot.id, 12, 20) END AS site
           ) AS chosen
     WHERE lot.org_id = org;
    -- One thing with a name of its own for every fifty lots.
    INSERT INTO unit (org_id, id, version, item_id, code, retired)
    SELECT org, first + 30000000 + number, 1, first + 10001 + pg_temp.dice(number, 16, 9999), 'UNIT-' || number, false
      FROM generate_series(0, lots / 50 - 1) AS number;
    INSERT INTO holding (org_id, id, version, site_id, item_id, unit_id, available)
    SELECT org, unit.id + 1000000, 1, first + 1 + pg_temp.dice(unit.id, 17, 20), unit.item_id, unit.id, 1000000
      FROM unit
     WHERE unit.org_id = org;
END;
$$;
SELECT pg_temp.fill(%(org_id)s, %(lots)s);
ANALYZE;
