-- find_serials_astray --
-- Serials whose status is not what their place says, or that are reserved or sold without a document that says so.
-- params:  org_id bigint, limit bigint
-- returns: 0..limit rows; with the open reservation, and the invoice that is paid or was delivered, if there are any
SELECT serial.id,
       serial.version,
       item.sku,
       unit.code AS unit,
       serial.status,
       at.status AS place,
       promise.id AS reservation,
       sale.number AS invoice
  FROM serial
  JOIN unit
    ON unit.org_id = %(org_id)s
   AND unit.id = serial.unit_id
  JOIN item
    ON item.org_id = %(org_id)s
   AND item.id = unit.item_id
 CROSS JOIN LATERAL (
       SELECT CASE WHEN sum(holding.reserved) > 0 THEN 'reserved'
                   WHEN sum(holding.sold) > 0 THEN 'sold'
                   WHEN sum(holding.on_hand + holding.incoming + holding.defective + holding.sample) > 0 THEN 'available'
                   WHEN serial.status IN ('delivered', 'gone') THEN serial.status
                   ELSE 'nowhere'
              END AS status
         FROM holding
        WHERE holding.org_id = %(org_id)s
          AND holding.unit_id = serial.unit_id
       ) AS at
  LEFT JOIN LATERAL (
       SELECT reservation.id
         FROM holding
         JOIN reservation_line AS line
           ON line.org_id = %(org_id)s
          AND line.holding_id = holding.id
          AND line.quantity > 0
         JOIN reservation
           ON reservation.org_id = %(org_id)s
          AND reservation.id = line.reservation_id
          AND reservation.status IN ('active', 'releasing')
        WHERE holding.org_id = %(org_id)s
          AND holding.unit_id = serial.unit_id
        ORDER BY reservation.id
        LIMIT 1
       ) AS promise
    ON true
  LEFT JOIN LATERAL (
       SELECT invoice.number,
              invoice.status
         FROM invoice_line AS line
         JOIN invoice
           ON invoice.org_id = %(org_id)s
          AND invoice.id = line.invoice_id
        WHERE line.org_id = %(org_id)s
          AND line.unit_id = serial.unit_id
          AND (invoice.status = 'paid' AND line.is_open OR invoice.status = 'delivered' AND line.returned = 0)
        ORDER BY invoice.status = 'paid' DESC, invoice.id DESC
        LIMIT 1
       ) AS sale
    ON true
 WHERE serial.org_id = %(org_id)s
   AND (serial.status <> at.status
    OR (serial.status = 'reserved') <> (promise.id IS NOT NULL)
    OR serial.status = 'reserved' AND serial.reservation_id IS DISTINCT FROM promise.id
    OR serial.status = 'sold' AND sale.status IS DISTINCT FROM 'paid')
 ORDER BY serial.id
 LIMIT %(limit)s::bigint;

-- find_holdings_astray --
-- Holdings that are reserved or sold more or less than open reservations and paid invoices say; serials left out.
-- params:  org_id bigint, limit bigint
-- returns: 0..limit rows, quantities in millionths; with all that binds goods of the holding
SELECT holding.id,
       holding.version,
       site.code AS site,
       item.sku,
       holding.reserved,
       coalesce(promise.quantity, 0) AS promised,
       holding.sold,
       coalesce(sale.quantity, 0) AS invoiced,
       coalesce(promise.ids, '{}') AS reservations,
       coalesce(sale.numbers, '{}') AS invoices
  FROM holding
  JOIN site
    ON site.org_id = %(org_id)s
   AND site.id = holding.site_id
  JOIN item
    ON item.org_id = %(org_id)s
   AND item.id = holding.item_id
  LEFT JOIN (
       SELECT line.holding_id,
              sum(line.quantity)::bigint AS quantity,
              array_agg(line.reservation_id ORDER BY line.reservation_id) AS ids
         FROM reservation_line AS line
         JOIN reservation
           ON reservation.org_id = %(org_id)s
          AND reservation.id = line.reservation_id
          AND reservation.status IN ('active', 'releasing')
        WHERE line.org_id = %(org_id)s
          AND line.quantity > 0
        GROUP BY line.holding_id
       ) AS promise
    ON promise.holding_id = holding.id
  LEFT JOIN (
       SELECT (parts.part ->> 0)::bigint AS holding_id,
              sum((parts.part ->> 1)::bigint)::bigint AS quantity,
              array_agg(invoice.number ORDER BY invoice.number) AS numbers
         FROM invoice
        CROSS JOIN LATERAL jsonb_array_elements(invoice.sold) AS parts (part)
        WHERE invoice.org_id = %(org_id)s
          AND invoice.status = 'paid'
        GROUP BY (parts.part ->> 0)::bigint
       ) AS sale
    ON sale.holding_id = holding.id
 WHERE holding.org_id = %(org_id)s
   AND (holding.reserved <> coalesce(promise.quantity, 0) OR holding.sold <> coalesce(sale.quantity, 0))
   AND NOT EXISTS (
       SELECT FROM serial
        WHERE serial.org_id = %(org_id)s
          AND serial.unit_id = holding.unit_id
       )
 ORDER BY holding.id
 LIMIT %(limit)s::bigint;

