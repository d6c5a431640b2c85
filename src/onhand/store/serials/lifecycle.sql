-- read_lifecycle_counts --
-- How many single items, invoices and open reservations are in which status; each through an index.
-- params:  org_id bigint
-- returns: 0..n rows
SELECT 'serial' AS entity,
       serial.status,
       count(*) AS things
  FROM serial
 WHERE serial.org_id = %(org_id)s
 GROUP BY serial.status
 UNION ALL
SELECT 'invoice',
       invoice.status,
       count(*)
  FROM invoice
 WHERE invoice.org_id = %(org_id)s
 GROUP BY invoice.status
 UNION ALL
SELECT 'reservation',
       reservation.status,
       count(*)
  FROM reservation
 WHERE reservation.org_id = %(org_id)s
   AND reservation.status IN ('pending', 'active', 'releasing')
 GROUP BY reservation.status;

-- read_expiring --
-- The open reservations that expire within some seconds, or should have already, the first ones first.
-- params:  org_id bigint, seconds bigint, limit bigint
-- returns: 0..limit rows
SELECT reservation.id AS reservation,
       site.code AS site,
       reservation.status,
       reservation.expires_at,
       reservation.document_type,
       reservation.document_id
  FROM reservation
  JOIN site
    ON site.org_id = %(org_id)s
   AND site.id = reservation.site_id
 WHERE reservation.org_id = %(org_id)s
   AND reservation.status IN ('pending', 'active')
   AND reservation.expires_at <= now() + make_interval(secs => %(seconds)s::bigint)
 ORDER BY reservation.expires_at, reservation.id
 LIMIT %(limit)s::bigint;

-- read_last_steps --
-- The last steps of the status of single items, the newest first.
-- params:  org_id bigint, limit bigint
-- returns: 0..limit rows
SELECT change.number,
       change.line,
       unit.code AS unit,
       item.sku,
       posting.recorded_at,
       posting.actor,
       posting.kind,
       change.action,
       change.before ->> 'status' AS source,
       change.after ->> 'status' AS target
  FROM change
  JOIN posting
    ON posting.org_id = %(org_id)s
   AND posting.number = change.number
  JOIN serial
    ON serial.org_id = %(org_id)s
   AND serial.id = change.entity_id
  JOIN unit
    ON unit.org_id = %(org_id)s
   AND unit.id = serial.unit_id
  JOIN item
    ON item.org_id = %(org_id)s
   AND item.id = unit.item_id
 WHERE change.org_id = %(org_id)s
   AND change.entity = 'serial'
   AND change.before IS NOT NULL
   AND change.before ->> 'status' <> change.after ->> 'status'
 ORDER BY change.number DESC, change.line DESC
 LIMIT %(limit)s::bigint;

-- read_serials_of_invoice --
-- The single items of an invoice, in the order of its lines.
-- params:  org_id bigint, invoice_id bigint
-- returns: 0..n rows; the document is the one that the item is for now
SELECT unit.code AS unit,
       item.sku,
       serial.status,
       serial.condition,
       serial.document_type,
       serial.document_id,
       serial.reserved_until
  FROM invoice_line
  JOIN serial
    ON serial.org_id = %(org_id)s
   AND serial.unit_id = invoice_line.unit_id
  JOIN unit
    ON unit.org_id = %(org_id)s
   AND unit.id = invoice_line.unit_id
  JOIN item
    ON item.org_id = %(org_id)s
   AND item.id = invoice_line.item_id
 WHERE invoice_line.org_id = %(org_id)s
   AND invoice_line.invoice_id = %(invoice_id)s::bigint
 ORDER BY invoice_line.position;
