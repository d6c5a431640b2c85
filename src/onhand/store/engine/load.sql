-- load_places --
-- plan:    renewed
-- The holdings of runs of items at some sites, units left out. Looked up run by run, since a plan made for an empty
-- table would read by org_id alone.
-- params:  org_id bigint, site_ids bigint[], firsts bigint[], lasts bigint[] (paired; first and last item of a run)
-- returns: 0..n rows, quantities in millionths
SELECT holding.*
  FROM unnest(%(site_ids)s::bigint[], %(firsts)s::bigint[], %(lasts)s::bigint[]) AS key (site_id, first, last)
 CROSS JOIN LATERAL (
       SELECT ${holding_row holding}
         FROM holding
        WHERE holding.org_id = %(org_id)s
          AND holding.item_id BETWEEN key.first AND key.last
          AND holding.site_id = key.site_id
          AND holding.unit_id IS NULL
       OFFSET 0
       ) AS holding;

-- load_holdings --
-- Some holdings by their ids.
-- params:  org_id bigint, ids bigint[]
-- returns: 0..n rows, quantities in millionths
SELECT holding.*
  FROM unnest(%(ids)s::bigint[]) AS key (id)
 CROSS JOIN LATERAL (
       SELECT ${holding_row holding}
         FROM holding
        WHERE holding.org_id = %(org_id)s
          AND holding.id = key.id
       OFFSET 0
       ) AS holding;

-- load_unit_holdings --
-- The holdings of some units, wherever they are.
-- params:  org_id bigint, ids bigint[] (of units)
-- returns: 0..n rows, quantities in millionths
SELECT holding.*
  FROM unnest(%(ids)s::bigint[]) AS key (id)
 CROSS JOIN LATERAL (
       SELECT ${holding_row holding}
         FROM holding
        WHERE holding.org_id = %(org_id)s
          AND holding.unit_id = key.id
       OFFSET 0
       ) AS holding;

-- load_lot_holdings --
-- The holdings of some lots, wherever they are, units among them.
-- params:  org_id bigint, ids bigint[] (of lots)
-- returns: 0..n rows, quantities in millionths
SELECT holding.*
  FROM unnest(%(ids)s::bigint[]) AS key (id)
 CROSS JOIN LATERAL (
       SELECT ${holding_row holding}
         FROM holding
        WHERE holding.org_id = %(org_id)s
          AND holding.lot_id = key.id
       OFFSET 0
       ) AS holding;

-- load_sequences --
-- The last numbers of some sequences.
-- params:  org_id bigint, names text[]
-- returns: 0..n rows
SELECT sequence.name,
       sequence.last
  FROM unnest(%(names)s::text[]) AS key (name)
 CROSS JOIN LATERAL (
       SELECT sequence.name,
              sequence.last
         FROM sequence
        WHERE sequence.org_id = %(org_id)s
          AND sequence.name = key.name
       OFFSET 0
       ) AS sequence;

-- load_postings --
-- Some postings, without their lines, and by which posting each was undone.
-- params:  org_id bigint, numbers bigint[]
-- returns: 0..n rows
SELECT posting.*,
       ARRAY (
         SELECT reversal.reverted
           FROM reversal
          WHERE reversal.org_id = %(org_id)s
            AND reversal.number = key.number
          ORDER BY reversal.reverted DESC
       ) AS reverts,
       (
         SELECT reversal.number
           FROM reversal
          WHERE reversal.org_id = %(org_id)s
            AND reversal.reverted = key.number
       ) AS reverted_by
  FROM unnest(%(numbers)s::bigint[]) AS key (number)
 CROSS JOIN LATERAL (
       SELECT posting.number,
              posting.kind,
              posting.key,
              uuid_send(posting.fingerprint),
              posting.actor,
              posting.recorded_at,
              posting.occurred_at,
              posting.reason,
              posting.document_type,
              posting.document_id,
              posting.data,
              posting.hash
         FROM posting
        WHERE posting.org_id = %(org_id)s
          AND posting.number = key.number
       OFFSET 0
       ) AS posting;

-- load_movements --
-- The movements of some postings.
-- params:  org_id bigint, numbers bigint[]
-- returns: 0..n rows in order, quantities in millionths
SELECT movement.*
  FROM unnest(%(numbers)s::bigint[]) AS key (number)
 CROSS JOIN LATERAL (
       SELECT movement.number,
              movement.holding_id,
              movement.source::text,
              movement.target::text,
              movement.quantity,
              ${balances_or_zero movement},
              ${moved}
         FROM movement
        WHERE movement.org_id = %(org_id)s
          AND movement.number = key.number
        ORDER BY movement.line
       OFFSET 0
       ) AS movement;

-- load_changes --
-- The changes of some postings.
-- params:  org_id bigint, numbers bigint[]
-- returns: 0..n rows in order
SELECT change.*
  FROM unnest(%(numbers)s::bigint[]) AS key (number)
 CROSS JOIN LATERAL (
       SELECT change.number,
              change.entity,
              change.entity_id,
              change.action,
              change.before,
              change.after
         FROM change
        WHERE change.org_id = %(org_id)s
          AND change.number = key.number
        ORDER BY change.line
       OFFSET 0
       ) AS change;

-- load_takers --
-- The postings after a number that took from one state of a holding, newest first. Left out are (1) postings that were
-- undone, and (2) reversals of postings later than the number: together they changed nothing. A reversal of a reversal
-- counts, since it does again what was undone.
-- params:  org_id bigint, holding_id bigint, state text, number bigint, limit bigint
-- returns: 0..limit rows
SELECT DISTINCT movement.number
  FROM movement
 WHERE movement.org_id = %(org_id)s
   AND movement.holding_id = %(holding_id)s
   AND movement.number > %(number)s
   AND movement.source = %(state)s::stock_end
   AND NOT EXISTS (
       SELECT FROM reversal
        WHERE reversal.org_id = %(org_id)s
          AND reversal.reverted = movement.number
       )
   AND coalesce((
       SELECT bool_or(reversal.reverted <= %(number)s OR EXISTS (
              SELECT FROM reversal AS deeper
               WHERE deeper.org_id = %(org_id)s
                 AND deeper.number = reversal.reverted
              ))
         FROM reversal
        WHERE reversal.org_id = %(org_id)s
          AND reversal.number = movement.number
       ), true)
 ORDER BY movement.number DESC
 LIMIT %(limit)s;

-- load_chain --
-- The postings after a number that changed one entity, newest first; left out are the same as in load_takers.
-- params:  org_id bigint, entity text, entity_id bigint, number bigint, limit bigint
-- returns: 0..limit rows
SELECT DISTINCT change.number
  FROM change
 WHERE change.org_id = %(org_id)s
   AND change.entity = %(entity)s
   AND change.entity_id = %(entity_id)s
   AND change.number > %(number)s
   AND NOT EXISTS (
       SELECT FROM reversal
        WHERE reversal.org_id = %(org_id)s
          AND reversal.reverted = change.number
       )
   AND coalesce((
       SELECT bool_or(reversal.reverted <= %(number)s OR EXISTS (
              SELECT FROM reversal AS deeper
               WHERE deeper.org_id = %(org_id)s
                 AND deeper.number = reversal.reverted
              ))
         FROM reversal
        WHERE reversal.org_id = %(org_id)s
          AND reversal.number = change.number
       ), true)
 ORDER BY change.number DESC
 LIMIT %(limit)s;
