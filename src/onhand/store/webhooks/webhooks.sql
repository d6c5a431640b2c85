-- read_webhooks --
-- Webhooks with where they stand, in the order of their numbers; with an id, that one.
-- params:  org_id bigint, id bigint (may be null: any), after bigint, limit bigint
-- returns: 0..limit rows; where nobody has begun, it stands before its start
SELECT webhook.id,
       webhook.version,
       webhook.name,
       webhook.url,
       webhook.kinds,
       webhook.sites,
       webhook.skus,
       webhook.status,
       webhook.because,
       webhook.start,
       jsonb_array_length(webhook.credentials) AS secrets,
       webhook.older_until,
       CASE WHEN place.run = webhook.run THEN place.number ELSE webhook.start - 1 END AS number,
       CASE WHEN place.version = webhook.version THEN place.failures ELSE 0 END AS failures,
       CASE WHEN place.version = webhook.version THEN place.failing_since END AS failing_since,
       CASE WHEN place.version = webhook.version AND place.failures > 0 THEN place.next_attempt_at END AS next_attempt_at,
       coalesce(place.delivered, 0) AS delivered,
       coalesce(place.refused, 0) AS refused,
       coalesce(place.unanswered, 0) AS unanswered
  FROM webhook
  LEFT JOIN webhook_position AS place
    ON place.org_id = %(org_id)s
   AND place.webhook_id = webhook.id
 WHERE webhook.org_id = %(org_id)s
   AND (%(id)s::bigint IS NULL OR webhook.id = %(id)s::bigint)
   AND webhook.id > %(after)s::bigint
 ORDER BY webhook.id
 LIMIT %(limit)s::bigint;

-- read_webhook_deliveries --
-- The last tries of a webhook, the latest first.
-- params:  org_id bigint, webhook bigint, before bigint (a try; may be null: from the latest on), limit bigint
-- returns: 0..limit rows
SELECT webhook_delivery.try AS attempt,
       webhook_delivery.number,
       webhook_delivery.attempted_at,
       webhook_delivery.status,
       webhook_delivery.detail,
       webhook_delivery.milliseconds
  FROM webhook_delivery
 WHERE webhook_delivery.org_id = %(org_id)s
   AND webhook_delivery.webhook_id = %(webhook)s::bigint
   AND (%(before)s::bigint IS NULL OR webhook_delivery.try < %(before)s::bigint)
 ORDER BY webhook_delivery.try DESC
 LIMIT %(limit)s::bigint;

-- read_webhook_signing --
-- With what a webhook signs now.
-- params:  org_id bigint, webhook bigint
-- returns: 0..1 rows
SELECT webhook.url,
       webhook.credentials,
       coalesce(webhook.older_until > now(), false) AS older_sign
  FROM webhook
 WHERE webhook.org_id = %(org_id)s
   AND webhook.id = %(webhook)s::bigint;

-- find_due_webhooks --
-- Those that have something to be told now and that nobody is at, the longest due first.
-- params:  org_id bigint, limit bigint
-- returns: 0..limit rows
SELECT webhook.id
  FROM webhook
  JOIN journal
    ON journal.org_id = %(org_id)s
  LEFT JOIN webhook_position AS place
    ON place.org_id = %(org_id)s
   AND place.webhook_id = webhook.id
 WHERE webhook.org_id = %(org_id)s
   AND webhook.status = 'active'
   AND (place.lease_until IS NULL OR place.lease_until <= now())
   AND (place.version IS DISTINCT FROM webhook.version OR place.next_attempt_at <= now())
   AND CASE WHEN place.run = webhook.run THEN place.number ELSE webhook.start - 1 END < journal.number
 ORDER BY place.next_attempt_at NULLS FIRST, webhook.id
 LIMIT %(limit)s::bigint;

-- claim_webhook --
-- Takes the lease of a webhook, unless somebody holds it. A change of the webhook ends a waiting time, another run begins
-- at its start.
-- params:  org_id bigint, webhook bigint, claim text, lease_seconds double precision
-- returns: 1 row, or none where somebody holds it or nothing is to be told
INSERT INTO webhook_position AS place (
       org_id, webhook_id, version, run, number, tries, failures, next_attempt_at, leased_by, lease_until
)
SELECT %(org_id)s,
       webhook.id,
       webhook.version,
       webhook.run,
       webhook.start - 1,
       0,
       0,
       now(),
       %(claim)s::text,
       now() + make_interval(secs => %(lease_seconds)s::double precision)
  FROM webhook
 WHERE webhook.org_id = %(org_id)s
   AND webhook.id = %(webhook)s::bigint
   AND webhook.status = 'active'
    ON CONFLICT (org_id, webhook_id) DO UPDATE
   SET version = excluded.version,
       run = excluded.run,
       number = CASE WHEN place.run = excluded.run THEN place.number ELSE excluded.number END,
       failures = CASE WHEN place.version = excluded.version THEN place.failures ELSE 0 END,
       failing_since = CASE WHEN place.version = excluded.version THEN place.failing_since END,
       leased_by = excluded.leased_by,
       lease_until = excluded.lease_until
 WHERE (place.lease_until IS NULL OR place.lease_until <= now())
   AND (place.version <> excluded.version OR place.next_attempt_at <= now())
