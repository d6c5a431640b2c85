-- read_alert_subjects --
-- What alerts there should be and are not, and what alerts there are and should not be. Only candidates: the ledger looks
-- at each again before it raises or resolves one.
-- params:  org_id bigint, today date, expiring_on date, held_since timestamptz, limit bigint
-- returns: 0..limit rows
WITH level AS (
       SELECT stock_level.site_id,
              stock_level.item_id,
              stock_level.low,
              coalesce((
                SELECT sum(holding.available)
                  FROM holding
                 WHERE holding.org_id = %(org_id)s
                   AND holding.site_id = stock_level.site_id
                   AND holding.item_id = stock_level.item_id
                   AND holding.unit_id IS NULL
              ), 0) AS available
         FROM stock_level
        WHERE stock_level.org_id = %(org_id)s
          AND stock_level.low >= 0
       ),
       live AS (
       SELECT lot.id,
              lot.item_id,
              lot.status,
              lot.status_since,
              lot.expires_on
         FROM lot
        WHERE lot.org_id = %(org_id)s
          AND lot.status IN ('AWAITING_INTAKE', 'LIVE', 'PHOTOGRAPHY_COMPLETE', 'ON_HOLD', 'QUARANTINED')
          AND (lot.expires_on <= %(expiring_on)s::date OR lot.status IN ('ON_HOLD', 'QUARANTINED'))
          AND EXISTS (
              SELECT FROM holding
               WHERE holding.org_id = %(org_id)s
                 AND holding.lot_id = lot.id
                 AND holding.on_hand > 0
              )
       ),
       fact AS (
       SELECT CASE WHEN level.available <= 0 THEN 'out_of_stock' ELSE 'low_stock' END AS rule,
              level.site_id,
              level.item_id,
              0::bigint AS lot_id
         FROM level
        WHERE level.available <= level.low
        UNION
       SELECT 'negative', holding.site_id, holding.item_id, 0
         FROM holding
        WHERE holding.org_id = %(org_id)s
          AND holding.floor < 0
          AND holding.available < 0
        UNION
       SELECT CASE WHEN live.expires_on < %(today)s::date THEN 'expired' ELSE 'expiring' END, 0, live.item_id, live.id
         FROM live
        WHERE live.expires_on <= %(expiring_on)s::date
        UNION
       SELECT 'on_hold', 0, live.item_id, live.id
         FROM live
        WHERE live.status IN ('ON_HOLD', 'QUARANTINED')
          AND live.status_since <= %(held_since)s::timestamptz
       ),
       standing AS (
       SELECT alert.rule,
              alert.site_id,
              alert.item_id,
              alert.lot_id
         FROM alert
        WHERE alert.org_id = %(org_id)s
          AND alert.status IN ('open', 'acknowledged')
          AND alert.item_id <> 0
       )
SELECT subject.rule,
       subject.site_id,
       subject.item_id,
       subject.lot_id
  FROM (
       (SELECT * FROM fact EXCEPT SELECT * FROM standing)
        UNION ALL
       (SELECT * FROM standing EXCEPT SELECT * FROM fact)
       ) AS subject
 LIMIT %(limit)s::bigint;

-- count_alerts --
-- How many alerts of each rule there are in some statuses.
-- params:  org_id bigint, statuses text[]
-- returns: 0..n rows
SELECT alert.rule,
       count(*) AS alerts
  FROM alert
 WHERE alert.org_id = %(org_id)s
   AND alert.status = ANY (%(statuses)s::text[])
 GROUP BY alert.rule
 ORDER BY alert.rule;

-- read_alerts --
-- A page of alerts, the last raised first.
-- params:  org_id bigint, statuses text[], rule text, after_id bigint, limit bigint
-- returns: 0..limit rows
SELECT alert.id,
       alert.version,
       alert.rule,
       alert.severity,
       alert.status,
       alert.raised_at,
       alert.resolved_at,
       item.sku,
       alert.facts::text
  FROM alert
  LEFT JOIN item
    ON item.org_id = %(org_id)s
   AND item.id = alert.item_id
 WHERE alert.org_id = %(org_id)s
   AND alert.status = ANY (%(statuses)s::text[])
   AND (%(rule)s::text IS NULL OR alert.rule = %(rule)s::text)
   AND (%(after_id)s::bigint IS NULL OR alert.id < %(after_id)s::bigint)
 ORDER BY alert.id DESC
 LIMIT %(limit)s::bigint;
