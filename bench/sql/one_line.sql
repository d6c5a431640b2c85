-- The best single statement for a sale of one line: one row locked, once, by the update itself.
-- A key that comes twice breaks movement_pkey and takes the update back with it.

\set n :n + 1
\set item random(1, :items)
WITH sold AS (
    UPDATE stock
       SET available = available - :quantity
     WHERE site_id = 1
       AND item_id = :item
       AND available >= :quantity
 RETURNING site_id,
           item_id,
           available
)
INSERT INTO movement (key, line, site_id, item_id, quantity, before, after, actor)
SELECT :run::text || '-' || :client_id::text || '/' || :n::text,
       1,
       site_id,
       item_id,
       :quantity,
       available + :quantity,
       available,
       'till'
  FROM sold
RETURNING after;
