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
SELECT max(search.low) AS number
  FROM search;

-- read_holdings_then --
-- A page of holdings as they were after a posting: the balances of the last movement up to it.
-- params:  org_id bigint, number bigint, and the filter, the place to go on after and the limit as in read_holdings
-- returns: 0..limit rows, quantities in millionths
SELECT page.item_id,
       page.site_id,
       page.id,
       page.number,
       ${place},
       ${balances page}
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
                     ${balances_or_zero movement}
                FROM movement
               WHERE movement.org_id = %(org_id)s
                 AND movement.holding_id = holding.id
                 AND movement.number <= %(number)s::bigint
               ORDER BY movement.number DESC, movement.line DESC
               LIMIT 1
              ) AS moved
        WHERE holding.org_id = %(org_id)s
          AND ${holding_filter holding}
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
  ${place_joins page}
 ORDER BY page.item_id, page.site_id, page.id;

-- read_later --
-- What movements recorded up to a posting, but of acts that happened after a moment, added to some holdings.
-- params:  org_id bigint, ids bigint[] (of holdings), number bigint, occurred_at timestamptz
-- returns: one row for each holding, quantities in millionths
SELECT key.id,
       ${balances later}
  FROM unnest(%(ids)s::bigint[]) AS key (id)
 CROSS JOIN LATERAL (
       SELECT ${balances_moved movement}
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
SELECT ${balances_summed moved}
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
       ${place},
       coalesce(before.available, 0) AS before_available,
       coalesce(before.reserved, 0) AS before_reserved,
       coalesce(before.sold, 0) AS before_sold,
       coalesce(before.quarantine, 0) AS before_quarantine,
       coalesce(before.hold, 0) AS before_hold,
       coalesce(before.incoming, 0) AS before_incoming,
       coalesce(before.defective, 0) AS before_defective,
       coalesce(before.sample, 0) AS before_sample,
       ${balances page}
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
              SELECT ${balances_or_zero movement}
                FROM movement
               WHERE movement.org_id = %(org_id)s
                 AND movement.holding_id = holding.id
                 AND movement.number > %(since)s::bigint
                 AND movement.number <= %(until)s::bigint
               ORDER BY movement.number DESC, movement.line DESC
               LIMIT 1
              ) AS after
        WHERE holding.org_id = %(org_id)s
          AND ${holding_filter holding}
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
       SELECT ${balances_or_zero movement}
         FROM movement
        WHERE movement.org_id = %(org_id)s
          AND movement.holding_id = page.id
          AND movement.number <= %(since)s::bigint
        ORDER BY movement.number DESC, movement.line DESC
        LIMIT 1
       ) AS before
    ON true
  ${place_joins page}
 ORDER BY page.item_id, page.site_id, page.id;
