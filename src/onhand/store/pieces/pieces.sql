-- read_piece --
-- A piece as it is.
-- params:  org_id bigint, code text
-- returns: 0..1 rows, quantities in millionths
SELECT ${piece_row}
  FROM unit
  JOIN piece
    ON piece.org_id = %(org_id)s
   AND piece.id = unit.id
  JOIN item
    ON item.org_id = %(org_id)s
   AND item.id = unit.item_id
  JOIN holding
    ON holding.org_id = %(org_id)s
   AND holding.id = piece.holding_id
  JOIN site
    ON site.org_id = %(org_id)s
   AND site.id = holding.site_id
  LEFT JOIN location
    ON location.org_id = %(org_id)s
   AND location.id = holding.location_id
  LEFT JOIN lot
    ON lot.org_id = %(org_id)s
   AND lot.id = holding.lot_id
 WHERE unit.org_id = %(org_id)s
   AND unit.code = %(code)s::text;

-- read_piece_then --
-- What a piece was after a posting: its last change up to then.
-- params:  org_id bigint, id bigint, number bigint
-- returns: 0..1 rows
SELECT change.number,
       change.after,
       site.code AS site,
       location.code AS location,
       lot.code AS lot
  FROM change
  JOIN holding
    ON holding.org_id = %(org_id)s
   AND holding.id = (change.after ->> 'holding_id')::bigint
  JOIN site
    ON site.org_id = %(org_id)s
   AND site.id = holding.site_id
  LEFT JOIN location
    ON location.org_id = %(org_id)s
   AND location.id = holding.location_id
  LEFT JOIN lot
    ON lot.org_id = %(org_id)s
   AND lot.id = holding.lot_id
 WHERE change.org_id = %(org_id)s
   AND change.entity = 'piece'
   AND change.entity_id = %(id)s::bigint
   AND change.number <= %(number)s::bigint
 ORDER BY change.number DESC, change.line DESC
 LIMIT 1;

-- read_pieces --
-- Pieces as they are, the smallest of each kind first.
-- params:  org_id bigint, kinds text[], status text, sku text, site text (each may be null: any), size_min bigint,
--          after_size bigint, after_id bigint, limit bigint
-- returns: 0..limit rows in order
SELECT ${piece_row}
  FROM piece
  JOIN unit
    ON unit.org_id = %(org_id)s
   AND unit.id = piece.id
  JOIN item
    ON item.org_id = %(org_id)s
   AND item.id = unit.item_id
  JOIN holding
    ON holding.org_id = %(org_id)s
   AND holding.id = piece.holding_id
  JOIN site
    ON site.org_id = %(org_id)s
   AND site.id = holding.site_id
  LEFT JOIN location
    ON location.org_id = %(org_id)s
   AND location.id = holding.location_id
  LEFT JOIN lot
    ON lot.org_id = %(org_id)s
   AND lot.id = holding.lot_id
 WHERE piece.org_id = %(org_id)s
   AND (piece.size, piece.id) > (%(after_size)s::bigint, %(after_id)s::bigint)
   AND piece.size >= %(size_min)s::bigint
   AND (%(kinds)s::text[] IS NULL OR piece.kind = ANY (%(kinds)s::text[]))
   AND piece.status = coalesce(%(status)s::text, piece.status)
   AND (%(sku)s::text IS NULL OR item.sku = %(sku)s::text)
   AND (%(site)s::text IS NULL OR site.code = %(site)s::text)
 ORDER BY piece.size, piece.id
 LIMIT %(limit)s::bigint;

-- read_descendants --
-- All that was made of a piece, through any number of cuts and combinations. The walk goes from pieces to the acts that
-- used them and from acts to the pieces that they made, so an act is walked once however many pieces went into it. A
-- piece whose version is its first was never used.
-- params:  org_id bigint, id bigint
-- returns: 1..n rows with what a tree shows, quantities in millionths; the piece itself is among them
WITH RECURSIVE walk (is_act, id, version) AS (
    SELECT false, %(id)s::bigint, 2
     UNION
    SELECT next.is_act, next.id, next.version
      FROM walk
     CROSS JOIN LATERAL (
           SELECT true AS is_act, line.transformation_id AS id, 0 AS version
             FROM holding
             JOIN transformation_line AS line
               ON line.org_id = %(org_id)s
              AND line.holding_id = holding.id
            WHERE NOT walk.is_act
              AND walk.version > 1
              AND holding.org_id = %(org_id)s
              AND holding.unit_id = walk.id
            UNION ALL
           SELECT false, piece.id, piece.version
             FROM piece
            WHERE walk.is_act
              AND piece.org_id = %(org_id)s
              AND piece.origin_id = walk.id
           ) AS next
)
SELECT ${relative_row}
  FROM walk
 CROSS JOIN LATERAL (
       SELECT piece.*
         FROM piece
        WHERE piece.org_id = %(org_id)s
          AND piece.id = walk.id
       OFFSET 0
       ) AS piece
 CROSS JOIN LATERAL (
       SELECT unit.code
         FROM unit
        WHERE unit.org_id = %(org_id)s
          AND unit.id = walk.id
       OFFSET 0
       ) AS unit
 WHERE NOT walk.is_act;

