-- verify_entities --
-- The entities with ids of a slice that are not as their last change left them, or that no posting made. Each row is
-- written as the snapshot that its change should hold, times apart, since they have more than one spelling.
-- params:  org_id bigint, first bigint, last bigint, limit bigint
-- returns: 0..limit rows; number is the last posting that changed the entity, null where there is none
SELECT told.number,
       row.entity,
       row.id
  FROM (
       SELECT 'site' AS entity,
              site.id,
              NULL::timestamptz AS moment,
              jsonb_build_object(
                'id', site.id,
                'version', site.version,
                'code', site.code,
                'name', site.name,
                'retired', site.retired
              ) AS snapshot
         FROM site
        WHERE site.org_id = %(org_id)s
          AND site.id BETWEEN %(first)s::bigint AND %(last)s::bigint
        UNION ALL
       SELECT 'location' AS entity,
              location.id,
              NULL::timestamptz AS moment,
              jsonb_build_object(
                'id', location.id,
                'version', location.version,
                'site_id', location.site_id,
                'code', location.code,
                'retired', location.retired
              ) AS snapshot
         FROM location
        WHERE location.org_id = %(org_id)s
          AND location.id BETWEEN %(first)s::bigint AND %(last)s::bigint
        UNION ALL
       SELECT 'product' AS entity,
              product.id,
              NULL::timestamptz AS moment,
              jsonb_build_object(
                'id', product.id,
                'version', product.version,
                'code', product.code,
                'name', product.name,
                'retired', product.retired
              ) AS snapshot
         FROM product
        WHERE product.org_id = %(org_id)s
          AND product.id BETWEEN %(first)s::bigint AND %(last)s::bigint
        UNION ALL
       SELECT 'item' AS entity,
              item.id,
              NULL::timestamptz AS moment,
              jsonb_build_object(
                'id', item.id,
                'version', item.version,
                'sku', item.sku,
                'name', item.name,
                'product_id', item.product_id,
                'measure', item.measure,
                'pick_policy', item.pick_policy,
                'retired', item.retired
              ) AS snapshot
         FROM item
        WHERE item.org_id = %(org_id)s
          AND item.id BETWEEN %(first)s::bigint AND %(last)s::bigint
        UNION ALL
       SELECT 'lot' AS entity,
              lot.id,
              lot.received_at AS moment,
              jsonb_build_object(
                'id', lot.id,
                'version', lot.version,
                'item_id', lot.item_id,
                'code', lot.code,
                'expires_on', lot.expires_on
              ) AS snapshot
         FROM lot
        WHERE lot.org_id = %(org_id)s
          AND lot.id BETWEEN %(first)s::bigint AND %(last)s::bigint
        UNION ALL
       SELECT 'unit' AS entity,
              unit.id,
              NULL::timestamptz AS moment,
              jsonb_build_object(
                'id', unit.id,
                'version', unit.version,
                'item_id', unit.item_id,
                'code', unit.code,
                'lot_id', unit.lot_id,
                'retired', unit.retired
              ) AS snapshot
         FROM unit
        WHERE unit.org_id = %(org_id)s
          AND unit.id BETWEEN %(first)s::bigint AND %(last)s::bigint
        UNION ALL
       SELECT 'reservation' AS entity,
              reservation.id,
              reservation.expires_at AS moment,
              jsonb_build_object(
                'id', reservation.id,
                'version', reservation.version,
                'site_id', reservation.site_id,
                'status', reservation.status,
                'priority', reservation.priority,
                'document_type', reservation.document_type,
                'document_id', reservation.document_id,
                'lines', (
                  SELECT coalesce(jsonb_agg(jsonb_build_array(line.holding_id, line.quantity) ORDER BY line.holding_id), '[]')
                    FROM reservation_line AS line
                   WHERE line.org_id = %(org_id)s
                     AND line.reservation_id = reservation.id
                     AND line.quantity > 0
                )
              ) AS snapshot
         FROM reservation
        WHERE reservation.org_id = %(org_id)s
          AND reservation.id BETWEEN %(first)s::bigint AND %(last)s::bigint
        UNION ALL
       SELECT 'transfer' AS entity,
              transfer.id,
              NULL::timestamptz AS moment,
              jsonb_build_object(
                'id', transfer.id,
                'version', transfer.version,
                'source_site_id', transfer.source_site_id,
                'target_site_id', transfer.target_site_id,
                'status', transfer.status,
                'lines', (
                  SELECT coalesce(jsonb_agg(jsonb_build_array(line.holding_id, line.quantity) ORDER BY line.holding_id), '[]')
                    FROM transfer_line AS line
                   WHERE line.org_id = %(org_id)s
                     AND line.transfer_id = transfer.id
                     AND line.quantity > 0
                )
              ) AS snapshot
         FROM transfer
        WHERE transfer.org_id = %(org_id)s
          AND transfer.id BETWEEN %(first)s::bigint AND %(last)s::bigint
       ) AS row
  LEFT JOIN LATERAL (
       SELECT change.number,
              change.after::jsonb - 'received_at' - 'expires_at' AS snapshot,
              coalesce(change.after ->> 'received_at', change.after ->> 'expires_at')::timestamptz AS moment
         FROM change
        WHERE change.org_id = %(org_id)s
          AND change.entity = row.entity
          AND change.entity_id = row.id
        ORDER BY change.number DESC, change.line DESC
        LIMIT 1
       ) AS told
    ON true
 WHERE row.snapshot IS DISTINCT FROM told.snapshot
    OR row.moment IS DISTINCT FROM told.moment
 ORDER BY told.number, row.entity, row.id
 LIMIT %(limit)s::bigint;

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
         holding.available,
         holding.reserved,
         holding.sold,
         holding.quarantine,
         holding.hold,
         holding.incoming,
         holding.defective,
         holding.sample
       ) <> (
         coalesce(moved.available, 0),
         coalesce(moved.reserved, 0),
         coalesce(moved.sold, 0),
         coalesce(moved.quarantine, 0),
         coalesce(moved.hold, 0),
         coalesce(moved.incoming, 0),
         coalesce(moved.defective, 0),
         coalesce(moved.sample, 0)
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
         holding.available,
         holding.reserved,
         holding.sold,
         holding.quarantine,
         holding.hold,
         holding.incoming,
         holding.defective,
         holding.sample
       ) <> (
         coalesce(moved.available, 0),
         coalesce(moved.reserved, 0),
         coalesce(moved.sold, 0),
         coalesce(moved.quarantine, 0),
         coalesce(moved.hold, 0),
         coalesce(moved.incoming, 0),
         coalesce(moved.defective, 0),
         coalesce(moved.sample, 0)
       )
       OR holding.version <> counted.movements + decided.policies
       )
 ORDER BY 1, holding.id
 LIMIT %(limit)s::bigint;

