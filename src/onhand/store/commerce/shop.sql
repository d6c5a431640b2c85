-- load_item_holdings --
-- The holdings of some items, at all sites, units included.
-- params:  org_id bigint, ids bigint[] (of items)
-- returns: 0..n rows, quantities in millionths
SELECT holding.*
  FROM unnest(%(ids)s::bigint[]) AS key (id)
 CROSS JOIN LATERAL (
       SELECT ${holding_row holding}
         FROM holding
        WHERE holding.org_id = %(org_id)s
          AND holding.item_id = key.id
       OFFSET 0
       ) AS holding;

-- save_item_words --
-- The words of new and changed names; the row of a word that a name has lost stays, with present false.
-- params:  org_id bigint, words text[], item_ids bigint[], presents bigint[] (paired; 1 or 0)
INSERT INTO item_word (org_id, word, item_id, present)
SELECT %(org_id)s, row.word, row.item_id, row.present = 1
  FROM unnest(%(words)s::text[], %(item_ids)s::bigint[], %(presents)s::bigint[]) AS row (word, item_id, present)
    ON CONFLICT (org_id, word, item_id) DO UPDATE
   SET present = excluded.present;

-- read_items_by_code --
-- The item that a sku or a barcode stands for, retired ones left out.
-- params:  org_id bigint, code text
-- returns: 0..2 rows, the sku's first
SELECT ${found_item_row},
       found.by AS found_by
  FROM (
       SELECT item.id, 'sku' AS by
         FROM item
        WHERE item.org_id = %(org_id)s
          AND item.sku = %(code)s::text
        UNION ALL
       SELECT barcode.item_id, 'barcode'
         FROM barcode
        WHERE barcode.org_id = %(org_id)s
          AND barcode.code = %(code)s::text
       ) AS found
  JOIN item
    ON item.org_id = %(org_id)s
   AND item.id = found.id
   AND NOT item.retired
 ORDER BY found.by DESC;

-- count_words --
-- How many names have a word in each range, counted no further than told.
-- params:  org_id bigint, lows text[], highs text[] (paired), count_max bigint
-- returns: one row for each range, in their order
SELECT counted.names
  FROM unnest(%(lows)s::text[], %(highs)s::text[]) WITH ORDINALITY AS told (low, high, place)
 CROSS JOIN LATERAL (
       SELECT count(*) AS names
         FROM (
              SELECT
                FROM item_word
               WHERE item_word.org_id = %(org_id)s
                 AND item_word.word >= told.low COLLATE "C"
                 AND item_word.word < told.high COLLATE "C"
               LIMIT %(count_max)s::bigint
              ) AS found
       ) AS counted
 ORDER BY told.place;

-- read_items_by_words --
-- Items whose names have words that begin as told, each of them; retired ones left out. Words between low and high are
-- walked in their order, so many at most, and each item is asked for the others.
-- params:  org_id bigint, low text, high text, walked_max bigint (null: any), lows text[], highs text[] (paired, the
--          other words), limit bigint
-- returns: 0..limit rows, the same item maybe twice
SELECT ${found_item_row},
       'name' AS found_by
  FROM (
       SELECT item_word.word,
              item_word.item_id
         FROM item_word
        WHERE item_word.org_id = %(org_id)s
          AND item_word.word >= %(low)s::text
          AND item_word.word < %(high)s::text
          AND item_word.present
        ORDER BY item_word.word, item_word.item_id
        LIMIT %(walked_max)s::bigint
       ) AS walked
  JOIN item
    ON item.org_id = %(org_id)s
   AND item.id = walked.item_id
   AND NOT item.retired
 WHERE NOT EXISTS (
       SELECT FROM unnest(%(lows)s::text[], %(highs)s::text[]) AS other (low, high)
        WHERE NOT EXISTS (
              SELECT FROM item_word AS another
               WHERE another.org_id = %(org_id)s
                 AND another.item_id = walked.item_id
                 AND another.word >= other.low COLLATE "C"
                 AND another.word < other.high COLLATE "C"
                 AND another.present
              )
       )
 ORDER BY walked.word, walked.item_id
 LIMIT %(limit)s::bigint;

-- read_items_of_common_words --
-- The same where each word stands in many names, and hardly two in the same: those with the two rarest are read and held
-- against each other, and what is left is asked for the others. IS TRUE keeps it a look-up in memory for each item.
-- params:  org_id bigint, low text, high text, second_low text, second_high text, lows text[], highs text[] (paired, the
--          other words), limit bigint
-- returns: 0..limit rows, the same item maybe twice
SELECT ${found_item_row},
       'name' AS found_by
  FROM item_word AS first
  JOIN item
    ON item.org_id = %(org_id)s
   AND item.id = first.item_id
   AND NOT item.retired
 WHERE first.org_id = %(org_id)s
   AND first.word >= %(low)s::text
   AND first.word < %(high)s::text
   AND first.present
   AND (first.item_id IN (
           SELECT second.item_id
             FROM item_word AS second
            WHERE second.org_id = %(org_id)s
              AND second.word >= %(second_low)s::text
              AND second.word < %(second_high)s::text
              AND second.present
           )) IS TRUE
   AND NOT EXISTS (
       SELECT FROM unnest(%(lows)s::text[], %(highs)s::text[]) AS other (low, high)
        WHERE NOT EXISTS (
              SELECT FROM item_word AS another
               WHERE another.org_id = %(org_id)s
                 AND another.item_id = first.item_id
                 AND another.word >= other.low COLLATE "C"
                 AND another.word < other.high COLLATE "C"
                 AND another.present
              )
       )
 ORDER BY first.word, first.item_id
 LIMIT %(limit)s::bigint;

