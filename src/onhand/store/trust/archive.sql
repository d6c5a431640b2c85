-- read_number_before --
-- The last posting of those that were all recorded before a time.
-- params:  org_id bigint, before timestamptz
-- returns: 1 row, null where there is none
SELECT max(posting.number)
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
       ARRAY (
         SELECT reversal.reverted
           FROM reversal
          WHERE reversal.org_id = %(org_id)s
            AND reversal.number = posting.number
          ORDER BY reversal.reverted DESC
       ) AS reverts
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
       site.code AS site,
       item.sku,
       location.code AS location,
       lot.code AS lot,
       unit.code AS unit,
       movement.source::text,
       movement.target::text,
       movement.quantity,
       coalesce(movement.available, 0) AS available,
       coalesce(movement.reserved, 0) AS reserved,
       coalesce(movement.sold, 0) AS sold,
       coalesce(movement.quarantine, 0) AS quarantine,
       coalesce(movement.hold, 0) AS hold,
       coalesce(movement.incoming, 0) AS incoming,
       coalesce(movement.defective, 0) AS defective,
       coalesce(movement.sample, 0) AS sample,
       coalesce(movement.value, 0) AS value,
       coalesce(movement.value_held, 0) AS value_held,
       coalesce(movement.unit_cost, 0) AS unit_cost
  FROM movement
  JOIN holding
    ON holding.org_id = %(org_id)s
   AND holding.id = movement.holding_id
  JOIN site
    ON site.org_id = %(org_id)s
   AND site.id = holding.site_id
  JOIN item
    ON item.org_id = %(org_id)s
   AND item.id = holding.item_id
  LEFT JOIN location
    ON location.org_id = %(org_id)s
   AND location.id = holding.location_id
  LEFT JOIN lot
    ON lot.org_id = %(org_id)s
   AND lot.id = holding.lot_id
  LEFT JOIN unit
    ON unit.org_id = %(org_id)s
   AND unit.id = holding.unit_id
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
