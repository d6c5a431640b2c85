-- read_postings --
-- each:    direction = ASC|DESC
-- Postings without their lines, in the order of the journal or the newest first.
-- params:  org_id bigint, kind text, actor text, document_type text, document_id text (each may be null: any),
--          low bigint, high bigint (exclusive), limit bigint
-- returns: 0..limit rows
SELECT ${told},
       ${reverted_by},
       posting.key,
       ${reverts},
       (
         SELECT count(*)
           FROM movement
          WHERE movement.org_id = %(org_id)s
            AND movement.number = posting.number
       ) AS movements,
       (
         SELECT count(*)
           FROM change
          WHERE change.org_id = %(org_id)s
            AND change.number = posting.number
       ) AS changes
  FROM posting
 WHERE posting.org_id = %(org_id)s
   AND posting.number > %(low)s::bigint
   AND posting.number < %(high)s::bigint
   AND (%(kind)s::text IS NULL OR posting.kind = %(kind)s::text)
   AND (%(actor)s::text IS NULL OR posting.actor = %(actor)s::text)
   AND (%(document_type)s::text IS NULL OR posting.document_type = %(document_type)s::text)
   AND (%(document_id)s::text IS NULL OR posting.document_id = %(document_id)s::text)
 ORDER BY posting.number ${direction}
 LIMIT %(limit)s::bigint;

-- read_posting --
-- A posting without its lines.
-- params:  org_id bigint, number bigint
-- returns: 0..1 rows
SELECT posting.number,
       posting.kind,
       posting.key,
       uuid_send(posting.fingerprint) AS fingerprint,
       posting.actor,
       posting.recorded_at,
       posting.occurred_at,
       posting.reason,
       posting.document_type,
       posting.document_id,
       posting.data,
       posting.hash,
       ${reverts}
  FROM posting
 WHERE posting.org_id = %(org_id)s
   AND posting.number = %(number)s::bigint;

-- read_change_keys --
-- Which changes stand in a posting.
-- params:  org_id bigint, number bigint
-- returns: 0..n rows in order
SELECT change.number,
       change.line
  FROM change
 WHERE change.org_id = %(org_id)s
   AND change.number = %(number)s::bigint
 ORDER BY change.line;

-- read_movement_keys_of_posting --
-- Which movements stand in a posting.
-- params:  org_id bigint, number bigint
-- returns: 0..n rows in order
SELECT movement.number,
       movement.line
  FROM movement
 WHERE movement.org_id = %(org_id)s
   AND movement.number = %(number)s::bigint
 ORDER BY movement.line;

-- read_movement_keys --
-- each:    direction = ASC|DESC
-- Which movements lie between two places of the journal, of any holding or of those that a filter lets through.
-- params:  org_id bigint, site_id bigint, item_id bigint, location_ids bigint[], lot_ids bigint[], unit_id bigint,
--          kind text (each may be null: any), low_number bigint, low_line bigint, high_number bigint,
--          high_line bigint (exclusive), limit bigint
-- returns: 0..limit rows in order, or the newest first
SELECT movement.number,
       movement.line
  FROM movement
 CROSS JOIN LATERAL (
       SELECT holding.site_id,
              holding.item_id,
              holding.location_id,
              holding.lot_id,
              holding.unit_id
         FROM holding
        WHERE holding.org_id = %(org_id)s
          AND holding.id = movement.holding_id
       OFFSET 0
       ) AS holding
 WHERE movement.org_id = %(org_id)s
   AND (movement.number, movement.line) > (%(low_number)s::bigint, %(low_line)s::bigint)
   AND (movement.number, movement.line) < (%(high_number)s::bigint, %(high_line)s::bigint)
   AND (%(kind)s::text IS NULL OR %(kind)s::text = (
       SELECT posting.kind
         FROM posting
        WHERE posting.org_id = %(org_id)s
          AND posting.number = movement.number
       ))
   AND ${holding_filter holding}
 ORDER BY movement.number ${direction}, movement.line ${direction}
 LIMIT %(limit)s::bigint;

