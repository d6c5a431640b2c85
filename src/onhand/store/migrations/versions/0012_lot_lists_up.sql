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
