-- Lots as they are listed and searched.

-- The words by which people look for lots; they are told once and never change.
CREATE TABLE lot_word (
    org_id bigint           NOT NULL,
    word   text COLLATE "C" NOT NULL,
    lot_id bigint           NOT NULL,
    CONSTRAINT lot_word_pkey PRIMARY KEY (org_id, word, lot_id),
    CONSTRAINT lot_word_of_a_lot FOREIGN KEY (org_id, lot_id) REFERENCES lot (org_id, id)
);

CREATE INDEX lot_word_by_lot ON lot_word (org_id, lot_id, word);

SELECT guard_versions('lot_word');

-- Ids count up as lots come in, so each index gives its lots in that order.
CREATE INDEX lot_by_status ON lot (org_id, status, id);
CREATE INDEX lot_by_category ON lot (org_id, category, id) WHERE category IS NOT NULL;
CREATE INDEX lot_by_subcategory ON lot (org_id, subcategory, id) WHERE subcategory IS NOT NULL;
CREATE INDEX lot_by_brand ON lot (org_id, brand_id, id) WHERE brand_id IS NOT NULL;
CREATE INDEX lot_by_vendor ON lot (org_id, vendor_id, id) WHERE vendor_id IS NOT NULL;
CREATE INDEX lot_by_expiry ON lot (org_id, expires_on, id) WHERE expires_on IS NOT NULL;
CREATE INDEX lot_by_status_and_expiry ON lot (org_id, status, expires_on, id) WHERE expires_on IS NOT NULL;
CREATE INDEX lot_by_time ON lot (org_id, received_at);
CREATE INDEX holding_by_site_and_lot ON holding (org_id, site_id, lot_id) WHERE lot_id IS NOT NULL;

-- ---- the key that cursors are signed with; an edit that is recorded does not tell it

ALTER TABLE org ADD COLUMN cursor_key uuid NOT NULL DEFAULT gen_random_uuid();

CREATE OR REPLACE FUNCTION record_outside_edit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO outside_edit (org_id, table_name, operation, before, after)
    VALUES (
        coalesce((to_jsonb(NEW) ->> 'org_id')::bigint, (to_jsonb(OLD) ->> 'org_id')::bigint),
        TG_ARGV[0], TG_OP, to_jsonb(OLD) - 'cursor_key', to_jsonb(NEW) - 'cursor_key'
    );
    RETURN NULL;
END;
$$;

-- ---- lab results and what else is told of a lot

CREATE TABLE lot_metadata (
    org_id  bigint  NOT NULL,
    id      bigint  NOT NULL,
    version integer NOT NULL,
    lot_id  bigint  NOT NULL,
    facts   jsonb   NOT NULL,
    CONSTRAINT lot_metadata_pkey PRIMARY KEY (org_id, id),
    CONSTRAINT lot_metadata_unique UNIQUE (org_id, lot_id),
    CONSTRAINT lot_metadata_of_a_lot FOREIGN KEY (org_id, lot_id) REFERENCES lot (org_id, id),
    CONSTRAINT lot_metadata_has_members CHECK (jsonb_typeof(facts) = 'object')
);

SELECT guard_versions('lot_metadata');

-- ---- alerts, and what is low

CREATE TABLE stock_level (
    org_id  bigint  NOT NULL,
    id      bigint  NOT NULL,
    version integer NOT NULL,
    site_id bigint  NOT NULL,
    item_id bigint  NOT NULL,
    low     bigint  NOT NULL,
    CONSTRAINT stock_level_pkey PRIMARY KEY (org_id, id),
    CONSTRAINT stock_level_unique UNIQUE (org_id, site_id, item_id),
    CONSTRAINT stock_level_site_exists FOREIGN KEY (org_id, site_id) REFERENCES site (org_id, id),
    CONSTRAINT stock_level_item_exists FOREIGN KEY (org_id, item_id) REFERENCES item (org_id, id)
);

-- Site and lot are zero where there is none, so that one rule has one alert for each subject.
CREATE TABLE alert (
    org_id      bigint      NOT NULL,
    id          bigint      NOT NULL,
    version     integer     NOT NULL,
    rule        text        NOT NULL,
    site_id     bigint      NOT NULL,
    item_id     bigint      NOT NULL,
    lot_id      bigint      NOT NULL,
    severity    text        NOT NULL,
    status      text        NOT NULL,
    raised_at   timestamptz NOT NULL,
    resolved_at timestamptz,
    facts       jsonb       NOT NULL,
    CONSTRAINT alert_pkey PRIMARY KEY (org_id, id),
    CONSTRAINT alert_unique UNIQUE (org_id, rule, site_id, item_id, lot_id),
    CONSTRAINT alert_item_exists FOREIGN KEY (org_id, item_id) REFERENCES item (org_id, id),
    CONSTRAINT alert_rule_known CHECK (
        rule IN ('low_stock', 'out_of_stock', 'negative', 'expiring', 'expired', 'on_hold')
    ),
    CONSTRAINT alert_severity_known CHECK (severity IN ('info', 'warning', 'critical')),
    CONSTRAINT alert_status_known CHECK (status IN ('open', 'acknowledged', 'resolved')),
    CONSTRAINT alert_resolved_at_a_time CHECK ((status = 'resolved') = (resolved_at IS NOT NULL))
);

CREATE INDEX alert_by_status ON alert (org_id, status, id);
CREATE INDEX holding_that_may_be_negative ON holding (org_id, id) WHERE floor < 0;

SELECT guard_versions('stock_level'), guard_versions('alert');
