-- enter_verifying --
-- As enter_reading, with room enough to sort a slice in memory.
-- params:  org_id bigint, timeout_milliseconds bigint
-- returns: 1 row, of no interest
SELECT set_config('role', 'onhand_reader', true),
       set_config('onhand.org_id', %(org_id)s::text, true),
       set_config('statement_timeout', %(timeout_milliseconds)s::text, true),
       set_config('work_mem', '64MB', true);

-- verify_head --
-- Where the journal stands, and whether anything in the tables lies outside of it. All in one statement, so that what
-- is written meanwhile does not count.
-- params:  org_id bigint
-- returns: 0..1 rows
SELECT journal.number,
       journal.hash,
       journal.recorded_at,
       journal.catalog_number,
       journal.id_last,
       (
         SELECT posting.hash
           FROM posting
          WHERE posting.org_id = %(org_id)s
            AND posting.number = journal.number
       ) AS hash_last,
       (
         SELECT posting.recorded_at
           FROM posting
          WHERE posting.org_id = %(org_id)s
            AND posting.number = journal.number
       ) AS recorded_at_last,
       ARRAY (
         SELECT posting.number
           FROM posting
          WHERE posting.org_id = %(org_id)s
            AND posting.number > journal.number
          ORDER BY posting.number
          LIMIT 1
       ) || ARRAY (
         SELECT movement.number
           FROM movement
          WHERE movement.org_id = %(org_id)s
            AND movement.number > journal.number
          ORDER BY movement.number
          LIMIT 1
       ) || ARRAY (
         SELECT change.number
           FROM change
          WHERE change.org_id = %(org_id)s
            AND change.number > journal.number
          ORDER BY change.number
          LIMIT 1
       ) || ARRAY (
         SELECT reversal.number
           FROM reversal
          WHERE reversal.org_id = %(org_id)s
            AND reversal.number > journal.number
          ORDER BY reversal.number
          LIMIT 1
       ) || ARRAY (
         SELECT posting.number
           FROM posting
          WHERE posting.org_id = %(org_id)s
            AND posting.number < 1
          LIMIT 1
       ) || ARRAY (
         SELECT movement.number
           FROM movement
          WHERE movement.org_id = %(org_id)s
            AND movement.number < 1
          LIMIT 1
       ) || ARRAY (
         SELECT change.number
           FROM change
          WHERE change.org_id = %(org_id)s
            AND change.number < 1
          LIMIT 1
       ) AS outside
  FROM journal
 WHERE journal.org_id = %(org_id)s;

