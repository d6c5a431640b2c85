-- Who is told of postings elsewhere. A webhook is told by the journal; how far it was told is known here alone.

CREATE TABLE webhook (
    org_id      bigint  NOT NULL,
    id          bigint  NOT NULL,
    version     integer NOT NULL,
    name        text    NOT NULL,
    url         text    NOT NULL,
    kinds       jsonb   NOT NULL,
    sites       jsonb   NOT NULL,
    skus        jsonb   NOT NULL,
    credentials jsonb   NOT NULL,
    older_until timestamptz,
    status      text    NOT NULL,
    because     text,
    start       bigint  NOT NULL,
    run         bigint  NOT NULL,
    CONSTRAINT webhook_pkey PRIMARY KEY (org_id, id),
    CONSTRAINT webhook_name_unique UNIQUE (org_id, name),
    CONSTRAINT webhook_filters_are_lists CHECK (
        jsonb_typeof(kinds) = 'array' AND jsonb_typeof(sites) = 'array' AND jsonb_typeof(skus) = 'array'
    ),
    CONSTRAINT webhook_has_a_secret CHECK (jsonb_typeof(credentials) = 'array' AND jsonb_array_length(credentials) > 0),
    CONSTRAINT webhook_status_known CHECK (status IN ('active', 'disabled')),
    CONSTRAINT webhook_is_disabled_for_a_reason CHECK ((status = 'disabled') = (because IS NOT NULL)),
    CONSTRAINT webhook_starts_at_a_posting CHECK (start > 0),
    CONSTRAINT webhook_has_a_run CHECK (run > 0)
);

-- Where a webhook stands: `number` is the last posting that was delivered or passed over. Whoever holds the lease
-- delivers, and nobody else; a lease that is over is taken by whoever comes first.
CREATE TABLE webhook_position (
    org_id          bigint      NOT NULL,
    webhook_id      bigint      NOT NULL,
    version         bigint      NOT NULL,
    run             bigint      NOT NULL,
    number          bigint      NOT NULL,
    tries           bigint      NOT NULL,
    failures        bigint      NOT NULL,
    failing_since   timestamptz,
    next_attempt_at timestamptz NOT NULL,
    leased_by       text,
    lease_until     timestamptz,
    CONSTRAINT webhook_position_pkey PRIMARY KEY (org_id, webhook_id),
    CONSTRAINT webhook_position_of_a_webhook FOREIGN KEY (org_id, webhook_id) REFERENCES webhook (org_id, id),
    CONSTRAINT webhook_position_not_negative CHECK (number >= 0 AND tries >= 0 AND failures >= 0),
    CONSTRAINT webhook_position_fails_since_a_moment CHECK ((failures > 0) = (failing_since IS NOT NULL)),
    CONSTRAINT webhook_position_lease_has_an_end CHECK ((leased_by IS NULL) = (lease_until IS NULL))
) WITH (fillfactor = 50);

-- The last tries of each webhook, in slots that are used again.
CREATE TABLE webhook_delivery (
    org_id       bigint      NOT NULL,
    webhook_id   bigint      NOT NULL,
    slot         integer     NOT NULL,
    try          bigint      NOT NULL,
    number       bigint      NOT NULL,
    attempted_at timestamptz NOT NULL,
    status       integer,
    detail       text,
    milliseconds bigint      NOT NULL,
    CONSTRAINT webhook_delivery_pkey PRIMARY KEY (org_id, webhook_id, slot),
    CONSTRAINT webhook_delivery_of_a_webhook FOREIGN KEY (org_id, webhook_id) REFERENCES webhook (org_id, id),
    CONSTRAINT webhook_delivery_slot_is_bounded CHECK (slot BETWEEN 0 AND 999)
) WITH (fillfactor = 50);

SELECT guard_versions(name) FROM unnest(ARRAY['webhook', 'webhook_position', 'webhook_delivery']) AS made (name);
