-- Planning: purchases that are expected, and reorder points.

CREATE TABLE purchase (
    org_id      bigint  NOT NULL,
    id          bigint  NOT NULL,
    version     integer NOT NULL,
    site_id     bigint  NOT NULL,
    status      text    NOT NULL,
    supplier    text,
    expected_on date,
    CONSTRAINT purchase_pkey PRIMARY KEY (org_id, id),
    CONSTRAINT purchase_site_exists FOREIGN KEY (org_id, site_id) REFERENCES site (org_id, id),
    CONSTRAINT purchase_status_known CHECK (status IN ('expected', 'received', 'cancelled'))
);

CREATE INDEX purchase_expected ON purchase (org_id, id) WHERE status = 'expected';

CREATE TABLE purchase_line (
    org_id      bigint NOT NULL,
    purchase_id bigint NOT NULL,
    holding_id  bigint NOT NULL,
    quantity    bigint NOT NULL,
    CONSTRAINT purchase_line_pkey PRIMARY KEY (org_id, purchase_id, holding_id),
    CONSTRAINT purchase_line_of_a_purchase FOREIGN KEY (org_id, purchase_id) REFERENCES purchase (org_id, id),
    CONSTRAINT purchase_line_of_a_holding FOREIGN KEY (org_id, holding_id) REFERENCES holding (org_id, id),
    CONSTRAINT purchase_line_not_negative CHECK (quantity >= 0)
);

CREATE TABLE reorder_point (
    org_id  bigint  NOT NULL,
    id      bigint  NOT NULL,
    version integer NOT NULL,
    site_id bigint  NOT NULL,
    item_id bigint  NOT NULL,
    point   bigint  NOT NULL,
    target  bigint  NOT NULL,
    retired boolean NOT NULL,
    CONSTRAINT reorder_point_pkey PRIMARY KEY (org_id, id),
    CONSTRAINT reorder_point_of_an_item_unique UNIQUE (org_id, site_id, item_id),
    CONSTRAINT reorder_point_site_exists FOREIGN KEY (org_id, site_id) REFERENCES site (org_id, id),
    CONSTRAINT reorder_point_item_exists FOREIGN KEY (org_id, item_id) REFERENCES item (org_id, id),
    CONSTRAINT reorder_point_not_negative CHECK (point >= 0),
    CONSTRAINT reorder_point_not_above_its_target CHECK (retired OR point <= target)
);

SELECT guard_versions(name) FROM unnest(ARRAY['purchase', 'purchase_line', 'reorder_point']) AS made (name);

-- A purchase is expected until it is received or cancelled; only an undoing goes back.
CREATE FUNCTION purchase_status_may_follow(source text, target text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT source = target OR source || ' ' || target IN ('expected received', 'expected cancelled')
$$;

ALTER TABLE change ADD CONSTRAINT change_follows_the_transitions_of_purchases CHECK (
    entity <> 'purchase'
    OR before IS NULL
    OR action = 'reverted'
    OR purchase_status_may_follow(before ->> 'status', after ->> 'status')
) NOT VALID;

CREATE CONSTRAINT TRIGGER purchase_follows_its_transitions AFTER UPDATE ON purchase DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NOT purchase_status_may_follow(OLD.status, NEW.status)) EXECUTE FUNCTION refuse_status('purchase');
