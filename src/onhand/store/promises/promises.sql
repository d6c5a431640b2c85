-- read_claimable --
-- The reservations whose time has passed and that no worker is at, the longest overdue first; each kind through its index.
-- params:  org_id bigint, limit bigint
-- returns: 0..limit rows
SELECT due.id,
       due.version
  FROM (
       (SELECT reservation.id,
               reservation.version,
               reservation.expires_at AS since
          FROM reservation
         WHERE reservation.org_id = %(org_id)s
           AND reservation.status IN ('pending', 'active')
           AND reservation.expires_at <= now()
         ORDER BY reservation.expires_at
         LIMIT %(limit)s::bigint)
        UNION ALL
       (SELECT reservation.id,
               reservation.version,
               reservation.expires_at
          FROM reservation
         WHERE reservation.org_id = %(org_id)s
           AND reservation.status = 'releasing'
           AND reservation.lease_until <= now()
         ORDER BY reservation.lease_until
         LIMIT %(limit)s::bigint)
       ) AS due
 ORDER BY due.since, due.id
 LIMIT %(limit)s::bigint;

-- read_claimed --
-- The reservations that a worker has claimed and not ended, the longest overdue first.
-- params:  org_id bigint, worker text, limit bigint
-- returns: 0..limit rows
SELECT reservation.id,
       reservation.version
  FROM reservation
 WHERE reservation.org_id = %(org_id)s
   AND reservation.status = 'releasing'
   AND reservation.claimed_by = %(worker)s::text
 ORDER BY reservation.expires_at, reservation.id
 LIMIT %(limit)s::bigint;

-- read_next_in_line --
-- The first of each line whose item is there, in the order in which they are served.
-- params:  org_id bigint, limit bigint
-- returns: 0..limit rows
SELECT reservation.id,
       reservation.version
  FROM (
       SELECT DISTINCT (ticket.place ->> 1)::bigint AS reservation_id
         FROM waiting_line
        CROSS JOIN LATERAL (
              SELECT places.place
                FROM jsonb_array_elements(waiting_line.tickets) WITH ORDINALITY AS places (place, position)
               ORDER BY places.position
               LIMIT %(limit)s::bigint
              ) AS ticket
        WHERE waiting_line.org_id = %(org_id)s
          AND waiting_line.tickets <> '[]'::jsonb
          AND EXISTS (
              SELECT FROM site
                JOIN item
                  ON item.org_id = %(org_id)s
                 AND item.sku = waiting_line.sku
                JOIN holding
                  ON holding.org_id = %(org_id)s
                 AND holding.item_id = item.id
                 AND holding.site_id = site.id
                 AND holding.available > holding.floor
               WHERE site.org_id = %(org_id)s
                 AND site.code = waiting_line.site
              )
       ) AS first
  JOIN reservation
    ON reservation.org_id = %(org_id)s
   AND reservation.id = first.reservation_id
 ORDER BY reservation.rank, reservation.id
 LIMIT %(limit)s::bigint;