-- read_movement_keys_of_holdings --
-- each:    direction = ASC|DESC
-- Which movements of some holdings lie between two places of the journal. Each holding is looked up by itself, so that
-- a long history elsewhere costs nothing.
-- params:  org_id bigint, holding_ids bigint[], kind text, state text (each of these two may be null: any),
--          low_number bigint, low_line bigint, high_number bigint, high_line bigint (exclusive), limit bigint
-- returns: 0..limit rows in order, or the newest first
SELECT movement.number,
       movement.line
  FROM unnest(%(holding_ids)s::bigint[]) AS key (holding_id)
 CROSS JOIN LATERAL (
       SELECT movement.number,
              movement.line
         FROM movement
        WHERE movement.org_id = %(org_id)s
          AND movement.holding_id = key.holding_id
          AND (movement.number, movement.line) > (%(low_number)s::bigint, %(low_line)s::bigint)
          AND (movement.number, movement.line) < (%(high_number)s::bigint, %(high_line)s::bigint)
          AND (%(state)s::stock_end IS NULL OR %(state)s::stock_end IN (movement.source, movement.target))
          AND (%(kind)s::text IS NULL OR %(kind)s::text = (
              SELECT posting.kind
                FROM posting
               WHERE posting.org_id = %(org_id)s
                 AND posting.number = movement.number
              ))
        ORDER BY movement.number ${direction}, movement.line ${direction}
        LIMIT %(limit)s::bigint
       ) AS movement
 ORDER BY movement.number ${direction}, movement.line ${direction}
 LIMIT %(limit)s::bigint;

-- read_movements --
-- Some movements with who, when, why and where. Everything is looked up by its key, row by row, since there are few.
-- params:  org_id bigint, numbers bigint[], lines bigint[] (paired)
-- returns: 0..n rows in the order of the journal, quantities in millionths
SELECT ${told},
       ${reverted_by},
       movement.line,
       movement.holding_id,
       movement.source::text,
       movement.target::text,
       movement.quantity,
       (
         SELECT site.code
           FROM site
          WHERE site.org_id = %(org_id)s
            AND site.id = holding.site_id
       ) AS site,
       (
         SELECT item.sku
           FROM item
          WHERE item.org_id = %(org_id)s
            AND item.id = holding.item_id
       ) AS sku,
       (
         SELECT location.code
           FROM location
          WHERE location.org_id = %(org_id)s
            AND location.id = holding.location_id
       ) AS location,
       (
         SELECT lot.code
           FROM lot
          WHERE lot.org_id = %(org_id)s
            AND lot.id = holding.lot_id
       ) AS lot,
       (
         SELECT unit.code
           FROM unit
          WHERE unit.org_id = %(org_id)s
            AND unit.id = holding.unit_id
       ) AS unit,
       ${balances_or_zero movement},
       ${moved}
  FROM unnest(%(numbers)s::bigint[], %(lines)s::bigint[]) AS key (number, line)
 CROSS JOIN LATERAL (
       SELECT movement.*
         FROM movement
        WHERE movement.org_id = %(org_id)s
          AND movement.number = key.number
          AND movement.line = key.line
       OFFSET 0
       ) AS movement
 CROSS JOIN LATERAL (
       SELECT ${told}
         FROM posting
        WHERE posting.org_id = %(org_id)s
          AND posting.number = key.number
       OFFSET 0
       ) AS posting
 CROSS JOIN LATERAL (
       SELECT holding.site_id,
              holding.item_id,
              holding.location_id,
              holding.lot_id,
              holding.unit_id
         FROM holding
        WHERE holding.org_id = %(org_id)s
          AND holding.id = movement.holding_id
       OFFSET 0
       ) AS holding
 ORDER BY movement.number, movement.line;

