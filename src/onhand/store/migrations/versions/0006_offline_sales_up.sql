-- What tills sold while it could not be deducted. Nothing ever leaves this table.

CREATE TABLE offline_sale (
    org_id      bigint      NOT NULL,
    id          bigint      NOT NULL,
    version     integer     NOT NULL,
    site_id     bigint      NOT NULL,
    transaction text        NOT NULL,
    status      text        NOT NULL,
    reason      text        NOT NULL,
    device      text        NOT NULL,
    sequence    bigint      NOT NULL,
    sold_at     timestamptz NOT NULL,
    arrived_at  timestamptz NOT NULL,
    items       jsonb       NOT NULL,
    slice       bigint,
    errors      jsonb       NOT NULL,
    decided_by  text,
    decision    text,
    CONSTRAINT offline_sale_pkey PRIMARY KEY (org_id, id),
    CONSTRAINT offline_sale_transaction_unique UNIQUE (org_id, site_id, transaction),
    CONSTRAINT offline_sale_site_exists FOREIGN KEY (org_id, site_id) REFERENCES site (org_id, id),
    CONSTRAINT offline_sale_status_known CHECK (
        status IN ('pending', 'insufficient_stock', 'approved', 'rejected', 'synced')
    ),
    CONSTRAINT offline_sale_reason_known CHECK (reason IN ('offline', 'insufficient_stock')),
    CONSTRAINT offline_sale_has_items CHECK (jsonb_array_length(items) > 0),
    CONSTRAINT offline_sale_is_decided_by_somebody CHECK (
        (status IN ('approved', 'rejected')) = (decided_by IS NOT NULL)
        AND (decided_by IS NULL) = (decision IS NULL)
    )
);

CREATE INDEX offline_sale_in_order ON offline_sale (org_id, site_id, status, sold_at, sequence, id);

CREATE TRIGGER offline_sale_is_never_dropped
    BEFORE DELETE ON offline_sale FOR EACH ROW EXECUTE FUNCTION refuse_to_change_history();

SELECT guard_versions('offline_sale');
SELECT guard_status('offline_sale', 'pending insufficient_stock approved rejected synced');