-- verify_ids --
-- The rows whose ids the journal has not given out: above its last, or below one, or lines of what is not there.
-- params:  org_id bigint, id_last bigint, limit bigint
-- returns: 0..limit rows
SELECT stray.entity,
       stray.id
  FROM (
       SELECT 'site' AS entity,
              site.id
         FROM site
        WHERE site.org_id = %(org_id)s
          AND (site.id > %(id_last)s::bigint OR site.id < 1)
        UNION ALL
       SELECT 'location' AS entity,
              location.id
         FROM location
        WHERE location.org_id = %(org_id)s
          AND (location.id > %(id_last)s::bigint OR location.id < 1)
        UNION ALL
       SELECT 'product' AS entity,
              product.id
         FROM product
        WHERE product.org_id = %(org_id)s
          AND (product.id > %(id_last)s::bigint OR product.id < 1)
        UNION ALL
       SELECT 'item' AS entity,
              item.id
         FROM item
        WHERE item.org_id = %(org_id)s
          AND (item.id > %(id_last)s::bigint OR item.id < 1)
        UNION ALL
       SELECT 'lot' AS entity,
              lot.id
         FROM lot
        WHERE lot.org_id = %(org_id)s
          AND (lot.id > %(id_last)s::bigint OR lot.id < 1)
        UNION ALL
       SELECT 'unit' AS entity,
              unit.id
         FROM unit
        WHERE unit.org_id = %(org_id)s
          AND (unit.id > %(id_last)s::bigint OR unit.id < 1)
        UNION ALL
       SELECT 'reservation' AS entity,
              reservation.id
         FROM reservation
        WHERE reservation.org_id = %(org_id)s
          AND (reservation.id > %(id_last)s::bigint OR reservation.id < 1)
        UNION ALL
       SELECT 'transfer' AS entity,
              transfer.id
         FROM transfer
        WHERE transfer.org_id = %(org_id)s
          AND (transfer.id > %(id_last)s::bigint OR transfer.id < 1)
        UNION ALL
       SELECT 'holding' AS entity,
              holding.id
         FROM holding
        WHERE holding.org_id = %(org_id)s
          AND (holding.id > %(id_last)s::bigint OR holding.id < 1)
        UNION ALL
       SELECT 'reservation_line' AS entity,
              line.reservation_id
         FROM reservation_line AS line
        WHERE line.org_id = %(org_id)s
          AND NOT EXISTS (
              SELECT FROM reservation
               WHERE reservation.org_id = %(org_id)s
                 AND reservation.id = line.reservation_id
              )
        UNION ALL
       SELECT 'transfer_line' AS entity,
              line.transfer_id
         FROM transfer_line AS line
        WHERE line.org_id = %(org_id)s
          AND NOT EXISTS (
              SELECT FROM transfer
               WHERE transfer.org_id = %(org_id)s
                 AND transfer.id = line.transfer_id
              )
       ) AS stray
 LIMIT %(limit)s::bigint;
