-- load_${entity} --
-- Some rows of ${entity} by their ids, with what they still wait for.
-- params:  org_id bigint, ids bigint[]
-- returns: 0..n rows; the last column holds the lines as pairs, in the order of the holdings
SELECT ${entity}.*,
       line.pairs
  FROM unnest(%(ids)s::bigint[]) AS key (id)
 CROSS JOIN LATERAL (
       SELECT ${own_columns}
         FROM ${entity}
        WHERE ${entity}.org_id = %(org_id)s
          AND ${entity}.id = key.id
       OFFSET 0
       ) AS ${entity}
 CROSS JOIN LATERAL (
       SELECT coalesce(jsonb_agg(jsonb_build_array(line.holding_id, line.quantity) ORDER BY line.holding_id), '[]') AS pairs
         FROM ${entity}_line AS line
        WHERE line.org_id = %(org_id)s
          AND line.${entity}_id = key.id
          AND line.quantity > 0
       ) AS line;

-- save_${entity}_lines --
-- The lines of changed rows of ${entity}; a settled line stays, at zero.
-- params:  org_id bigint, ids bigint[], holding_ids bigint[], quantities bigint[] (paired)
INSERT INTO ${entity}_line (org_id, ${entity}_id, holding_id, quantity)
SELECT %(org_id)s, row.id, row.holding_id, row.quantity
  FROM unnest(%(ids)s::bigint[], %(holding_ids)s::bigint[], %(quantities)s::bigint[]) AS row (id, holding_id, quantity)
    ON CONFLICT (org_id, ${entity}_id, holding_id) DO UPDATE
   SET quantity = excluded.quantity;

-- verify_${entity} --
-- The rows with ids of a slice that are not, with their open lines, as their last change left them, or that no posting
-- made. A row is written as the snapshot that its change should hold; what is null need not be told.
-- params:  org_id bigint, first bigint, last bigint, limit bigint
-- returns: 0..limit rows; number is the last posting that changed the row, null where there is none
SELECT told.number,
       row.id
  FROM (
       SELECT ${entity}.id,
              jsonb_strip_nulls(to_jsonb(${entity}) - 'org_id' || ${moments} || jsonb_build_object('lines', (
                SELECT coalesce(jsonb_agg(jsonb_build_array(line.holding_id, line.quantity) ORDER BY line.holding_id), '[]')
                  FROM ${entity}_line AS line
                 WHERE line.org_id = %(org_id)s
                   AND line.${entity}_id = ${entity}.id
                   AND line.quantity > 0
              ))) AS snapshot
         FROM ${entity}
        WHERE ${entity}.org_id = %(org_id)s
          AND ${entity}.id BETWEEN %(first)s::bigint AND %(last)s::bigint
       ) AS row
  LEFT JOIN LATERAL (
       SELECT change.number,
              jsonb_strip_nulls(change.after::jsonb) AS snapshot
         FROM change
        WHERE change.org_id = %(org_id)s
          AND change.entity = '${entity}'
          AND change.entity_id = row.id
        ORDER BY change.number DESC, change.line DESC
        LIMIT 1
       ) AS told
    ON true
 WHERE row.snapshot IS DISTINCT FROM told.snapshot
 ORDER BY told.number, row.id
 LIMIT %(limit)s::bigint;

-- verify_${entity}_stray_lines --
-- Lines of what is not there.
-- params:  org_id bigint, limit bigint
-- returns: 0..limit rows
SELECT line.${entity}_id
  FROM ${entity}_line AS line
 WHERE line.org_id = %(org_id)s
   AND NOT EXISTS (
       SELECT FROM ${entity}
        WHERE ${entity}.org_id = %(org_id)s
          AND ${entity}.id = line.${entity}_id
       )
 LIMIT %(limit)s::bigint;
