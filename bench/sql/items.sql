-- So many items as a big shop has, with names of six words, prices and barcodes: written past the ledger as lots are.
-- params:  org_id bigint, items bigint
SET session_replication_role = replica;
CREATE FUNCTION pg_temp.dice(number bigint, salt bigint, sides integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
    SELECT ((hashint8extended(number, salt) & 2147483647) % sides)::integer
$$;
-- A GTIN of thirteen digits: twelve of its own, and the digit that checks them.
CREATE FUNCTION pg_temp.gtin(number bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT stem || (10 - sum(substr(stem, place, 1)::integer * CASE WHEN place % 2 = 0 THEN 3 ELSE 1 END) % 10) % 10
      FROM (SELECT '40' || lpad(number::text, 10, '0')) AS told (stem), generate_series(1, 12) AS place
     GROUP BY stem
$$;
CREATE FUNCTION pg_temp.fill(org bigint, items bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    first bigint;
BEGIN
    SELECT id_last + 40000001 INTO first FROM journal WHERE org_id = org;
    INSERT INTO item (org_id, id, version, sku, name, measure, pick_policy, price, vat_rate, retired)
    SELECT org,
           first + number,
           1,
           'SKU-' || number,
           concat_ws(' ',
                'Maker' || pg_temp.dice(number, 1, 2000),
                (ARRAY['Blue', 'Green', 'Red', 'Black', 'White', 'Brown', 'Golden', 'Silver', 'Grey', 'Orange'])[
                1 + pg_temp.dice(number, 2, 10)],
                (ARRAY['Cotton', 'Wool', 'Steel', 'Copper', 'Glass', 'Oak', 'Linen', 'Leather', 'Paper', 'Clay'])[
                1 + pg_temp.dice(number, 3, 10)],
                (ARRAY['Shirt', 'Mug', 'Kettle', 'Lamp', 'Chair', 'Bowl', 'Scarf', 'Bag', 'Clock', 'Frame', 'Rug', 'Vase',
                'Tray', 'Basket', 'Candle', 'Cushion', 'Towel', 'Plate', 'Spoon', 'Box'])[1 + pg_temp.dice(number, 4, 20)],
                (ARRAY['Small', 'Medium', 'Large', 'Wide'])[1 + pg_temp.dice(number, 5, 4)],
                'No' || number),
           'piece', 'fefo', 1000000 + 10000 * pg_temp.dice(number, 6, 5000), 20000000,
           pg_temp.dice(number, 7, 20) = 0
      FROM generate_series(1, items) AS number;
    INSERT INTO barcode (org_id, id, version, code, item_id)
    SELECT org, item.id + items, 1, pg_temp.gtin(item.id - first), item.id
      FROM item
     WHERE item.org_id = org
       AND item.id > first;
    INSERT INTO item_word (org_id, word, item_id, present)
    SELECT DISTINCT org, word, item.id, true
      FROM item
     CROSS JOIN LATERAL string_to_table(lower(item.name), ' ') AS told (word)
     WHERE item.org_id = org;
END;
$$;
SELECT pg_temp.fill(%(org_id)s, %(items)s);
ANALYZE;