-- read_settings --
-- What the org has chosen.
-- params:  org_id bigint
-- returns: 0..n rows
SELECT setting.name,
       setting.value
  FROM setting
 WHERE setting.org_id = %(org_id)s;

-- read_receipt --
-- A receipt by its number.
-- params:  org_id bigint, number bigint
-- returns: 0..1 rows
SELECT ${receipt_row}
  FROM receipt
  JOIN site
    ON site.org_id = %(org_id)s
   AND site.id = receipt.site_id
 WHERE receipt.org_id = %(org_id)s
   AND receipt.number = %(number)s::bigint;

-- read_receipts --
-- Receipts from the newest on, of one site or of all.
-- params:  org_id bigint, below bigint, site_id bigint (null: any), limit bigint
-- returns: 0..limit rows
SELECT ${receipt_row}
  FROM receipt
  JOIN site
    ON site.org_id = %(org_id)s
   AND site.id = receipt.site_id
 WHERE receipt.org_id = %(org_id)s
   AND receipt.number < %(below)s::bigint
   AND (%(site_id)s::bigint IS NULL OR receipt.site_id = %(site_id)s::bigint)
 ORDER BY receipt.number DESC
 LIMIT %(limit)s::bigint;

-- read_vat --
-- What was charged between two moments, and what was taken back, by documents and rates: receipts as they were issued,
-- voided and issued again; invoices as they were made, cancelled, and goods came back on them; orders as they were paid
-- and cancelled. An amount counts where it happened, so a report of days gone by stays as it was. Orders are of no site.
-- Of a line that came back in parts, each part is what has come back then less what had before, so all parts add up.
-- params:  org_id bigint, since timestamptz, until timestamptz, site_id bigint (null: any)
-- returns: 0..n rows in ascending order of the rate; documents are receipts, invoices, returns or orders
WITH turn AS (
       SELECT 'receipt' AS entity,
              change.entity_id,
              CASE change.after ->> 'status' WHEN 'issued' THEN 1 ELSE -1 END AS sign
         FROM change
         JOIN posting
           ON posting.org_id = %(org_id)s
          AND posting.number = change.number
          AND posting.occurred_at >= %(since)s::timestamptz
          AND posting.occurred_at < %(until)s::timestamptz
        WHERE change.org_id = %(org_id)s
          AND change.entity = 'receipt'
          AND change.before IS NOT NULL
          AND change.before ->> 'status' <> change.after ->> 'status'
        UNION ALL
       SELECT 'invoice',
              change.entity_id,
              CASE change.after ->> 'status' WHEN 'cancelled' THEN 0 ELSE 1 END
              - CASE coalesce(change.before ->> 'status', 'cancelled') WHEN 'cancelled' THEN 0 ELSE 1 END
         FROM change
         JOIN posting
           ON posting.org_id = %(org_id)s
          AND posting.number = change.number
          AND posting.occurred_at >= %(since)s::timestamptz
          AND posting.occurred_at < %(until)s::timestamptz
        WHERE change.org_id = %(org_id)s
          AND change.entity = 'invoice'
          AND (coalesce(change.before ->> 'status', 'cancelled') = 'cancelled')
              <> (change.after ->> 'status' = 'cancelled')
        UNION ALL
       SELECT 'sales_order',
              change.entity_id,
              CASE WHEN change.after ->> 'status' IN ('paid', 'fulfilled', 'completed') THEN 1 ELSE 0 END
              - CASE WHEN change.before ->> 'status' IN ('paid', 'fulfilled', 'completed') THEN 1 ELSE 0 END
         FROM change
         JOIN posting
           ON posting.org_id = %(org_id)s
          AND posting.number = change.number
          AND posting.occurred_at >= %(since)s::timestamptz
          AND posting.occurred_at < %(until)s::timestamptz
        WHERE change.org_id = %(org_id)s
          AND change.entity = 'sales_order'
          AND change.before ->> 'status' <> change.after ->> 'status'
       ),
       came_back AS (
       SELECT line.invoice_id,
              line.vat_rate,
              round(line.gross * part.after / line.quantity, -4) - round(line.gross * part.before / line.quantity, -4)
                AS gross,
              round(line.vat * part.after / line.quantity, -4) - round(line.vat * part.before / line.quantity, -4)
                AS vat
         FROM change
         JOIN posting
           ON posting.org_id = %(org_id)s
          AND posting.number = change.number
          AND posting.occurred_at >= %(since)s::timestamptz
          AND posting.occurred_at < %(until)s::timestamptz
         JOIN invoice_line AS line
           ON line.org_id = %(org_id)s
          AND line.id = change.entity_id
        CROSS JOIN LATERAL (
              SELECT (change.before ->> 'returned')::numeric AS before,
                     (change.after ->> 'returned')::numeric AS after
              ) AS part
        WHERE change.org_id = %(org_id)s
          AND change.entity = 'invoice_line'
          AND change.before ->> 'returned' <> change.after ->> 'returned'
       ),
       charge AS (
       SELECT 'receipts' AS documents,
              receipt.site_id,
              (part.rate ->> 0)::bigint AS vat_rate,
              (part.rate ->> 1)::bigint AS net,
              (part.rate ->> 2)::bigint AS vat
         FROM receipt
        CROSS JOIN LATERAL jsonb_array_elements(receipt.rates) AS part (rate)
        WHERE receipt.org_id = %(org_id)s
          AND receipt.issued_at >= %(since)s::timestamptz
          AND receipt.issued_at < %(until)s::timestamptz
        UNION ALL
       SELECT 'receipts',
              receipt.site_id,
              (part.rate ->> 0)::bigint,
              turn.sign * (part.rate ->> 1)::bigint,
              turn.sign * (part.rate ->> 2)::bigint
         FROM turn
         JOIN receipt
           ON receipt.org_id = %(org_id)s
          AND receipt.id = turn.entity_id
        CROSS JOIN LATERAL jsonb_array_elements(receipt.rates) AS part (rate)
        WHERE turn.entity = 'receipt'
          AND turn.sign <> 0
        UNION ALL
       SELECT 'invoices',
              invoice.site_id,
              line.vat_rate,
              turn.sign * line.net,
              turn.sign * line.vat
         FROM turn
         JOIN invoice
           ON invoice.org_id = %(org_id)s
          AND invoice.id = turn.entity_id
         JOIN invoice_line AS line
           ON line.org_id = %(org_id)s
          AND line.invoice_id = invoice.id
        WHERE turn.entity = 'invoice'
          AND turn.sign <> 0
        UNION ALL
       SELECT 'returns',
              invoice.site_id,
              came_back.vat_rate,
              came_back.vat - came_back.gross,
              -came_back.vat
         FROM came_back
         JOIN invoice
           ON invoice.org_id = %(org_id)s
          AND invoice.id = came_back.invoice_id
        UNION ALL
       SELECT 'orders',
              NULL,
              (part.rate ->> 0)::bigint,
              turn.sign * (part.rate ->> 1)::bigint,
              turn.sign * (part.rate ->> 2)::bigint
         FROM turn
         JOIN sales_order
           ON sales_order.org_id = %(org_id)s
          AND sales_order.id = turn.entity_id
        CROSS JOIN LATERAL jsonb_array_elements(sales_order.rates) AS part (rate)
        WHERE turn.entity = 'sales_order'
          AND turn.sign <> 0
       )
