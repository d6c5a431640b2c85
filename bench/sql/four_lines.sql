-- The best single statement for a sale of four items: all rows are locked first, in the order of the items, so that
-- two sales never wait for each other in a ring; then all lines are sold or none.

\set n :n + 1
\set item_1 random(1, :items / 4)
\set item_2 random(:items / 4 + 1, :items / 2)
\set item_3 random(:items / 2 + 1, :items * 3 / 4)
\set item_4 random(:items * 3 / 4 + 1, :items)
WITH wanted (line, item_id, quantity) AS (
    VALUES (1, :item_1::integer, :quantity::bigint),
           (2, :item_2, :quantity),
           (3, :item_3, :quantity),
           (4, :item_4, :quantity)
),
locked AS MATERIALIZED (
    SELECT stock.site_id,
           stock.item_id,
           wanted.line,
           wanted.quantity,
           stock.available >= wanted.quantity AS suffices
      FROM stock
      JOIN wanted
        ON stock.item_id = wanted.item_id
     WHERE stock.site_id = 1
     ORDER BY stock.item_id
       FOR UPDATE OF stock
),
sold AS (
    UPDATE stock
       SET available = stock.available - locked.quantity
      FROM locked
     WHERE stock.site_id = locked.site_id
       AND stock.item_id = locked.item_id
       AND (SELECT count(*) = 4 AND bool_and(suffices) FROM locked)
 RETURNING stock.site_id,
           stock.item_id,
           stock.available,
           locked.line,
           locked.quantity
)
INSERT INTO movement (key, line, site_id, item_id, quantity, before, after, actor)
SELECT :run::text || '-' || :client_id::text || '/' || :n::text,
       line,
       site_id,
       item_id,
       quantity,
       available + quantity,
       available,
       'till'
  FROM sold
RETURNING after;
