-- load_item_holdings --
-- The holdings of some items, at all sites, units included.
-- params:  org_id bigint, ids bigint[] (of items)
-- returns: 0..n rows, quantities in millionths
SELECT holding.*
  FROM unnest(%(ids)s::bigint[]) AS key (id)
 CROSS JOIN LATERAL (
       SELECT holding.id,
              holding.version,
              holding.site_id,
              holding.item_id,
              holding.location_id,
              holding.lot_id,
              holding.unit_id,
              holding.floor,
              holding.available,
              holding.reserved,
              holding.sold,
              holding.quarantine,
              holding.hold,
              holding.incoming,
              holding.defective,
              holding.sample
         FROM holding
        WHERE holding.org_id = %(org_id)s
          AND holding.item_id = key.id
       OFFSET 0
       ) AS holding;

-- save_item_words --
-- The words of new and changed names; what a name has lost stays, not present.
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
SELECT item.id,
       item.sku,
       item.name,
       item.measure,
       item.price,
       item.vat_rate,
       item.options,
       found.by
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
-- walked in their order, and each item is asked for the others.
-- params:  org_id bigint, low text, high text, lows text[], highs text[] (paired, the other words), limit bigint
-- returns: 0..limit rows, the same item maybe twice
SELECT item.id,
       item.sku,
       item.name,
       item.measure,
       item.price,
       item.vat_rate,
       item.options,
       'name'
  FROM item_word
  JOIN item
    ON item.org_id = %(org_id)s
   AND item.id = item_word.item_id
   AND NOT item.retired
 WHERE item_word.org_id = %(org_id)s
   AND item_word.word >= %(low)s::text
   AND item_word.word < %(high)s::text
   AND item_word.present
   AND NOT EXISTS (
       SELECT FROM unnest(%(lows)s::text[], %(highs)s::text[]) AS other (low, high)
        WHERE NOT EXISTS (
              SELECT FROM item_word AS another
               WHERE another.org_id = %(org_id)s
                 AND another.item_id = item_word.item_id
                 AND another.word >= other.low COLLATE "C"
                 AND another.word < other.high COLLATE "C"
                 AND another.present
              )
       )
 ORDER BY item_word.word, item_word.item_id
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
SELECT receipt.number,
       site.code,
       receipt.status,
       receipt.issued_at,
       receipt.sold,
       receipt.rates,
       receipt.net,
       receipt.vat,
       receipt.gross
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
SELECT receipt.number,
       site.code,
       receipt.status,
       receipt.issued_at,
       receipt.sold,
       receipt.rates,
       receipt.net,
       receipt.vat,
       receipt.gross
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
-- What was issued between two moments, and what was voided or issued again between them, rate by rate. An amount counts
-- where it happened; so a report of days gone by stays as it was.
-- params:  org_id bigint, since timestamptz, until timestamptz, site_id bigint (null: any)
-- returns: 0..n rows in ascending order of the rate
SELECT (total.part ->> 0)::bigint AS vat_rate,
       sum(total.sign * (total.part ->> 1)::bigint)::bigint AS net,
       sum(total.sign * (total.part ->> 2)::bigint)::bigint AS vat,
       sum(total.sign * (total.part ->> 3)::bigint)::bigint AS gross
  FROM (
       SELECT 1 AS sign, jsonb_array_elements(receipt.rates) AS part
         FROM receipt
        WHERE receipt.org_id = %(org_id)s
          AND receipt.issued_at >= %(since)s::timestamptz
          AND receipt.issued_at < %(until)s::timestamptz
          AND (%(site_id)s::bigint IS NULL OR receipt.site_id = %(site_id)s::bigint)
        UNION ALL
       SELECT CASE change.after ->> 'status' WHEN 'issued' THEN 1 ELSE -1 END,
              jsonb_array_elements(change.after::jsonb -> 'rates')
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
          AND (%(site_id)s::bigint IS NULL OR (change.after ->> 'site_id')::bigint = %(site_id)s::bigint)
       ) AS total
 GROUP BY 1
 ORDER BY 1;

-- count_acts --
-- How many postings of each kind there are after one number and up to another.
-- params:  org_id bigint, after bigint, last bigint
-- returns: 0..n rows
SELECT posting.kind,
       count(*)
  FROM posting
 WHERE posting.org_id = %(org_id)s
   AND posting.number > %(after)s::bigint
   AND posting.number <= %(last)s::bigint
 GROUP BY posting.kind
 ORDER BY posting.kind;

-- count_open_reservations --
-- params:  org_id bigint
-- returns: 1 row
SELECT count(*)
  FROM reservation
 WHERE reservation.org_id = %(org_id)s
   AND reservation.status IN ('pending', 'active', 'releasing');

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