SELECT charge.documents,
       charge.vat_rate,
       sum(charge.net)::bigint AS net,
       sum(charge.vat)::bigint AS vat
  FROM charge
 WHERE %(site_id)s::bigint IS NULL
    OR charge.site_id = %(site_id)s::bigint
 GROUP BY charge.documents, charge.vat_rate
 ORDER BY charge.vat_rate, charge.documents;

-- count_acts --
-- How many postings of each kind there are after one number and up to another.
-- params:  org_id bigint, after bigint, last bigint
-- returns: 0..n rows
SELECT posting.kind,
       count(*) AS acts
  FROM posting
 WHERE posting.org_id = %(org_id)s
   AND posting.number > %(after)s::bigint
   AND posting.number <= %(last)s::bigint
 GROUP BY posting.kind
 ORDER BY posting.kind;

-- count_open_reservations --
-- How many promises were open after a posting: those that are open now, less what later postings opened and closed.
-- params:  org_id bigint, number bigint
-- returns: 1 row
SELECT (
       SELECT count(*)
         FROM reservation
        WHERE reservation.org_id = %(org_id)s
          AND reservation.status IN ('pending', 'active', 'releasing')
       )
       - (
       SELECT count(*) FILTER (WHERE change.after ->> 'status' IN ('pending', 'active', 'releasing'))
              - count(*) FILTER (WHERE change.before ->> 'status' IN ('pending', 'active', 'releasing'))
         FROM change
        WHERE change.org_id = %(org_id)s
          AND change.number > %(number)s::bigint
          AND change.entity = 'reservation'
       ) AS reservations;

-- find_report --
-- The posting that holds a report.
-- params:  org_id bigint, document_type text, document_id text
-- returns: 0..1 rows
SELECT posting.number
  FROM posting
 WHERE posting.org_id = %(org_id)s
   AND posting.document_type = %(document_type)s::text
   AND posting.document_id = %(document_id)s::text
   AND posting.kind = 'report'
 ORDER BY posting.number
 LIMIT 1;