-- verify_chain --
-- The wrong postings of a slice: missing, changed since they were hashed, recorded before the one before, or with lines
-- that are not counted from one on. The canonical bytes are made anew from the rows; columns of type json keep the very
-- text that was hashed, and to_json escapes text as the canonical spelling does. Each row is held against the stored
-- hash of the row before, so the first wrong one is named. FULL JOIN, since it cannot be planned as a nested loop.
-- params:  org_id bigint, first bigint, last bigint, limit bigint
-- returns: 0..limit rows in order
SELECT link.number,
       link.hash IS NULL AS is_missing,
       link.hash IS DISTINCT FROM link.hash_again AS is_changed,
       coalesce(link.recorded_at < link.recorded_before, false) AS is_early,
       NOT link.lines_count AS is_miscounted
  FROM (
       SELECT number,
              posting.hash,
              posting.recorded_at,
              lag(posting.recorded_at) OVER journal AS recorded_before,
              coalesce(moved.lines_count, true) AND coalesce(changed.lines_count, true) AS lines_count,
              sha256(
                CASE WHEN number = 1 THEN decode(repeat('00', 32), 'hex') ELSE lag(posting.hash) OVER journal END
                || convert_to(
                     '[1,' || %(org_id)s::bigint
                     || ',' || number
                     || ',' || to_json(posting.kind)
                     || ',' || to_json(posting.key)
                     || ',"' || replace(posting.fingerprint::text, '-', '') || '"'
                     || ',' || to_json(posting.actor)
                     || ',' || coalesce(to_json(posting.reason)::text, 'null')
                     || ',' || coalesce(to_json(posting.document_type)::text, 'null')
                     || ',' || coalesce(to_json(posting.document_id)::text, 'null')
                     || ',' || (extract(epoch FROM posting.occurred_at) * 1000000)::bigint
                     || ',' || (extract(epoch FROM posting.recorded_at) * 1000000)::bigint
                     || ',[' || coalesce(undone.text, '') || ']'
                     || ',' || coalesce(posting.data::text, 'null')
                     || ',[' || coalesce(moved.text, '') || ']'
                     || ',[' || coalesce(changed.text, '') || ']]',
                     'UTF8'
                   )
              ) AS hash_again
         FROM generate_series(greatest(%(first)s::bigint - 1, 1), %(last)s::bigint) AS expected (number)
         FULL JOIN (
              SELECT posting.*
                FROM posting
               WHERE posting.org_id = %(org_id)s
                 AND posting.number BETWEEN %(first)s::bigint - 1 AND %(last)s::bigint
              ) AS posting
        USING (number)
         FULL JOIN (
              SELECT movement.number,
                     min(movement.line) = 1 AND max(movement.line) = count(*) AS lines_count,
                     string_agg(
                       '[' || movement.holding_id || ',"' || movement.source || '","' || movement.target || '",'
                       || movement.quantity || coalesce(',' || nullif(movement.value, 0), '') || ']',
                       ',' ORDER BY movement.line
                     ) AS text
                FROM movement
               WHERE movement.org_id = %(org_id)s
                 AND movement.number BETWEEN %(first)s::bigint AND %(last)s::bigint
               GROUP BY movement.number
              ) AS moved
        USING (number)
         FULL JOIN (
              SELECT change.number,
                     min(change.line) = 1 AND max(change.line) = count(*) AS lines_count,
                     string_agg(
                       '[' || to_json(change.entity) || ',' || change.entity_id || ',' || to_json(change.action) || ','
                       || coalesce(change.before::text, 'null') || ',' || change.after || ']',
                       ',' ORDER BY change.line
                     ) AS text
                FROM change
               WHERE change.org_id = %(org_id)s
                 AND change.number BETWEEN %(first)s::bigint AND %(last)s::bigint
               GROUP BY change.number
              ) AS changed
        USING (number)
         FULL JOIN (
              SELECT reversal.number,
                     string_agg(reversal.reverted::text, ',' ORDER BY reversal.reverted DESC) AS text
                FROM reversal
               WHERE reversal.org_id = %(org_id)s
                 AND reversal.number BETWEEN %(first)s::bigint AND %(last)s::bigint
               GROUP BY reversal.number
              ) AS undone
        USING (number)
       WINDOW journal AS (ORDER BY number)
       ) AS link
 WHERE link.number >= %(first)s::bigint
   AND (
       link.hash IS NULL
       OR link.hash IS DISTINCT FROM link.hash_again
       OR link.recorded_at < link.recorded_before
       OR NOT link.lines_count
       )
 ORDER BY link.number
 LIMIT %(limit)s::bigint;

-- verify_keys --
-- The idempotency keys of a slice, one a line, and what they are looked up by, one after the other. PostgreSQL does not
-- know the function that makes the one of the other, so they are compared outside.
-- params:  org_id bigint, first bigint, last bigint
-- returns: 1 row
SELECT string_agg(posting.key, E'\n' ORDER BY posting.number) AS keys,
       string_agg(uuid_send(posting.key_hash), NULL ORDER BY posting.number) AS key_hashes
  FROM posting
 WHERE posting.org_id = %(org_id)s
   AND posting.number BETWEEN %(first)s::bigint AND %(last)s::bigint;

-- verify_step --
-- Where a slice of so many movements ends, counted holding by holding from a place on.
-- params:  org_id bigint, holding_id bigint, number bigint, line bigint (where it begins), size bigint
-- returns: 0..1 rows; none where fewer follow
SELECT movement.holding_id,
       movement.number,
       movement.line
  FROM movement
 WHERE movement.org_id = %(org_id)s
   AND (movement.holding_id, movement.number, movement.line)
       >= (%(holding_id)s::bigint, %(number)s::bigint, %(line)s::bigint)
 ORDER BY movement.holding_id, movement.number, movement.line
OFFSET %(size)s::bigint
 LIMIT 1;

