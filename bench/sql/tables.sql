-- The tables of the peers: what an engineer needs to sell, to explain a balance and to recognise a retry.
--
-- Kept as lean as the task allows, in the peers' favour: one index on the history, which is also the guard
-- against a key that comes twice, and no foreign key.

CREATE TABLE stock (
    site_id   integer NOT NULL,
    item_id   integer NOT NULL,
    available bigint  NOT NULL,
    CONSTRAINT stock_pkey PRIMARY KEY (site_id, item_id),
    CONSTRAINT stock_available_not_negative CHECK (available >= 0)
) WITH (fillfactor = 50);

CREATE TABLE movement (
    key         text        NOT NULL,
    line        integer     NOT NULL,
    site_id     integer     NOT NULL,
    item_id     integer     NOT NULL,
    quantity    bigint      NOT NULL,
    before      bigint      NOT NULL,
    after       bigint      NOT NULL,
    actor       text        NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT movement_pkey PRIMARY KEY (key, line)
);