-- find_reservations_astray --
-- Open reservations of documents that are over, and those made before a moment that nothing paid stands behind.
-- params:  org_id bigint, made_before timestamptz, limit bigint
-- returns: 0..limit rows; whether it is an orphan, or merely old
SELECT reservation.id,
       reservation.version,
       site.code AS site,
       coalesce(reservation.document_type || ' ' || reservation.document_id, 'nothing') AS document,
       made.recorded_at AS made_at,
       owner.is_over AS is_orphan
  FROM reservation
  JOIN site
    ON site.org_id = %(org_id)s
   AND site.id = reservation.site_id
 CROSS JOIN LATERAL (
       SELECT min(posting.recorded_at) AS recorded_at
         FROM change
         JOIN posting
           ON posting.org_id = %(org_id)s
          AND posting.number = change.number
        WHERE change.org_id = %(org_id)s
          AND change.entity = 'reservation'
          AND change.entity_id = reservation.id
       ) AS made
 CROSS JOIN LATERAL (
       SELECT CASE reservation.owner
                   WHEN 'invoice' THEN NOT EXISTS (
                        SELECT FROM invoice
                         WHERE invoice.org_id = %(org_id)s
                           AND invoice.id = reservation.owner_id
                           AND invoice.status = 'open')
                   WHEN 'sales_order' THEN NOT EXISTS (
                        SELECT FROM sales_order
                         WHERE sales_order.org_id = %(org_id)s
                           AND sales_order.id = reservation.owner_id
                           AND sales_order.status IN ('placed', 'paid', 'fulfilled'))
                   ELSE false
              END AS is_over,
              reservation.owner = 'sales_order' AND EXISTS (
                   SELECT FROM sales_order
                    WHERE sales_order.org_id = %(org_id)s
                      AND sales_order.id = reservation.owner_id
                      AND sales_order.status IN ('paid', 'fulfilled')) AS is_paid
       ) AS owner
 WHERE reservation.org_id = %(org_id)s
   AND reservation.status IN ('pending', 'active', 'releasing')
   AND (owner.is_over OR made.recorded_at < %(made_before)s::timestamptz AND owner.is_paid IS NOT TRUE)
 ORDER BY reservation.id
 LIMIT %(limit)s::bigint;

-- find_money_astray --
-- Invoices and orders whose payments are not what they say is paid.
-- params:  org_id bigint, limit bigint
-- returns: 0..limit rows, money in millionths
SELECT document.word AS document,
       document.number,
       document.paid,
       document.came
  FROM (
       SELECT 'invoice' AS word,
              invoice.number,
              invoice.paid,
              coalesce(sum(payment.amount), 0)::bigint AS came
         FROM invoice
         LEFT JOIN payment
           ON payment.org_id = %(org_id)s
          AND payment.invoice_id = invoice.id
        WHERE invoice.org_id = %(org_id)s
        GROUP BY invoice.id, invoice.number, invoice.paid
        UNION ALL
       SELECT 'order',
              sales_order.number,
              sales_order.paid,
              coalesce(sum(payment.amount), 0)::bigint
         FROM sales_order
         LEFT JOIN payment
           ON payment.org_id = %(org_id)s
          AND payment.order_id = sales_order.id
        WHERE sales_order.org_id = %(org_id)s
        GROUP BY sales_order.id, sales_order.number, sales_order.paid
       ) AS document
 WHERE document.paid <> document.came
 ORDER BY document.word, document.number
 LIMIT %(limit)s::bigint;
