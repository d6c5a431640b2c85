-- read_valuation --
-- What the goods of each item at each site are worth now; what is on its way is not in it.
-- params:  org_id bigint, site_id bigint, item_id bigint (each may be null: any), after_item_id bigint,
--          after_site_id bigint (zeros for the first page), limit bigint
-- returns: 0..limit rows, quantities and values in millionths; the last column is the value of all pages
SELECT page.item_id,
       page.site_id,
       site.code AS site,
       item.sku,
       page.quantity,
       page.value,
       page.total
  FROM (
       SELECT holding.item_id,
              holding.site_id,
              sum(holding.on_hand + holding.defective + holding.sample)::bigint AS quantity,
              sum(coalesce(holding.value, 0))::bigint AS value,
              (sum(sum(coalesce(holding.value, 0))) OVER ())::bigint AS total
         FROM holding
        WHERE holding.org_id = %(org_id)s
          AND (%(site_id)s::bigint IS NULL OR holding.site_id = %(site_id)s::bigint)
          AND (%(item_id)s::bigint IS NULL OR holding.item_id = %(item_id)s::bigint)
        GROUP BY holding.item_id, holding.site_id
       HAVING sum(holding.on_hand + holding.defective + holding.sample) <> 0 OR sum(coalesce(holding.value, 0)) <> 0
       ) AS page
  JOIN site
    ON site.org_id = %(org_id)s
   AND site.id = page.site_id
  JOIN item
    ON item.org_id = %(org_id)s
   AND item.id = page.item_id
 WHERE (page.item_id, page.site_id) > (%(after_item_id)s::bigint, %(after_site_id)s::bigint)
 ORDER BY page.item_id, page.site_id
 LIMIT %(limit)s::bigint;

-- read_valuation_then --
-- The same after a posting: from the last movement of each holding up to it.
-- params:  as read_valuation, and number bigint
-- returns: as read_valuation
SELECT page.item_id,
       page.site_id,
       site.code AS site,
       item.sku,
       page.quantity,
       page.value,
       page.total
  FROM (
       SELECT holding.item_id,
              holding.site_id,
              sum(moved.quantity)::bigint AS quantity,
              sum(moved.value)::bigint AS value,
              (sum(sum(moved.value)) OVER ())::bigint AS total
         FROM holding
        CROSS JOIN LATERAL (
              SELECT coalesce(movement.available, 0) + coalesce(movement.reserved, 0) + coalesce(movement.sold, 0)
                     + coalesce(movement.quarantine, 0) + coalesce(movement.hold, 0) + coalesce(movement.defective, 0)
                     + coalesce(movement.sample, 0) AS quantity,
                     coalesce(movement.value_held, 0) AS value
                FROM movement
               WHERE movement.org_id = %(org_id)s
                 AND movement.holding_id = holding.id
                 AND movement.number <= %(number)s::bigint
               ORDER BY movement.number DESC, movement.line DESC
               LIMIT 1
              ) AS moved
        WHERE holding.org_id = %(org_id)s
          AND (%(site_id)s::bigint IS NULL OR holding.site_id = %(site_id)s::bigint)
          AND (%(item_id)s::bigint IS NULL OR holding.item_id = %(item_id)s::bigint)
        GROUP BY holding.item_id, holding.site_id
       HAVING sum(moved.quantity) <> 0 OR sum(moved.value) <> 0
       ) AS page
  JOIN site
    ON site.org_id = %(org_id)s
   AND site.id = page.site_id
  JOIN item
    ON item.org_id = %(org_id)s
   AND item.id = page.item_id
 WHERE (page.item_id, page.site_id) > (%(after_item_id)s::bigint, %(after_site_id)s::bigint)
 ORDER BY page.item_id, page.site_id
 LIMIT %(limit)s::bigint;

-- read_costs_between --
-- What came into the value of stock and what went out of it in some postings, by their kind and the other end. What
-- is on its way counts as outside.
-- params:  org_id bigint, since bigint (exclusive), until bigint (inclusive), site_id bigint (may be null: any)
-- returns: 0..n rows, values in millionths of the currency
SELECT posting.kind,
       crossed.other AS "end",
       sum(CASE WHEN crossed.comes THEN crossed.value ELSE 0 END)::bigint AS value_in,
       sum(CASE WHEN crossed.comes THEN 0 ELSE crossed.value END)::bigint AS value_out
  FROM (
       SELECT movement.number,
              movement.value,
              movement.target <= 'sample' AND movement.target <> 'incoming' AS comes,
              CASE
                WHEN movement.target <= 'sample' AND movement.target <> 'incoming' THEN movement.source
                ELSE movement.target
              END::text AS other
         FROM movement
         JOIN holding
           ON holding.org_id = %(org_id)s
          AND holding.id = movement.holding_id
        WHERE movement.org_id = %(org_id)s
          AND movement.number > %(since)s::bigint
          AND movement.number <= %(until)s::bigint
          AND movement.value IS NOT NULL
          AND (movement.target <= 'sample' AND movement.target <> 'incoming')
              <> (movement.source <= 'sample' AND movement.source <> 'incoming')
          AND (%(site_id)s::bigint IS NULL OR holding.site_id = %(site_id)s::bigint)
       ) AS crossed
  JOIN posting
    ON posting.org_id = %(org_id)s
   AND posting.number = crossed.number
 GROUP BY posting.kind, crossed.other
 ORDER BY posting.kind, crossed.other;
