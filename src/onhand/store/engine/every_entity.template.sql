-- save_${entity} --
-- New and changed rows of ${entity}; what names one never changes.
-- params:  org_id bigint, rows jsonb (snapshots)
INSERT INTO ${entity} (org_id, ${columns})
SELECT %(org_id)s, ${row_columns}
  FROM jsonb_to_recordset(%(rows)s::jsonb) AS row (${definitions})
    ON CONFLICT (org_id, id) DO UPDATE
   SET ${updates};

-- verify_${entity}_id_max --
-- The highest id in use.
-- params:  org_id bigint
-- returns: 1 row
SELECT max(${entity}.id) AS id
  FROM ${entity}
 WHERE ${entity}.org_id = %(org_id)s;

-- verify_${entity}_ids --
-- The rows whose ids the journal has not given out: above its last, or below one.
-- params:  org_id bigint, id_last bigint, limit bigint
-- returns: 0..limit rows
SELECT ${entity}.id
  FROM ${entity}
 WHERE ${entity}.org_id = %(org_id)s
   AND (${entity}.id > %(id_last)s::bigint OR ${entity}.id < 1)
 LIMIT %(limit)s::bigint;

-- verify_${entity}_exists --
-- The rows that the postings of a slice made, and that are not there.
-- params:  org_id bigint, first bigint, last bigint, limit bigint
-- returns: 0..limit rows in order
SELECT change.number,
       change.entity_id
  FROM change
 WHERE change.org_id = %(org_id)s
   AND change.number BETWEEN %(first)s::bigint AND %(last)s::bigint
   AND change.entity = '${entity}'
   AND change.before IS NULL
   AND NOT EXISTS (
       SELECT FROM ${entity}
        WHERE ${entity}.org_id = %(org_id)s
          AND ${entity}.id = change.entity_id
       )
 ORDER BY change.number, change.line
 LIMIT %(limit)s::bigint;
