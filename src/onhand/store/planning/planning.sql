-- read_demand --
-- What customers took, and recipes used, of each item on each day at one site or at all, less what came back. The day is
-- that of the org's zone.
-- params:  org_id bigint, since timestamptz, until timestamptz, zone text, site_id bigint (null: any)
-- returns: 0..n rows, quantities in millionths; days without any are left out
SELECT item.sku,
       (posting.occurred_at AT TIME ZONE %(zone)s::text)::date AS day,
       sum(movement.quantity * (CASE
           WHEN movement.target = 'customer' OR movement.target = 'used' AND posting.kind = 'deduct' THEN 1
           WHEN movement.source = 'customer' THEN -1
           ELSE 0
       END))::bigint AS quantity
  FROM posting
  JOIN movement
    ON movement.org_id = %(org_id)s
   AND movement.number = posting.number
   AND (movement.target IN ('customer', 'used') OR movement.source = 'customer')
  JOIN holding
    ON holding.org_id = %(org_id)s
   AND holding.id = movement.holding_id
   AND (%(site_id)s::bigint IS NULL OR holding.site_id = %(site_id)s::bigint)
  JOIN item
    ON item.org_id = %(org_id)s
   AND item.id = holding.item_id
   AND NOT item.retired
 WHERE posting.org_id = %(org_id)s
   AND posting.occurred_at >= %(since)s::timestamptz
   AND posting.occurred_at < %(until)s::timestamptz
 GROUP BY item.sku, day
 ORDER BY item.sku, day;

-- read_positions --
-- What there is of each item at a site, what is expected, and the reorder point that somebody has set.
-- params:  org_id bigint, site_id bigint
-- returns: 0..n rows, quantities in millionths; point and target are null where nobody has set them
SELECT item.sku,
       held.available,
       held.incoming,
       point.point,
       point.target
  FROM (
       SELECT holding.item_id,
              sum(holding.available)::bigint AS available,
              sum(holding.incoming)::bigint AS incoming
         FROM holding
        WHERE holding.org_id = %(org_id)s
          AND holding.site_id = %(site_id)s::bigint
        GROUP BY holding.item_id
       ) AS held
  JOIN item
    ON item.org_id = %(org_id)s
   AND item.id = held.item_id
   AND NOT item.retired
  LEFT JOIN reorder_point AS point
    ON point.org_id = %(org_id)s
   AND point.site_id = %(site_id)s::bigint
   AND point.item_id = held.item_id
   AND NOT point.retired
 ORDER BY item.sku;

-- read_purchases --
-- Purchases, or those of a site, with what they still wait for.
-- params:  org_id bigint, site_id bigint (null: any), expected boolean, after bigint, limit bigint
-- returns: 0..limit rows; the last column holds sku and quantity of each line
SELECT purchase.id,
       site.code AS site,
       purchase.status,
       purchase.supplier,
       purchase.expected_on,
       (
         SELECT coalesce(jsonb_agg(jsonb_build_array(item.sku, line.quantity) ORDER BY item.sku), '[]')
           FROM purchase_line AS line
           JOIN holding
             ON holding.org_id = %(org_id)s
            AND holding.id = line.holding_id
           JOIN item
             ON item.org_id = %(org_id)s
            AND item.id = holding.item_id
          WHERE line.org_id = %(org_id)s
            AND line.purchase_id = purchase.id
            AND line.quantity > 0
       ) AS lines
  FROM purchase
  JOIN site
    ON site.org_id = %(org_id)s
   AND site.id = purchase.site_id
 WHERE purchase.org_id = %(org_id)s
   AND purchase.id > %(after)s::bigint
   AND (%(site_id)s::bigint IS NULL OR purchase.site_id = %(site_id)s::bigint)
   AND (NOT %(expected)s::boolean OR purchase.status = 'expected')
 ORDER BY purchase.id
 LIMIT %(limit)s::bigint;

-- read_promisable --
-- What may be promised of an item at a site by a day: what is available, and what is expected until then.
-- params:  org_id bigint, site_id bigint, item_id bigint
-- returns: 0..n rows in the order of the days; the first without a day is what is available now
SELECT NULL::date AS day,
       coalesce(sum(holding.available), 0)::bigint AS quantity
  FROM holding
 WHERE holding.org_id = %(org_id)s
   AND holding.site_id = %(site_id)s::bigint
   AND holding.item_id = %(item_id)s::bigint
 UNION ALL
SELECT purchase.expected_on,
       sum(line.quantity)::bigint
  FROM purchase
  JOIN purchase_line AS line
    ON line.org_id = %(org_id)s
   AND line.purchase_id = purchase.id
   AND line.quantity > 0
  JOIN holding
    ON holding.org_id = %(org_id)s
   AND holding.id = line.holding_id
   AND holding.item_id = %(item_id)s::bigint
 WHERE purchase.org_id = %(org_id)s
   AND purchase.site_id = %(site_id)s::bigint
   AND purchase.status = 'expected'
   AND purchase.expected_on IS NOT NULL
 GROUP BY purchase.expected_on
 ORDER BY day NULLS FIRST;
