-- The best single statement for a sale of four lines that all sell the same item: one row locked, once,
-- and the balance carried from line to line.

\set n :n + 1
WITH sold AS (
    UPDATE stock
       SET available = available - 4 * :quantity
     WHERE site_id = 1
       AND item_id = 1
       AND available >= 4 * :quantity
 RETURNING site_id,
           item_id,
           available + 4 * :quantity AS before
)
INSERT INTO movement (key, line, site_id, item_id, quantity, before, after, actor)
SELECT :run::text || '-' || :client_id::text || '/' || :n::text,
       line,
       site_id,
       item_id,
       :quantity,
       before - (line - 1) * :quantity,
       before - line * :quantity,
       'till'
  FROM sold
 CROSS JOIN generate_series(1, 4) AS line
RETURNING after;
