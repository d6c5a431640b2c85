-- read_number_at --
-- The last posting that was recorded by a moment, found by halving the journal, whose clock never goes back.
-- params:  org_id bigint, recorded_at timestamptz
-- returns: 1 row; 0 before the first posting
WITH RECURSIVE search (low, high) AS (
       SELECT 0::bigint,
              journal.number
         FROM journal
        WHERE journal.org_id = %(org_id)s
        UNION ALL
       SELECT CASE WHEN middle.recorded_at <= %(recorded_at)s::timestamptz THEN middle.number ELSE search.low END,
              CASE WHEN middle.recorded_at <= %(recorded_at)s::timestamptz THEN search.high ELSE middle.number - 1 END
         FROM search
        CROSS JOIN LATERAL (
              SELECT posting.number,
                     posting.recorded_at
                FROM posting
               WHERE posting.org_id = %(org_id)s
                 AND posting.number = (search.low + search.high + 1) / 2
              OFFSET 0
              ) AS middle
        WHERE search.low < search.high
       )
SELECT max(search.low)
  FROM search;

-- read_holdings_then --
-- A page of holdings as they were after a posting: the balances of the last movement up to it.
-- params:  org_id bigint, number bigint, and the filter, the place to go on after and the limit as in read_holdings
-- returns: 0..limit rows, quantities in millionths
SELECT page.item_id,
       page.site_id,
       page.id,
       page.number,
       site.code,
       item.sku,
       location.code,
       lot.code,
       unit.code,
       page.available,
       page.reserved,
       page.sold,
       page.quarantine,
       page.hold,
       page.incoming,
       page.defective,
       page.sample
  FROM (
       SELECT holding.item_id,
              holding.site_id,
              holding.id,
              holding.location_id,
              holding.lot_id,
              holding.unit_id,
              moved.*
         FROM holding
        CROSS JOIN LATERAL (
              SELECT movement.number,
                     coalesce(movement.available, 0) AS available,
                     coalesce(movement.reserved, 0) AS reserved,
                     coalesce(movement.sold, 0) AS sold,
                     coalesce(movement.quarantine, 0) AS quarantine,
                     coalesce(movement.hold, 0) AS hold,
                     coalesce(movement.incoming, 0) AS incoming,
                     coalesce(movement.defective, 0) AS defective,
                     coalesce(movement.sample, 0) AS sample
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
          AND (%(location_ids)s::bigint[] IS NULL OR holding.location_id = ANY (%(location_ids)s::bigint[]))
          AND (%(lot_ids)s::bigint[] IS NULL OR holding.lot_id = ANY (%(lot_ids)s::bigint[]))
          AND (%(unit_id)s::bigint IS NULL OR holding.unit_id = %(unit_id)s::bigint)
          AND (
              %(empty)s::boolean
              OR (moved.available, moved.reserved, moved.sold, moved.quarantine) <> (0, 0, 0, 0)
              OR (moved.hold, moved.incoming, moved.defective, moved.sample) <> (0, 0, 0, 0)
              )
          AND (holding.item_id, holding.site_id, holding.id)
              > (%(after_item_id)s::bigint, %(after_site_id)s::bigint, %(after_id)s::bigint)
        ORDER BY holding.item_id, holding.site_id, holding.id
        LIMIT %(limit)s::bigint
       ) AS page
  JOIN site
    ON site.org_id = %(org_id)s
   AND site.id = page.site_id
  JOIN item
    ON item.org_id = %(org_id)s
   AND item.id = page.item_id
  LEFT JOIN location
    ON location.org_id = %(org_id)s
   AND location.id = page.location_id
  LEFT JOIN lot
    ON lot.org_id = %(org_id)s
   AND lot.id = page.lot_id
  LEFT JOIN unit
    ON unit.org_id = %(org_id)s
   AND unit.id = page.unit_id
 ORDER BY page.item_id, page.site_id, page.id;

-- read_later --
-- What movements recorded up to a posting, but of acts that happened after a moment, added to some holdings.
-- params:  org_id bigint, ids bigint[] (of holdings), number bigint, occurred_at timestamptz
-- returns: one row for each holding, quantities in millionths
SELECT key.id,
       coalesce(later.available, 0)::bigint,
       coalesce(later.reserved, 0)::bigint,
       coalesce(later.sold, 0)::bigint,
       coalesce(later.quarantine, 0)::bigint,
       coalesce(later.hold, 0)::bigint,
       coalesce(later.incoming, 0)::bigint,
       coalesce(later.defective, 0)::bigint,
       coalesce(later.sample, 0)::bigint
  FROM unnest(%(ids)s::bigint[]) AS key (id)
 CROSS JOIN LATERAL (
       SELECT sum(movement.quantity * ((target = 'available')::integer - (source = 'available')::integer)) AS available,
              sum(movement.quantity * ((target = 'reserved')::integer - (source = 'reserved')::integer)) AS reserved,
              sum(movement.quantity * ((target = 'sold')::integer - (source = 'sold')::integer)) AS sold,
              sum(movement.quantity * ((target = 'quarantine')::integer - (source = 'quarantine')::integer)) AS quarantine,
              sum(movement.quantity * ((target = 'hold')::integer - (source = 'hold')::integer)) AS hold,
              sum(movement.quantity * ((target = 'incoming')::integer - (source = 'incoming')::integer)) AS incoming,
              sum(movement.quantity * ((target = 'defective')::integer - (source = 'defective')::integer)) AS defective,
              sum(movement.quantity * ((target = 'sample')::integer - (source = 'sample')::integer)) AS sample
         FROM movement
         JOIN posting
           ON posting.org_id = %(org_id)s
          AND posting.number = movement.number
        WHERE movement.org_id = %(org_id)s
          AND movement.holding_id = key.id
          AND movement.number <= %(number)s::bigint
          AND posting.occurred_at > %(occurred_at)s::timestamptz
       ) AS later;

-- read_balances_before --
-- The balances of some holdings just before a place of the journal, added up.
-- params:  org_id bigint, ids bigint[] (of holdings), number bigint, line bigint
-- returns: 1 row, quantities in millionths
SELECT coalesce(sum(moved.available), 0)::bigint,
       coalesce(sum(moved.reserved), 0)::bigint,
       coalesce(sum(moved.sold), 0)::bigint,
       coalesce(sum(moved.quarantine), 0)::bigint,
       coalesce(sum(moved.hold), 0)::bigint,
       coalesce(sum(moved.incoming), 0)::bigint,
       coalesce(sum(moved.defective), 0)::bigint,
       coalesce(sum(moved.sample), 0)::bigint
  FROM unnest(%(ids)s::bigint[]) AS key (id)
 CROSS JOIN LATERAL (
       SELECT movement.*
         FROM movement
        WHERE movement.org_id = %(org_id)s
          AND movement.holding_id = key.id
          AND (movement.number, movement.line) < (%(number)s::bigint, %(line)s::bigint)
        ORDER BY movement.number DESC, movement.line DESC
        LIMIT 1
       ) AS moved;

-- read_difference --
-- A page of the holdings that moved after one posting and up to another, with their balances at both. Where the two are
-- near, the holdings are read off the journal between them; else each holding is asked.
-- params:  org_id bigint, since bigint, until bigint, near bigint, and the filter, the place to go on after and the limit
--          as in read_holdings
-- returns: 0..limit rows, quantities in millionths
SELECT page.item_id,
       page.site_id,
       page.id,
       (
         SELECT count(*)
           FROM movement
          WHERE movement.org_id = %(org_id)s
            AND movement.holding_id = page.id
            AND movement.number > %(since)s::bigint
            AND movement.number <= %(until)s::bigint
       ) AS count,
       site.code,
       item.sku,
       location.code,
       lot.code,
       unit.code,
       coalesce(before.available, 0),
       coalesce(before.reserved, 0),
       coalesce(before.sold, 0),
       coalesce(before.quarantine, 0),
       coalesce(before.hold, 0),
       coalesce(before.incoming, 0),
       coalesce(before.defective, 0),
       coalesce(before.sample, 0),
       page.available,
       page.reserved,
       page.sold,
       page.quarantine,
       page.hold,
       page.incoming,
       page.defective,
       page.sample
  FROM (
       SELECT holding.item_id,
              holding.site_id,
              holding.id,
              holding.location_id,
              holding.lot_id,
              holding.unit_id,
              after.*
         FROM holding
        CROSS JOIN LATERAL (
              SELECT coalesce(movement.available, 0) AS available,
                     coalesce(movement.reserved, 0) AS reserved,
                     coalesce(movement.sold, 0) AS sold,
                     coalesce(movement.quarantine, 0) AS quarantine,
                     coalesce(movement.hold, 0) AS hold,
                     coalesce(movement.incoming, 0) AS incoming,
                     coalesce(movement.defective, 0) AS defective,
                     coalesce(movement.sample, 0) AS sample
                FROM movement
               WHERE movement.org_id = %(org_id)s
                 AND movement.holding_id = holding.id
                 AND movement.number > %(since)s::bigint
                 AND movement.number <= %(until)s::bigint
               ORDER BY movement.number DESC, movement.line DESC
               LIMIT 1
              ) AS after
        WHERE holding.org_id = %(org_id)s
          AND (%(site_id)s::bigint IS NULL OR holding.site_id = %(site_id)s::bigint)
          AND (%(item_id)s::bigint IS NULL OR holding.item_id = %(item_id)s::bigint)
          AND (%(location_ids)s::bigint[] IS NULL OR holding.location_id = ANY (%(location_ids)s::bigint[]))
          AND (%(lot_ids)s::bigint[] IS NULL OR holding.lot_id = ANY (%(lot_ids)s::bigint[]))
          AND (%(unit_id)s::bigint IS NULL OR holding.unit_id = %(unit_id)s::bigint)
          AND (%(until)s::bigint - %(since)s::bigint > %(near)s::bigint OR holding.id IN (
              SELECT movement.holding_id
                FROM movement
               WHERE movement.org_id = %(org_id)s
                 AND movement.number > %(since)s::bigint
                 AND movement.number <= %(until)s::bigint
              ))
          AND (holding.item_id, holding.site_id, holding.id)
              > (%(after_item_id)s::bigint, %(after_site_id)s::bigint, %(after_id)s::bigint)
        ORDER BY holding.item_id, holding.site_id, holding.id
        LIMIT %(limit)s::bigint
       ) AS page
  LEFT JOIN LATERAL (
       SELECT coalesce(movement.available, 0) AS available,
              coalesce(movement.reserved, 0) AS reserved,
              coalesce(movement.sold, 0) AS sold,
              coalesce(movement.quarantine, 0) AS quarantine,
              coalesce(movement.hold, 0) AS hold,
              coalesce(movement.incoming, 0) AS incoming,
              coalesce(movement.defective, 0) AS defective,
              coalesce(movement.sample, 0) AS sample
         FROM movement
        WHERE movement.org_id = %(org_id)s
          AND movement.holding_id = page.id
          AND movement.number <= %(since)s::bigint
        ORDER BY movement.number DESC, movement.line DESC
        LIMIT 1
       ) AS before
    ON true
  JOIN site
    ON site.org_id = %(org_id)s
   AND site.id = page.site_id
  JOIN item
    ON item.org_id = %(org_id)s
   AND item.id = page.item_id
  LEFT JOIN location
    ON location.org_id = %(org_id)s
   AND location.id = page.location_id
  LEFT JOIN lot
    ON lot.org_id = %(org_id)s
   AND lot.id = page.lot_id
  LEFT JOIN unit
    ON unit.org_id = %(org_id)s
   AND unit.id = page.unit_id
 ORDER BY page.item_id, page.site_id, page.id;