-- read_ancestors --
-- All that a piece was made of, through any number of cuts and combinations.
-- params:  org_id bigint, id bigint
-- returns: 1..n rows with what a tree shows, quantities in millionths; the piece itself is among them
WITH RECURSIVE walk (is_act, id) AS (
    SELECT false, %(id)s::bigint
     UNION
    SELECT next.is_act, next.id
      FROM walk
     CROSS JOIN LATERAL (
           SELECT true AS is_act, piece.origin_id AS id
             FROM piece
            WHERE NOT walk.is_act
              AND piece.org_id = %(org_id)s
              AND piece.id = walk.id
              AND piece.origin_id IS NOT NULL
            UNION ALL
           SELECT false, holding.unit_id
             FROM transformation_line AS line
             JOIN holding
               ON holding.org_id = %(org_id)s
              AND holding.id = line.holding_id
            WHERE walk.is_act
              AND line.org_id = %(org_id)s
              AND line.transformation_id = walk.id
              AND holding.unit_id IS NOT NULL
           ) AS next
)
SELECT ${relative_row}
  FROM walk
 CROSS JOIN LATERAL (
       SELECT piece.*
         FROM piece
        WHERE piece.org_id = %(org_id)s
          AND piece.id = walk.id
       OFFSET 0
       ) AS piece
 CROSS JOIN LATERAL (
       SELECT unit.code
         FROM unit
        WHERE unit.org_id = %(org_id)s
          AND unit.id = walk.id
       OFFSET 0
       ) AS unit
 WHERE NOT walk.is_act;

-- read_family_acts --
-- Which units went into some cuts and combinations.
-- params:  org_id bigint, ids bigint[]
-- returns: 0..n rows
SELECT line.transformation_id,
       holding.unit_id
  FROM unnest(%(ids)s::bigint[]) AS key (id)
 CROSS JOIN LATERAL (
       SELECT line.transformation_id,
              line.holding_id
         FROM transformation_line AS line
        WHERE line.org_id = %(org_id)s
          AND line.transformation_id = key.id
       OFFSET 0
       ) AS line
 CROSS JOIN LATERAL (
       SELECT holding.unit_id
         FROM holding
        WHERE holding.org_id = %(org_id)s
          AND holding.id = line.holding_id
          AND holding.unit_id IS NOT NULL
       OFFSET 0
       ) AS holding;

-- check_pieces --
-- What does not add up: the view for people, and pieces without a creator or without a change for each version.
-- params:  org_id bigint, limit bigint
-- returns: 0..limit rows
SELECT 'QUANTITY_MISMATCH' AS code,
       piece_quantity_check.subject,
       piece_quantity_check.detail
  FROM piece_quantity_check
 WHERE piece_quantity_check.org_id = %(org_id)s
 UNION ALL
SELECT 'CREATOR_MISSING',
       'piece ' || piece.id,
       'posting ' || piece.creator || ' did not create it'
  FROM piece
 WHERE piece.org_id = %(org_id)s
   AND NOT EXISTS (
       SELECT FROM change
        WHERE change.org_id = %(org_id)s
          AND change.entity = 'piece'
          AND change.entity_id = piece.id
          AND change.number = piece.creator
          AND change.before IS NULL
       )
 UNION ALL
SELECT 'EVENT_MISSING',
       'piece ' || piece.id,
       'version ' || piece.version || ' was reached by ' || told.events || ' events'
  FROM piece
 CROSS JOIN LATERAL (
       SELECT count(*) AS events
         FROM change
        WHERE change.org_id = %(org_id)s
          AND change.entity = 'piece'
          AND change.entity_id = piece.id
       ) AS told
 WHERE piece.org_id = %(org_id)s
   AND told.events <> piece.version
 LIMIT %(limit)s::bigint;

-- check_piece_triggers --
-- Which of the triggers that guard pieces are there and active; those of a copy in another schema guard nothing here.
-- returns: 0..n rows
SELECT pg_trigger.tgname::text AS name
  FROM pg_trigger
  JOIN pg_class
    ON pg_class.oid = pg_trigger.tgrelid
 WHERE pg_trigger.tgenabled IN ('O', 'A')
   AND NOT pg_trigger.tgisinternal
   AND pg_class.relnamespace = (
       SELECT own.relnamespace
         FROM pg_class AS own
        WHERE own.oid = 'piece'::regclass
       );

-- refresh_piece_current --
-- Writes out what changed of pieces since it was written last.
-- params:  org_id bigint
-- returns: 1 row, how many pieces were written
SELECT refresh_piece_current(org.org_id) AS pieces
  FROM org
 WHERE org.org_id = %(org_id)s;
