-- Columns and joins that many statements share, each written once. A statement takes one by ${name}, or by
-- ${name table} where `it` stands for the table that is told. No statements of their own.

-- holding_row --
-- A holding, as the loader reads it.
it.id,
it.version,
it.site_id,
it.item_id,
it.location_id,
it.lot_id,
it.unit_id,
it.floor,
${balances it},
coalesce(it.value, 0) AS value,
coalesce(it.unit_cost, 0) AS unit_cost

-- balances --
-- The quantities by state, in the order of the states.
it.available,
it.reserved,
it.sold,
it.quarantine,
it.hold,
it.incoming,
it.defective,
it.sample

-- balances_or_zero --
-- The same where null stands for zero, as in movements.
coalesce(it.available, 0) AS available,
coalesce(it.reserved, 0) AS reserved,
coalesce(it.sold, 0) AS sold,
coalesce(it.quarantine, 0) AS quarantine,
coalesce(it.hold, 0) AS hold,
coalesce(it.incoming, 0) AS incoming,
coalesce(it.defective, 0) AS defective,
coalesce(it.sample, 0) AS sample

-- balances_summed --
-- The same of many rows.
coalesce(sum(it.available), 0)::bigint AS available,
coalesce(sum(it.reserved), 0)::bigint AS reserved,
coalesce(sum(it.sold), 0)::bigint AS sold,
coalesce(sum(it.quarantine), 0)::bigint AS quarantine,
coalesce(sum(it.hold), 0)::bigint AS hold,
coalesce(sum(it.incoming), 0)::bigint AS incoming,
coalesce(sum(it.defective), 0)::bigint AS defective,
coalesce(sum(it.sample), 0)::bigint AS sample

-- balances_moved --
-- What movements added to each state.
coalesce(sum(it.quantity * ((it.target = 'available')::integer - (it.source = 'available')::integer)), 0)::bigint AS available,
coalesce(sum(it.quantity * ((it.target = 'reserved')::integer - (it.source = 'reserved')::integer)), 0)::bigint AS reserved,
coalesce(sum(it.quantity * ((it.target = 'sold')::integer - (it.source = 'sold')::integer)), 0)::bigint AS sold,
coalesce(sum(it.quantity * ((it.target = 'quarantine')::integer - (it.source = 'quarantine')::integer)), 0)::bigint AS quarantine,
coalesce(sum(it.quantity * ((it.target = 'hold')::integer - (it.source = 'hold')::integer)), 0)::bigint AS hold,
coalesce(sum(it.quantity * ((it.target = 'incoming')::integer - (it.source = 'incoming')::integer)), 0)::bigint AS incoming,
coalesce(sum(it.quantity * ((it.target = 'defective')::integer - (it.source = 'defective')::integer)), 0)::bigint AS defective,
coalesce(sum(it.quantity * ((it.target = 'sample')::integer - (it.source = 'sample')::integer)), 0)::bigint AS sample

-- place --
-- Where a holding is and what it holds, in the codes that people use.
site.code AS site,
item.sku,
location.code AS location,
lot.code AS lot,
unit.code AS unit

-- place_joins --
JOIN site
  ON site.org_id = %(org_id)s
 AND site.id = it.site_id
JOIN item
  ON item.org_id = %(org_id)s
 AND item.id = it.item_id
LEFT JOIN location
  ON location.org_id = %(org_id)s
 AND location.id = it.location_id
LEFT JOIN lot
  ON lot.org_id = %(org_id)s
 AND lot.id = it.lot_id
LEFT JOIN unit
  ON unit.org_id = %(org_id)s
 AND unit.id = it.unit_id

-- holding_filter --
-- Which holdings are asked for: each may be null, which is any.
(%(site_id)s::bigint IS NULL OR it.site_id = %(site_id)s::bigint)
AND (%(item_id)s::bigint IS NULL OR it.item_id = %(item_id)s::bigint)
AND (%(location_ids)s::bigint[] IS NULL OR it.location_id = ANY (%(location_ids)s::bigint[]))
AND (%(lot_ids)s::bigint[] IS NULL OR it.lot_id = ANY (%(lot_ids)s::bigint[]))
AND (%(unit_id)s::bigint IS NULL OR it.unit_id = %(unit_id)s::bigint)

-- told --
-- Who posted what, when, why and for which document.
posting.number,
posting.kind,
posting.actor,
posting.recorded_at,
posting.occurred_at,
posting.reason,
posting.document_type,
posting.document_id

-- reverted_by --
-- The posting that undid a posting.
(
  SELECT reversal.number
    FROM reversal
   WHERE reversal.org_id = %(org_id)s
     AND reversal.reverted = posting.number
) AS reverted_by

-- reverts --
-- What a posting undid, newest first.
ARRAY (
  SELECT reversal.reverted
    FROM reversal
   WHERE reversal.org_id = %(org_id)s
     AND reversal.number = posting.number
   ORDER BY reversal.reverted DESC
) AS reverts

-- moved --
-- The money of a movement, null for zero.
coalesce(movement.value, 0) AS value,
coalesce(movement.value_held, 0) AS value_held,
coalesce(movement.unit_cost, 0) AS unit_cost
