-- lock_projection --
-- Where a projection stands; whoever reads this row goes on alone.
-- params:  org_id bigint, projection text
-- returns: 1 row
INSERT INTO projection (org_id, name, number)
VALUES (%(org_id)s, %(projection)s, 0)
    ON CONFLICT (org_id, name) DO UPDATE
   SET number = projection.number
RETURNING number;

-- advance_projection --
-- params:  org_id bigint, projection text, number bigint
UPDATE projection
   SET number = %(number)s::bigint
 WHERE projection.org_id = %(org_id)s
   AND projection.name = %(projection)s::text;

-- clear_totals --
-- Before all of it is read again.
-- params:  org_id bigint
UPDATE item_total
   SET available = 0, reserved = 0, sold = 0, quarantine = 0, hold = 0, incoming = 0, defective = 0, sample = 0
 WHERE item_total.org_id = %(org_id)s;

-- fold_totals --
-- What the movements of some postings, one after the other, add to the totals of their items.
-- params:  org_id bigint, first bigint, last bigint
INSERT INTO item_total (org_id, item_id, available, reserved, sold, quarantine, hold, incoming, defective, sample)
SELECT %(org_id)s,
       holding.item_id,
       ${balances_moved movement}
  FROM movement
  JOIN holding
    ON holding.org_id = %(org_id)s
   AND holding.id = movement.holding_id
 WHERE movement.org_id = %(org_id)s
   AND movement.number BETWEEN %(first)s::bigint AND %(last)s::bigint
 GROUP BY holding.item_id
    ON CONFLICT (org_id, item_id) DO UPDATE
   SET available = item_total.available + excluded.available,
       reserved = item_total.reserved + excluded.reserved,
       sold = item_total.sold + excluded.sold,
       quarantine = item_total.quarantine + excluded.quarantine,
       hold = item_total.hold + excluded.hold,
       incoming = item_total.incoming + excluded.incoming,
       defective = item_total.defective + excluded.defective,
       sample = item_total.sample + excluded.sample;

-- read_projection --
-- params:  org_id bigint, projection text
-- returns: 0..1 rows
SELECT projection.number
  FROM projection
 WHERE projection.org_id = %(org_id)s
   AND projection.name = %(projection)s::text;

-- read_product_totals --
-- Products with the totals of their variants, as far as the projection has read.
-- params:  org_id bigint, code text (null: any), after bigint, limit bigint
-- returns: 0..limit rows
SELECT product.id,
       product.code,
       product.name,
       total.variants,
       ${balances total}
  FROM product
 CROSS JOIN LATERAL (
       SELECT count(*) AS variants,
              ${balances_summed item_total}
         FROM item
         LEFT JOIN item_total
           ON item_total.org_id = %(org_id)s
          AND item_total.item_id = item.id
        WHERE item.org_id = %(org_id)s
          AND item.product_id = product.id
          AND NOT item.retired
       ) AS total
 WHERE product.org_id = %(org_id)s
   AND product.id > %(after)s::bigint
   AND NOT product.retired
   AND (%(code)s::text IS NULL OR product.code = %(code)s::text)
 ORDER BY product.id
 LIMIT %(limit)s::bigint;

-- read_item_totals --
-- The totals of some items, as far as the projection has read.
-- params:  org_id bigint, skus text[]
-- returns: one row for each sku that there is, in their order
SELECT item.sku,
       ${balances_or_zero item_total}
  FROM unnest(%(skus)s::text[]) WITH ORDINALITY AS told (sku, place)
  JOIN item
    ON item.org_id = %(org_id)s
   AND item.sku = told.sku
  LEFT JOIN item_total
    ON item_total.org_id = %(org_id)s
   AND item_total.item_id = item.id
 ORDER BY told.place;

-- read_live_totals --
-- What is held of some items at this moment, at one site or at all; looked up one by one.
-- params:  org_id bigint, skus text[], site_id bigint (null: any)
-- returns: one row for each sku that there is, in their order
SELECT item.sku,
       ${balances total}
  FROM unnest(%(skus)s::text[]) WITH ORDINALITY AS told (sku, place)
 CROSS JOIN LATERAL (
       SELECT item.id,
              item.sku
         FROM item
        WHERE item.org_id = %(org_id)s
          AND item.sku = told.sku
       OFFSET 0
       ) AS item
 CROSS JOIN LATERAL (
       SELECT ${balances_summed holding}
         FROM holding
        WHERE holding.org_id = %(org_id)s
          AND holding.item_id = item.id
          AND (%(site_id)s::bigint IS NULL OR holding.site_id = %(site_id)s::bigint)
       OFFSET 0
       ) AS total
 ORDER BY told.place;
