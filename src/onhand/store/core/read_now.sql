-- begin_reading --
-- One moment for all statements of a read, and no writing; it has to come first in its transaction.
SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;

-- enter_reading --
-- Who this transaction is, which org it sees, and how long a statement may take; gone when it ends.
-- params:  org_id bigint, timeout_milliseconds bigint
-- returns: 1 row, of no interest
SELECT set_config('role', 'onhand_reader', true),
       set_config('onhand.org_id', %(org_id)s::text, true),
       set_config('statement_timeout', %(timeout_milliseconds)s::text, true);

-- read_head --
-- Where the journal stands.
-- params:  org_id bigint
-- returns: 0..1 rows
SELECT journal.number,
       journal.hash,
       journal.recorded_at
  FROM journal
 WHERE journal.org_id = %(org_id)s;

-- read_site --
-- params:  org_id bigint, site text
-- returns: 0..1 rows
SELECT site.id
  FROM site
 WHERE site.org_id = %(org_id)s
   AND site.code = %(site)s::text;

-- read_item --
-- params:  org_id bigint, sku text
-- returns: 0..1 rows
SELECT item.id
  FROM item
 WHERE item.org_id = %(org_id)s
   AND item.sku = %(sku)s::text;

-- read_locations --
-- The locations with a code, of one site or of any.
-- params:  org_id bigint, location text, site_id bigint (null: any)
-- returns: 0..n rows
SELECT location.id,
       location.site_id
  FROM location
 WHERE location.org_id = %(org_id)s
   AND location.code = %(location)s::text
   AND (%(site_id)s::bigint IS NULL OR location.site_id = %(site_id)s::bigint);

-- read_lots --
-- The lots with a code or an id, of one item or of any.
-- params:  org_id bigint, lot text, lot_id bigint, item_id bigint (each may be null: any)
-- returns: 0..n rows
SELECT lot.id,
       lot.item_id
  FROM lot
 WHERE lot.org_id = %(org_id)s
   AND (%(lot)s::text IS NULL OR lot.code = %(lot)s::text)
   AND (%(lot_id)s::bigint IS NULL OR lot.id = %(lot_id)s::bigint)
   AND (%(item_id)s::bigint IS NULL OR lot.item_id = %(item_id)s::bigint);

-- read_unit --
-- params:  org_id bigint, unit text
-- returns: 0..1 rows
SELECT unit.id,
       unit.item_id
  FROM unit
 WHERE unit.org_id = %(org_id)s
   AND unit.code = %(unit)s::text;

-- read_holdings --
-- A page of holdings in the order of item, site and id, whatever is asked for, so that each filter has an index for it.
-- params:  org_id bigint, site_id bigint, item_id bigint, location_ids bigint[], lot_ids bigint[], unit_id bigint (each
--          may be null: any), empty boolean (whether those without any quantity count),
--          after_item_id bigint, after_site_id bigint, after_id bigint (zeros for the first page), limit bigint
-- returns: 0..limit rows, quantities in millionths
SELECT page.item_id,
       page.site_id,
       page.id,
       page.version,
       page.floor,
       lot.expires_on,
       ${place},
       ${balances page},
       coalesce(page.value, 0) AS value,
       coalesce(page.unit_cost, 0) AS unit_cost
  FROM (
       SELECT holding.*
         FROM holding
        WHERE holding.org_id = %(org_id)s
          AND ${holding_filter holding}
          AND (
              %(empty)s::boolean
              OR (holding.available, holding.reserved, holding.sold, holding.quarantine) <> (0, 0, 0, 0)
              OR (holding.hold, holding.incoming, holding.defective, holding.sample) <> (0, 0, 0, 0)
              )
          AND (holding.item_id, holding.site_id, holding.id)
              > (%(after_item_id)s::bigint, %(after_site_id)s::bigint, %(after_id)s::bigint)
        ORDER BY holding.item_id, holding.site_id, holding.id
        LIMIT %(limit)s::bigint
       ) AS page
  ${place_joins page}
 ORDER BY page.item_id, page.site_id, page.id;

-- read_holding_ids --
-- The ids of the holdings that a filter lets through.
-- params:  org_id bigint, site_id bigint, item_id bigint, location_ids bigint[], lot_ids bigint[], unit_id bigint (each
--          may be null: any), limit bigint
-- returns: 0..limit rows
SELECT holding.id
  FROM holding
 WHERE holding.org_id = %(org_id)s
   AND ${holding_filter holding}
 LIMIT %(limit)s::bigint;

-- read_reservations --
-- A page of reservations in the order of their ids.
-- params:  org_id bigint, id bigint, status text, site_id bigint, due_before timestamptz (each may be null: any),
--          after_id bigint, limit bigint
-- returns: 0..limit rows
SELECT reservation.id,
       reservation.version,
       site.code AS site,
       reservation.status,
       reservation.expires_at,
       reservation.priority,
       reservation.document_type,
       reservation.document_id,
       reservation.wanted,
       reservation.claimed_by
  FROM reservation
  JOIN site
    ON site.org_id = %(org_id)s
   AND site.id = reservation.site_id
 WHERE reservation.org_id = %(org_id)s
   AND (%(id)s::bigint IS NULL OR reservation.id = %(id)s::bigint)
   AND (%(status)s::text IS NULL OR reservation.status = %(status)s::text)
   AND (%(site_id)s::bigint IS NULL OR reservation.site_id = %(site_id)s::bigint)
   AND (%(due_before)s::timestamptz IS NULL OR reservation.expires_at <= %(due_before)s::timestamptz)
   AND reservation.id > %(after_id)s::bigint
 ORDER BY reservation.id
 LIMIT %(limit)s::bigint;

-- read_reservation_lines --
-- What some reservations still wait for.
-- params:  org_id bigint, ids bigint[] (of reservations)
-- returns: 0..n rows, quantities in millionths
SELECT line.reservation_id,
       line.holding_id,
       ${place},
       line.quantity
  FROM unnest(%(ids)s::bigint[]) AS key (id)
 CROSS JOIN LATERAL (
       SELECT reservation_line.reservation_id,
              reservation_line.holding_id,
              reservation_line.quantity
         FROM reservation_line
        WHERE reservation_line.org_id = %(org_id)s
          AND reservation_line.reservation_id = key.id
          AND reservation_line.quantity > 0
       OFFSET 0
       ) AS line
  JOIN holding
    ON holding.org_id = %(org_id)s
   AND holding.id = line.holding_id
  ${place_joins holding}
 ORDER BY line.reservation_id, line.holding_id;

-- read_due_reservations --
-- The active reservations whose time is over, the longest overdue first.
-- params:  org_id bigint, moment timestamptz, limit bigint
-- returns: 0..limit rows
SELECT reservation.id
  FROM reservation
 WHERE reservation.org_id = %(org_id)s
   AND reservation.status = 'active'
   AND reservation.expires_at <= %(moment)s::timestamptz
 ORDER BY reservation.expires_at
 LIMIT %(limit)s::bigint;