-- read_changes --
-- Some changes with who, when and why.
-- params:  org_id bigint, numbers bigint[], lines bigint[] (paired)
-- returns: 0..n rows in the order of the journal
SELECT ${told},
       ${reverted_by},
       change.line,
       change.entity,
       change.entity_id,
       change.action,
       change.before,
       change.after
  FROM unnest(%(numbers)s::bigint[], %(lines)s::bigint[]) AS key (number, line)
 CROSS JOIN LATERAL (
       SELECT change.*
         FROM change
        WHERE change.org_id = %(org_id)s
          AND change.number = key.number
          AND change.line = key.line
       OFFSET 0
       ) AS change
 CROSS JOIN LATERAL (
       SELECT ${told}
         FROM posting
        WHERE posting.org_id = %(org_id)s
          AND posting.number = key.number
       OFFSET 0
       ) AS posting
 ORDER BY change.number, change.line;

-- read_trail_keys --
-- Which lines of the journal tell the life of an entity: its changes (part 0), the changes of its holdings (part 0) and
-- their movements (part 1); for an entity of postings, such as a reservation, the movements of those postings (part 1).
-- params:  org_id bigint, entity text, entity_id bigint, holding_ids bigint[], with_postings boolean,
--          after_number bigint, after_part bigint, after_line bigint, limit bigint
-- returns: 0..limit rows in order
SELECT DISTINCT trail.number,
       trail.part,
       trail.line
  FROM (
       SELECT change.number,
              0 AS part,
              change.line
         FROM (
              SELECT %(entity)s::text, %(entity_id)s::bigint
               UNION
              SELECT kind.entity, own.holding_id
                FROM unnest(%(holding_ids)s::bigint[]) AS own (holding_id)
               CROSS JOIN unnest(ARRAY['holding', 'evidence']) AS kind (entity)
              ) AS key (entity, entity_id)
        CROSS JOIN LATERAL (
              SELECT change.number,
                     change.line
                FROM change
               WHERE change.org_id = %(org_id)s
                 AND change.entity = key.entity
                 AND change.entity_id = key.entity_id
                 AND change.number >= %(after_number)s::bigint
                 AND (change.number, 0, change.line)
                     > (%(after_number)s::bigint, %(after_part)s::bigint, %(after_line)s::bigint)
               ORDER BY change.number, change.line
               LIMIT %(limit)s::bigint
              ) AS change
        UNION ALL
       SELECT movement.number,
              1 AS part,
              movement.line
         FROM unnest(%(holding_ids)s::bigint[]) AS key (holding_id)
        CROSS JOIN LATERAL (
              SELECT movement.number,
                     movement.line
                FROM movement
               WHERE movement.org_id = %(org_id)s
                 AND movement.holding_id = key.holding_id
                 AND movement.number >= %(after_number)s::bigint
                 AND (movement.number, 1, movement.line)
                     > (%(after_number)s::bigint, %(after_part)s::bigint, %(after_line)s::bigint)
               ORDER BY movement.number, movement.line
               LIMIT %(limit)s::bigint
              ) AS movement
        UNION ALL
       SELECT movement.number,
              1 AS part,
              movement.line
         FROM (
              SELECT DISTINCT change.number
                FROM change
               WHERE %(with_postings)s::boolean
                 AND change.org_id = %(org_id)s
                 AND change.entity = %(entity)s::text
                 AND change.entity_id = %(entity_id)s::bigint
                 AND change.number >= %(after_number)s::bigint
              ) AS key
         JOIN movement
           ON movement.org_id = %(org_id)s
          AND movement.number = key.number
        WHERE (movement.number, 1, movement.line)
              > (%(after_number)s::bigint, %(after_part)s::bigint, %(after_line)s::bigint)
       ) AS trail
 ORDER BY trail.number, trail.part, trail.line
 LIMIT %(limit)s::bigint;