-- verify_balances --
-- The movements of a slice, holding by holding, whose balances are not those of the holding's movement before, moved on.
-- The slice begins with the last movement of the slice before, which is not looked at again; the first begins with zeros.
-- params:  org_id bigint, first_holding_id bigint, first_number bigint, first_line bigint, last_holding_id bigint,
--          last_number bigint, last_line bigint (all inclusive), limit bigint
-- returns: 0..limit rows, the earliest first
SELECT moved.number,
       moved.line,
       moved.holding_id
  FROM (
       SELECT movement.number,
              movement.line,
              movement.holding_id,
              movement.quantity,
              movement.source,
              movement.target,
              ${balances_or_zero movement},
              ${moved},
              lag(coalesce(movement.available, 0), 1, 0::bigint) OVER own AS available_before,
              lag(coalesce(movement.reserved, 0), 1, 0::bigint) OVER own AS reserved_before,
              lag(coalesce(movement.sold, 0), 1, 0::bigint) OVER own AS sold_before,
              lag(coalesce(movement.quarantine, 0), 1, 0::bigint) OVER own AS quarantine_before,
              lag(coalesce(movement.hold, 0), 1, 0::bigint) OVER own AS hold_before,
              lag(coalesce(movement.incoming, 0), 1, 0::bigint) OVER own AS incoming_before,
              lag(coalesce(movement.defective, 0), 1, 0::bigint) OVER own AS defective_before,
              lag(coalesce(movement.sample, 0), 1, 0::bigint) OVER own AS sample_before,
              lag(coalesce(movement.value_held, 0), 1, 0::bigint) OVER own AS value_held_before,
              lag(coalesce(movement.unit_cost, 0), 1, 0::bigint) OVER own AS unit_cost_before
         FROM movement
        WHERE movement.org_id = %(org_id)s
          AND (movement.holding_id, movement.number, movement.line)
              >= (%(first_holding_id)s::bigint, %(first_number)s::bigint, %(first_line)s::bigint)
          AND (movement.holding_id, movement.number, movement.line)
              <= (%(last_holding_id)s::bigint, %(last_number)s::bigint, %(last_line)s::bigint)
       WINDOW own AS (PARTITION BY movement.holding_id ORDER BY movement.number, movement.line)
       ) AS moved
 WHERE (moved.holding_id, moved.number, moved.line)
       <> (%(first_holding_id)s::bigint, %(first_number)s::bigint, %(first_line)s::bigint)
   AND (
       moved.available <> moved.available_before
          + moved.quantity * ((moved.target = 'available')::integer - (moved.source = 'available')::integer)
       OR moved.reserved <> moved.reserved_before
          + moved.quantity * ((moved.target = 'reserved')::integer - (moved.source = 'reserved')::integer)
       OR moved.sold <> moved.sold_before
          + moved.quantity * ((moved.target = 'sold')::integer - (moved.source = 'sold')::integer)
       OR moved.quarantine <> moved.quarantine_before
          + moved.quantity * ((moved.target = 'quarantine')::integer - (moved.source = 'quarantine')::integer)
       OR moved.hold <> moved.hold_before
          + moved.quantity * ((moved.target = 'hold')::integer - (moved.source = 'hold')::integer)
       OR moved.incoming <> moved.incoming_before
          + moved.quantity * ((moved.target = 'incoming')::integer - (moved.source = 'incoming')::integer)
       OR moved.defective <> moved.defective_before
          + moved.quantity * ((moved.target = 'defective')::integer - (moved.source = 'defective')::integer)
       OR moved.sample <> moved.sample_before
          + moved.quantity * ((moved.target = 'sample')::integer - (moved.source = 'sample')::integer)
       OR moved.value_held <> moved.value_held_before
          + moved.value * (
            (moved.target <= 'sample' AND moved.target <> 'incoming')::integer
            - (moved.source <= 'sample' AND moved.source <> 'incoming')::integer
          )
       OR moved.unit_cost <> CASE
          WHEN (moved.target <= 'sample' AND moved.target <> 'incoming')
            = (moved.source <= 'sample' AND moved.source <> 'incoming')
          THEN moved.unit_cost_before
          WHEN moved.value_held > 0 AND moved.available + moved.reserved + moved.sold + moved.quarantine + moved.hold
            + moved.defective + moved.sample > 0
          THEN round(
            moved.value_held::numeric * 1000000
            / (moved.available + moved.reserved + moved.sold + moved.quarantine + moved.hold + moved.defective + moved.sample)
          )
          ELSE moved.unit_cost_before
          END
       )
 ORDER BY moved.number, moved.line
 LIMIT %(limit)s::bigint;

