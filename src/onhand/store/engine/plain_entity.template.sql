-- load_${entity} --
-- Some rows of ${entity} by their ids.
-- params:  org_id bigint, ids bigint[]
-- returns: 0..n rows
SELECT ${entity}.*
  FROM unnest(%(ids)s::bigint[]) AS key (id)
 CROSS JOIN LATERAL (
       SELECT ${own_columns}
         FROM ${entity}
        WHERE ${entity}.org_id = %(org_id)s
          AND ${entity}.id = key.id
       OFFSET 0
       ) AS ${entity};

-- load_${entity}_by_name --
-- Some rows of ${entity} by what names them. Looked up one by one, since a plan made for an empty table would read by
-- org_id alone.
-- params:  org_id bigint, and one array for each column of the name (paired)
-- returns: 0..n rows
SELECT ${entity}.*
  FROM unnest(${key_arrays}) AS key (${key_columns})
 CROSS JOIN LATERAL (
       SELECT ${own_columns}
         FROM ${entity}
        WHERE ${entity}.org_id = %(org_id)s
          AND ${key_matches}
       OFFSET 0
       ) AS ${entity};

-- verify_${entity} --
-- The rows with ids of a slice that are not as their last change left them, or that no posting made. A row is written
-- as the snapshot that its change should hold, each column that the table has; what is null need not be told.
-- params:  org_id bigint, first bigint, last bigint, limit bigint
-- returns: 0..limit rows; number is the last posting that changed the row, null where there is none
SELECT told.number,
       row.id
  FROM (
       SELECT ${entity}.id,
              jsonb_strip_nulls(to_jsonb(${entity}) - 'org_id' || ${moments}) AS snapshot
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
