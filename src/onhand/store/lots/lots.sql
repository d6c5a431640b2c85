-- save_lot_words --
-- The words of new lots; they never change.
-- params:  org_id bigint, words text[], lot_ids bigint[] (paired)
INSERT INTO lot_word (org_id, word, lot_id)
SELECT %(org_id)s, row.word, row.lot_id
  FROM unnest(%(words)s::text[], %(lot_ids)s::bigint[]) AS row (word, lot_id)
    ON CONFLICT (org_id, word, lot_id) DO NOTHING;

-- count_lot_words --
-- How many lots have a word in each range, counted no further than told.
-- params:  org_id bigint, lows text[], highs text[] (paired), count_max bigint
-- returns: one row for each range, in their order
SELECT counted.lots
  FROM unnest(%(lows)s::text[], %(highs)s::text[]) WITH ORDINALITY AS told (low, high, place)
 CROSS JOIN LATERAL (
       SELECT count(*) AS lots
         FROM (
              SELECT
                FROM lot_word
               WHERE lot_word.org_id = %(org_id)s
                 AND lot_word.word >= told.low COLLATE "C"
                 AND lot_word.word < told.high COLLATE "C"
               LIMIT %(count_max)s::bigint
              ) AS found
       ) AS counted
 ORDER BY told.place;

-- read_lot_bounds --
-- The ids of a brand and a vendor by their names, and of the first and the last lot of a time; null where none is asked
-- for or there is none. A journal's time never goes back, and lots count up in it.
-- params:  org_id bigint, brand text, vendor text, since timestamptz, until timestamptz
-- returns: 1 row
SELECT (SELECT brand.id FROM brand WHERE brand.org_id = %(org_id)s AND brand.name = %(brand)s::text) AS brand,
       (SELECT vendor.id FROM vendor WHERE vendor.org_id = %(org_id)s AND vendor.name = %(vendor)s::text) AS vendor,
       (
       SELECT lot.id
         FROM lot
        WHERE lot.org_id = %(org_id)s
          AND lot.received_at >= %(since)s::timestamptz
        ORDER BY lot.received_at, lot.id
        LIMIT 1
       ) AS since,
       (
       SELECT lot.id
         FROM lot
        WHERE lot.org_id = %(org_id)s
          AND lot.received_at < %(until)s::timestamptz
        ORDER BY lot.received_at DESC, lot.id DESC
        LIMIT 1
       ) AS until;

-- read_cursor_key --
-- What the cursors of an org are signed with.
-- params:  org_id bigint
-- returns: 1 row
SELECT uuid_send(org.cursor_key) AS key
  FROM org
 WHERE org.org_id = %(org_id)s;

-- read_recipients --
-- Who received goods of a lot, or used them: each posting that took some for a customer or for use and still stands.
-- Each holding of the lot gives no more than a page of its own, so a lot that was sold a million times is read no further.
-- params:  org_id bigint, lot_id bigint, after_number bigint, after_site text, after_target text (0 and empty: from
--          the first on), limit bigint
-- returns: 0..limit rows in the order of number, site and target, quantities in millionths
SELECT ${told},
       posting.data::text,
       gone.site,
       gone.target,
       gone.quantity
  FROM (
       SELECT moved.number,
              site.code AS site,
              moved.target::text AS target,
              sum(moved.quantity)::bigint AS quantity
         FROM holding
         JOIN site
           ON site.org_id = %(org_id)s
          AND site.id = holding.site_id
        CROSS JOIN LATERAL (
              SELECT movement.number,
                     movement.target,
                     sum(movement.quantity) AS quantity
                FROM movement
               WHERE movement.org_id = %(org_id)s
                 AND movement.holding_id = holding.id
                 AND movement.number >= %(after_number)s::bigint
                 AND movement.target IN ('customer', 'used')
                 AND NOT EXISTS (
                     SELECT FROM reversal
                      WHERE reversal.org_id = %(org_id)s
                        AND reversal.reverted = movement.number
                     )
               GROUP BY movement.number, movement.target
               ORDER BY movement.number, movement.target::text
               LIMIT %(limit)s::bigint + 2
              ) AS moved
        WHERE holding.org_id = %(org_id)s
          AND holding.lot_id = %(lot_id)s::bigint
        GROUP BY moved.number, site.code, moved.target
       HAVING (moved.number, site.code, moved.target::text)
              > (%(after_number)s::bigint, %(after_site)s::text, %(after_target)s::text)
        ORDER BY moved.number, site.code, moved.target::text
        LIMIT %(limit)s::bigint
       ) AS gone
  JOIN posting
    ON posting.org_id = %(org_id)s
   AND posting.number = gone.number
 ORDER BY gone.number, gone.site, gone.target;

-- read_lots_of_codes --
-- The lots that have one of some codes; a code is unique in its item only.
-- params:  org_id bigint, codes text[]
-- returns: 0..n rows
SELECT item.sku,
       found.code
  FROM unnest(%(codes)s::text[]) AS told (code)
 CROSS JOIN LATERAL (
       SELECT lot.code,
              lot.item_id
         FROM lot
        WHERE lot.org_id = %(org_id)s
          AND lot.code = told.code
       OFFSET 0
       ) AS found
  JOIN item
    ON item.org_id = %(org_id)s
   AND item.id = found.item_id
 ORDER BY found.code, item.sku;

-- read_lot_metadata --
-- What is told of a lot beside its facts, with the version of that.
-- params:  org_id bigint, lot_id bigint
-- returns: 0..1 rows
SELECT lot_metadata.facts::text,
       lot_metadata.version
  FROM lot_metadata
 WHERE lot_metadata.org_id = %(org_id)s
   AND lot_metadata.lot_id = %(lot_id)s::bigint;