-- verify_elsewhere --
-- The postings of a slice in which what left some holdings for others is not what arrived, item by item.
-- params:  org_id bigint, first bigint, last bigint, limit bigint
-- returns: 0..limit rows in order
SELECT movement.number,
       holding.item_id,
       sum(CASE WHEN movement.source = 'elsewhere' THEN movement.quantity ELSE -movement.quantity END)::bigint AS excess
  FROM movement
  LEFT JOIN holding
    ON holding.org_id = %(org_id)s
   AND holding.id = movement.holding_id
 WHERE movement.org_id = %(org_id)s
   AND movement.number BETWEEN %(first)s::bigint AND %(last)s::bigint
   AND 'elsewhere' IN (movement.source, movement.target)
 GROUP BY movement.number, holding.item_id
HAVING sum(CASE WHEN movement.source = 'elsewhere' THEN movement.quantity ELSE -movement.quantity END) <> 0
 ORDER BY movement.number, holding.item_id
 LIMIT %(limit)s::bigint;

-- verify_reversals --
-- The postings of a slice that undo others, and do not turn round exactly their movements, last first.
-- params:  org_id bigint, first bigint, last bigint, limit bigint
-- returns: 0..limit rows in order
SELECT undoing.number
  FROM (
       SELECT DISTINCT reversal.number
         FROM reversal
        WHERE reversal.org_id = %(org_id)s
          AND reversal.number BETWEEN %(first)s::bigint AND %(last)s::bigint
       ) AS undoing
 WHERE ARRAY (
         SELECT ROW (movement.holding_id, movement.source, movement.target, movement.quantity, movement.value)::text
           FROM movement
          WHERE movement.org_id = %(org_id)s
            AND movement.number = undoing.number
          ORDER BY movement.line
       ) <> ARRAY (
         SELECT ROW (movement.holding_id, movement.target, movement.source, movement.quantity, movement.value)::text
           FROM reversal
           JOIN movement
             ON movement.org_id = %(org_id)s
            AND movement.number = reversal.reverted
          WHERE reversal.org_id = %(org_id)s
            AND reversal.number = undoing.number
          ORDER BY movement.number DESC, movement.line DESC
       )
 ORDER BY undoing.number
 LIMIT %(limit)s::bigint;

-- verify_changes --
-- The changes of a slice that do not begin where the change of the same entity before left it. Evidence has no before;
-- what is null need not be told, since fields were added over the years.
-- params:  org_id bigint, first bigint, last bigint, limit bigint
-- returns: 0..limit rows in order
SELECT change.number,
       change.entity,
       change.entity_id
  FROM change
  LEFT JOIN LATERAL (
       SELECT earlier.after
         FROM change AS earlier
        WHERE earlier.org_id = %(org_id)s
          AND earlier.entity = change.entity
          AND earlier.entity_id = change.entity_id
          AND (earlier.number, earlier.line) < (change.number, change.line)
        ORDER BY earlier.number DESC, earlier.line DESC
        LIMIT 1
       ) AS earlier
    ON true
 WHERE change.org_id = %(org_id)s
   AND change.number BETWEEN %(first)s::bigint AND %(last)s::bigint
   AND change.entity <> 'evidence'
   AND change.before::text IS DISTINCT FROM earlier.after::text
   AND jsonb_strip_nulls(change.before::jsonb) IS DISTINCT FROM jsonb_strip_nulls(earlier.after::jsonb)
 ORDER BY change.number, change.line
 LIMIT %(limit)s::bigint;

-- verify_catalog_number --
-- The last posting of a slice that changed the catalogue.
-- params:  org_id bigint, first bigint, last bigint, catalog text[] (the entities that make it up)
-- returns: 1 row
SELECT max(change.number) AS number
  FROM change
 WHERE change.org_id = %(org_id)s
   AND change.number BETWEEN %(first)s::bigint AND %(last)s::bigint
   AND change.entity = ANY (%(catalog)s::text[]);

-- verify_outside_edits --
-- What was done to the tables without onhand.
-- params:  org_id bigint, limit bigint
-- returns: 0..limit rows in order
SELECT outside_edit.edited_at,
       outside_edit.edited_by,
       outside_edit.table_name AS "table",
       outside_edit.operation,
       coalesce(outside_edit.after, outside_edit.before) ->> 'id' AS id,
       (coalesce(outside_edit.after, outside_edit.before) ->> 'number')::bigint AS number
  FROM outside_edit
 WHERE outside_edit.org_id = %(org_id)s
 ORDER BY outside_edit.id
 LIMIT %(limit)s::bigint;

-- verify_contains --
-- The hash of a posting.
-- params:  org_id bigint, number bigint
-- returns: 0..1 rows
SELECT posting.hash
  FROM posting
 WHERE posting.org_id = %(org_id)s
   AND posting.number = %(number)s::bigint;
