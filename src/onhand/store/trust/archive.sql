-- read_number_before --
-- The last posting of those that were all recorded before a time.
-- params:  org_id bigint, before timestamptz
-- returns: 1 row, null where there is none
SELECT max(posting.number) AS number
  FROM posting
 WHERE posting.org_id = %(org_id)s
   AND posting.recorded_at < %(before)s::timestamptz;

-- archive_postings --
-- The postings of a slice, whole.
-- params:  org_id bigint, first bigint, last bigint
-- returns: 0..n rows in order
SELECT posting.number,
       posting.kind,
       posting.key,
       replace(posting.fingerprint::text, '-', '') AS fingerprint,
       posting.actor,
       posting.recorded_at,
       posting.occurred_at,
       posting.reason,
       posting.document_type,
       posting.document_id,
       posting.data::text,
       encode(posting.hash, 'hex') AS hash,
       ${reverts}
  FROM posting
 WHERE posting.org_id = %(org_id)s
   AND posting.number BETWEEN %(first)s::bigint AND %(last)s::bigint
 ORDER BY posting.number;

-- archive_movements --
-- The movements of a slice, with the places in codes, so that the archive needs no other table.
-- params:  org_id bigint, first bigint, last bigint
-- returns: 0..n rows in order, quantities in millionths
SELECT movement.number,
       movement.line,
       movement.holding_id,
       ${place},
       movement.source::text,
       movement.target::text,
       movement.quantity,
       ${balances_or_zero movement},
       ${moved}
  FROM movement
  JOIN holding
    ON holding.org_id = %(org_id)s
   AND holding.id = movement.holding_id
  ${place_joins holding}
 WHERE movement.org_id = %(org_id)s
   AND movement.number BETWEEN %(first)s::bigint AND %(last)s::bigint
 ORDER BY movement.number, movement.line;

-- archive_changes --
-- The changes of a slice, as the very text that was hashed.
-- params:  org_id bigint, first bigint, last bigint
-- returns: 0..n rows in order
SELECT change.number,
       change.line,
       change.entity,
       change.entity_id,
       change.action,
       change.before::text,
       change.after::text
  FROM change
 WHERE change.org_id = %(org_id)s
   AND change.number BETWEEN %(first)s::bigint AND %(last)s::bigint
 ORDER BY change.number, change.line;