RETURNING place.version, place.run, place.number, place.tries, place.failures, place.failing_since;

-- read_claimed_webhook --
-- What the holder of a lease has to know; the version tells whether it is what was claimed.
-- params:  org_id bigint, webhook bigint
-- returns: 0..1 rows
SELECT webhook.version,
       webhook.run,
       webhook.url,
       webhook.kinds,
       webhook.sites,
       webhook.skus,
       webhook.credentials,
       webhook.older_until,
       now() AS now,
       journal.number AS head
  FROM webhook
  JOIN journal
    ON journal.org_id = %(org_id)s
 WHERE webhook.org_id = %(org_id)s
   AND webhook.id = %(webhook)s::bigint;

-- advance_webhook --
-- Notes how far a webhook was told, and holds its lease longer, if it still is this claim's and the run goes on.
-- params:  org_id bigint, webhook bigint, claim text, run bigint, number bigint, tries bigint, delivered bigint (0 or 1),
--          lease_seconds double precision
-- returns: 1 row with the version that the webhook has now and whether it is active, or none where it was taken over
UPDATE webhook_position AS place
   SET number = %(number)s::bigint,
       tries = %(tries)s::bigint,
       delivered = place.delivered + %(delivered)s::bigint,
       failures = 0,
       failing_since = NULL,
       next_attempt_at = now(),
       lease_until = now() + make_interval(secs => %(lease_seconds)s::double precision)
  FROM webhook
 WHERE place.org_id = %(org_id)s
   AND place.webhook_id = %(webhook)s::bigint
   AND place.leased_by = %(claim)s::text
   AND webhook.org_id = %(org_id)s
   AND webhook.id = %(webhook)s::bigint
   AND webhook.run = %(run)s::bigint
RETURNING webhook.version,
          webhook.status = 'active' AS is_active;

-- postpone_webhook --
-- Notes that a webhook could not be told, gives its lease up, and lets it wait.
-- params:  org_id bigint, webhook bigint, claim text, tries bigint, refused bigint (1 where it was answered, or 0),
--          wait_seconds double precision
-- returns: 1 row with the seconds since the first failure of those in a row, or none where it was taken over
UPDATE webhook_position AS place
   SET tries = %(tries)s::bigint,
       failures = place.failures + 1,
       refused = place.refused + %(refused)s::bigint,
       unanswered = place.unanswered + 1 - %(refused)s::bigint,
       failing_since = coalesce(place.failing_since, now()),
       next_attempt_at = now() + make_interval(secs => %(wait_seconds)s::double precision),
       leased_by = NULL,
       lease_until = NULL
 WHERE place.org_id = %(org_id)s
   AND place.webhook_id = %(webhook)s::bigint
   AND place.leased_by = %(claim)s::text
RETURNING extract(epoch FROM now() - place.failing_since)::double precision AS failing_seconds;

-- release_webhook --
-- Gives a lease up.
-- params:  org_id bigint, webhook bigint, claim text
UPDATE webhook_position AS place
   SET leased_by = NULL,
       lease_until = NULL
 WHERE place.org_id = %(org_id)s
   AND place.webhook_id = %(webhook)s::bigint
   AND place.leased_by = %(claim)s::text;

-- log_webhook_delivery --
-- Keeps a try, in the place of one long ago.
-- params:  org_id bigint, webhook bigint, slot integer, try bigint, number bigint, attempted_at timestamptz,
--          status integer (may be null: no answer), detail text (may be null), milliseconds bigint
INSERT INTO webhook_delivery (
       org_id, webhook_id, slot, try, number, attempted_at, status, detail, milliseconds
)
VALUES (
       %(org_id)s, %(webhook)s, %(slot)s, %(try)s, %(number)s, %(attempted_at)s, %(status)s, %(detail)s, %(milliseconds)s
)
    ON CONFLICT (org_id, webhook_id, slot) DO UPDATE
   SET try = excluded.try,
       number = excluded.number,
       attempted_at = excluded.attempted_at,
       status = excluded.status,
       detail = excluded.detail,
       milliseconds = excluded.milliseconds;
