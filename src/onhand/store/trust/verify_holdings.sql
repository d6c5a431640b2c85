-- verify_holdings --
-- The holdings with ids of a slice whose place or floor is not as their last change left it, whose balances are not
-- those of their last movement, or whose version does not count their movements and policies.
-- params:  org_id bigint, first bigint, last bigint, limit bigint
-- returns: 0..limit rows; number is the last posting that touched the holding, null where there is none
SELECT greatest(told.number, moved.number) AS number,
       holding.id,
       told.snapshot IS DISTINCT FROM jsonb_build_object(
         'id', holding.id,
         'site_id', holding.site_id,
         'item_id', holding.item_id,
         'location_id', holding.location_id,
         'lot_id', holding.lot_id,
         'unit_id', holding.unit_id,
         'floor', holding.floor
       ) AS is_elsewhere,
       (
         ${balances holding},
         coalesce(holding.value, 0),
         coalesce(holding.unit_cost, 0)
       ) <> (
         coalesce(moved.available, 0),
         coalesce(moved.reserved, 0),
         coalesce(moved.sold, 0),
         coalesce(moved.quarantine, 0),
         coalesce(moved.hold, 0),
         coalesce(moved.incoming, 0),
         coalesce(moved.defective, 0),
         coalesce(moved.sample, 0),
         coalesce(moved.value_held, 0),
         coalesce(moved.unit_cost, 0)
       ) AS is_unbalanced,
       holding.version <> coalesce(counted.movements, 0) + coalesce(decided.policies, 0) AS is_miscounted
  FROM holding
  LEFT JOIN LATERAL (
       SELECT change.number,
              change.after::jsonb AS snapshot
         FROM change
        WHERE change.org_id = %(org_id)s
          AND change.entity = 'holding'
          AND change.entity_id = holding.id
        ORDER BY change.number DESC, change.line DESC
        LIMIT 1
       ) AS told
    ON true
  LEFT JOIN LATERAL (
       SELECT movement.number,
              ${balances_or_zero movement},
              coalesce(movement.value_held, 0) AS value_held,
              coalesce(movement.unit_cost, 0) AS unit_cost
         FROM movement
        WHERE movement.org_id = %(org_id)s
          AND movement.holding_id = holding.id
        ORDER BY movement.number DESC, movement.line DESC
        LIMIT 1
       ) AS moved
    ON true
  LEFT JOIN LATERAL (
       SELECT count(*) AS movements
         FROM movement
        WHERE movement.org_id = %(org_id)s
          AND movement.holding_id = holding.id
       ) AS counted
    ON true
  LEFT JOIN LATERAL (
       SELECT count(*) AS policies
         FROM change
        WHERE change.org_id = %(org_id)s
          AND change.entity = 'holding'
          AND change.entity_id = holding.id
          AND change.before IS NOT NULL
       ) AS decided
    ON true
 WHERE holding.org_id = %(org_id)s
   AND holding.id BETWEEN %(first)s::bigint AND %(last)s::bigint
   AND (
       told.snapshot IS DISTINCT FROM jsonb_build_object(
         'id', holding.id,
         'site_id', holding.site_id,
         'item_id', holding.item_id,
         'location_id', holding.location_id,
         'lot_id', holding.lot_id,
         'unit_id', holding.unit_id,
         'floor', holding.floor
       )
       OR (
         ${balances holding},
         coalesce(holding.value, 0),
         coalesce(holding.unit_cost, 0)
       ) <> (
         coalesce(moved.available, 0),
         coalesce(moved.reserved, 0),
         coalesce(moved.sold, 0),
         coalesce(moved.quarantine, 0),
         coalesce(moved.hold, 0),
         coalesce(moved.incoming, 0),
         coalesce(moved.defective, 0),
         coalesce(moved.sample, 0),
         coalesce(moved.value_held, 0),
         coalesce(moved.unit_cost, 0)
       )
       OR holding.version <> counted.movements + decided.policies
       )
 ORDER BY 1, holding.id
 LIMIT %(limit)s::bigint;

-- verify_holding_id_max --
-- The highest id in use.
-- params:  org_id bigint
-- returns: 1 row
SELECT max(holding.id) AS id
  FROM holding
 WHERE holding.org_id = %(org_id)s;

-- verify_holding_ids --
-- The holdings whose ids the journal has not given out: above its last, or below one.
-- params:  org_id bigint, id_last bigint, limit bigint
-- returns: 0..limit rows
SELECT holding.id
  FROM holding
 WHERE holding.org_id = %(org_id)s
   AND (holding.id > %(id_last)s::bigint OR holding.id < 1)
 LIMIT %(limit)s::bigint;

-- verify_holding_exists --
-- The holdings that the postings of a slice opened or noted something of, and that are not there.
-- params:  org_id bigint, first bigint, last bigint, limit bigint
-- returns: 0..limit rows in order
SELECT change.number,
       change.entity_id
  FROM change
 WHERE change.org_id = %(org_id)s
   AND change.number BETWEEN %(first)s::bigint AND %(last)s::bigint
   AND change.entity IN ('holding', 'evidence')
   AND change.before IS NULL
   AND NOT EXISTS (
       SELECT FROM holding
        WHERE holding.org_id = %(org_id)s
          AND holding.id = change.entity_id
       )
 ORDER BY change.number, change.line
 LIMIT %(limit)s::bigint;
