-- read_lots_${name} --
-- A page of lots ${told}. What is not asked for is null.
-- params:  org_id bigint, status text, category text, subcategory text, brand_id bigint, vendor_id bigint,
--          first_id bigint, last_id bigint,
--          ${params}limit bigint
-- returns: 0..limit rows, quantities in millionths
SELECT lot.id,
       lot.version,
       item.sku,
       item.name,
       lot.code,
       lot.status,
       lot.status_since,
       lot.received_at,
       lot.expires_on,
       vendor.name AS vendor,
       brand.name AS brand,
       lot.category,
       lot.subcategory,
       lot.grade,
       lot.strain_id,
       lot.cost_mode,
       lot.unit_cost,
       lot.cost_min,
       lot.cost_max,
       lot.payment_terms,
       lot.item_id,
       ${balances held}
  FROM (
       SELECT lot.*
         FROM lot
        WHERE lot.org_id = %(org_id)s
          AND (%(status)s::text IS NULL OR lot.status = %(status)s::text)
          AND (%(category)s::text IS NULL OR lot.category = %(category)s::text)
          AND (%(subcategory)s::text IS NULL OR lot.subcategory = %(subcategory)s::text)
          AND (%(brand_id)s::bigint IS NULL OR lot.brand_id = %(brand_id)s::bigint)
          AND (%(vendor_id)s::bigint IS NULL OR lot.vendor_id = %(vendor_id)s::bigint)
          AND (%(first_id)s::bigint IS NULL OR lot.id >= %(first_id)s::bigint)
          AND (%(last_id)s::bigint IS NULL OR lot.id <= %(last_id)s::bigint)
          ${conditions}
        ORDER BY ${order}
        LIMIT %(limit)s::bigint
       ) AS lot
  JOIN item
    ON item.org_id = %(org_id)s
   AND item.id = lot.item_id
  LEFT JOIN vendor
    ON vendor.org_id = %(org_id)s
   AND vendor.id = lot.vendor_id
  LEFT JOIN brand
    ON brand.org_id = %(org_id)s
   AND brand.id = lot.brand_id
 CROSS JOIN LATERAL (
       SELECT ${balances_summed holding}
         FROM holding
        WHERE holding.org_id = %(org_id)s
          AND holding.lot_id = lot.id
       ) AS held
 ORDER BY ${order};
