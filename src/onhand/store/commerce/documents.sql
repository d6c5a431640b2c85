-- read_invoices --
-- A page of invoices in the order of their ids.
-- params:  org_id bigint, number text, status text, customer text (each may be null: any), after_id bigint, limit bigint
-- returns: 0..limit rows, money in millionths
SELECT invoice.id,
       invoice.version,
       invoice.number,
       site.code AS site,
       invoice.status,
       invoice.reservation_id AS reservation,
       customer.code AS customer,
       invoice.prices_include_vat,
       invoice.net,
       invoice.vat,
       invoice.gross,
       invoice.paid,
       invoice.delivery
  FROM invoice
  JOIN site
    ON site.org_id = %(org_id)s
   AND site.id = invoice.site_id
  LEFT JOIN customer
    ON customer.org_id = %(org_id)s
   AND customer.id = invoice.customer_id
 WHERE invoice.org_id = %(org_id)s
   AND (%(number)s::text IS NULL OR invoice.number = %(number)s::text)
   AND (%(status)s::text IS NULL OR invoice.status = %(status)s::text)
   AND (%(customer)s::text IS NULL OR customer.code = %(customer)s::text)
   AND invoice.id > %(after_id)s::bigint
 ORDER BY invoice.id
 LIMIT %(limit)s::bigint;

-- read_invoice_lines --
-- The lines of some invoices, in order.
-- params:  org_id bigint, ids bigint[] (of invoices)
-- returns: 0..n rows, quantities and money in millionths
SELECT line.invoice_id,
       line.position,
       item.sku,
       unit.code AS unit,
       line.quantity,
       line.price,
       line.vat_rate,
       line.net,
       line.vat,
       line.gross,
       line.returned
  FROM unnest(%(ids)s::bigint[]) AS key (id)
 CROSS JOIN LATERAL (
       SELECT invoice_line.*
         FROM invoice_line
        WHERE invoice_line.org_id = %(org_id)s
          AND invoice_line.invoice_id = key.id
       OFFSET 0
       ) AS line
  JOIN item
    ON item.org_id = %(org_id)s
   AND item.id = line.item_id
  LEFT JOIN unit
    ON unit.org_id = %(org_id)s
   AND unit.id = line.unit_id
 ORDER BY line.invoice_id, line.position;

-- read_payments --
-- The payments of some invoices or orders, in the order in which they came.
-- params:  org_id bigint, invoice_ids bigint[], order_ids bigint[]
-- returns: 0..n rows, money in millionths, below zero where it went back
SELECT coalesce(payment.invoice_id, payment.order_id) AS document,
       payment.id,
       payment.amount,
       payment.paid_at,
       payment.method,
       payment.reference
  FROM payment
 WHERE payment.org_id = %(org_id)s
   AND payment.amount <> 0
   AND (payment.invoice_id = ANY (%(invoice_ids)s::bigint[]) OR payment.order_id = ANY (%(order_ids)s::bigint[]))
 ORDER BY payment.id;

-- read_orders --
-- A page of orders in the order of their ids.
-- params:  org_id bigint, number text, status text (each may be null: any), after_id bigint, limit bigint
-- returns: 0..limit rows, money in millionths
SELECT sales_order.id,
       sales_order.version,
       sales_order.number,
       sales_order.status,
       sales_order.reservations,
       sales_order.ordered,
       customer.code AS customer,
       sales_order.net,
       sales_order.vat,
       sales_order.gross,
       sales_order.paid
  FROM sales_order
  LEFT JOIN customer
    ON customer.org_id = %(org_id)s
   AND customer.id = sales_order.customer_id
 WHERE sales_order.org_id = %(org_id)s
   AND (%(number)s::text IS NULL OR sales_order.number = %(number)s::text)
   AND (%(status)s::text IS NULL OR sales_order.status = %(status)s::text)
   AND sales_order.id > %(after_id)s::bigint
 ORDER BY sales_order.id
 LIMIT %(limit)s::bigint;

-- read_serials --
-- A page of serials in the order of their ids, with where they are.
-- params:  org_id bigint, unit text, sku text, status text, site text (each may be null: any), after_id bigint, limit bigint
-- returns: 0..limit rows
SELECT serial.id,
       serial.version,
       unit.code AS unit,
       item.sku,
       serial.status,
       serial.condition,
       place.site,
       place.location,
       place.state,
       serial.document_type,
       serial.document_id,
       serial.reserved_by,
       serial.reserved_until,
       serial.reservation_id AS reservation
  FROM serial
  JOIN unit
    ON unit.org_id = %(org_id)s
   AND unit.id = serial.unit_id
  JOIN item
    ON item.org_id = %(org_id)s
   AND item.id = unit.item_id
  LEFT JOIN LATERAL (
       SELECT site.code AS site,
              location.code AS location,
              CASE WHEN holding.available > 0 THEN 'available'
                   WHEN holding.reserved > 0 THEN 'reserved'
                   WHEN holding.sold > 0 THEN 'sold'
                   WHEN holding.quarantine > 0 THEN 'quarantine'
                   WHEN holding.hold > 0 THEN 'hold'
                   WHEN holding.incoming > 0 THEN 'incoming'
                   WHEN holding.defective > 0 THEN 'defective'
                   ELSE 'sample'
              END AS state
         FROM holding
         JOIN site
           ON site.org_id = %(org_id)s
          AND site.id = holding.site_id
         LEFT JOIN location
           ON location.org_id = %(org_id)s
          AND location.id = holding.location_id
        WHERE holding.org_id = %(org_id)s
          AND holding.unit_id = serial.unit_id
          AND (holding.on_hand > 0 OR holding.incoming > 0 OR holding.defective > 0 OR holding.sample > 0)
        LIMIT 1
       ) AS place
    ON true
 WHERE serial.org_id = %(org_id)s
   AND (%(unit)s::text IS NULL OR unit.code = %(unit)s::text)
   AND (%(sku)s::text IS NULL OR item.sku = %(sku)s::text)
   AND (%(status)s::text IS NULL OR serial.status = %(status)s::text)
   AND (%(site)s::text IS NULL OR place.site = %(site)s::text)
   AND serial.id > %(after_id)s::bigint
 ORDER BY serial.id
 LIMIT %(limit)s::bigint;

-- read_serial_steps --
-- The steps of a serial's status, in the order of the journal.
-- params:  org_id bigint, id bigint, after_number bigint, after_line bigint, limit bigint
-- returns: 0..limit rows; the document is the one that the serial was for, before or after
SELECT change.number,
       change.line,
       posting.recorded_at,
       posting.occurred_at,
       posting.actor,
       posting.kind,
       change.action,
       change.before ->> 'status' AS source,
       change.after ->> 'status' AS target,
       coalesce(change.after ->> 'document_type', change.before ->> 'document_type', posting.document_type)
         AS reference_type,
       coalesce(change.after ->> 'document_id', change.before ->> 'document_id', posting.document_id) AS reference_id,
       posting.reason AS notes
  FROM change
  JOIN posting
    ON posting.org_id = %(org_id)s
   AND posting.number = change.number
 WHERE change.org_id = %(org_id)s
   AND change.entity = 'serial'
   AND change.entity_id = %(id)s::bigint
   AND change.before IS NOT NULL
   AND change.before ->> 'status' <> change.after ->> 'status'
   AND (change.number, change.line) > (%(after_number)s::bigint, %(after_line)s::bigint)
 ORDER BY change.number, change.line
 LIMIT %(limit)s::bigint;
