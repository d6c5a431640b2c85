-- What products are made of, what that is at each site, and what sales took.

CREATE TABLE recipe (
    org_id     bigint  NOT NULL,
    id         bigint  NOT NULL,
    version    integer NOT NULL,
    product_id bigint  NOT NULL,
    versions   jsonb   NOT NULL,
    CONSTRAINT recipe_pkey PRIMARY KEY (org_id, id),
    CONSTRAINT recipe_product_unique UNIQUE (org_id, product_id),
    CONSTRAINT recipe_product_exists FOREIGN KEY (org_id, product_id) REFERENCES product (org_id, id),
    CONSTRAINT recipe_has_versions CHECK (jsonb_array_length(versions) > 0)
);

CREATE TABLE recipe_version (
    org_id            bigint  NOT NULL,
    id                bigint  NOT NULL,
    version           integer NOT NULL,
    product_id        bigint  NOT NULL,
    yield_unit        text    NOT NULL,
    yield_numerator   bigint  NOT NULL,
    yield_denominator bigint  NOT NULL,
    ingredients       jsonb   NOT NULL,
    CONSTRAINT recipe_version_pkey PRIMARY KEY (org_id, id),
    CONSTRAINT recipe_version_product_exists FOREIGN KEY (org_id, product_id) REFERENCES product (org_id, id),
    CONSTRAINT recipe_version_yield_above_zero CHECK (yield_numerator > 0 AND yield_denominator > 0),
    CONSTRAINT recipe_version_has_ingredients CHECK (jsonb_array_length(ingredients) > 0),
    CONSTRAINT recipe_version_never_changes CHECK (version = 1)
);

-- One mapping for each site, ingredient and unit.
CREATE TABLE mapping (
    org_id      bigint  NOT NULL,
    id          bigint  NOT NULL,
    version     integer NOT NULL,
    site_id     bigint  NOT NULL,
    ingredient  text    NOT NULL,
    unit        text    NOT NULL,
    item_id     bigint  NOT NULL,
    numerator   bigint  NOT NULL,
    denominator bigint  NOT NULL,
    retired     boolean NOT NULL,
    CONSTRAINT mapping_pkey PRIMARY KEY (org_id, id),
    CONSTRAINT mapping_ingredient_unique UNIQUE (org_id, site_id, ingredient, unit),
    CONSTRAINT mapping_site_exists FOREIGN KEY (org_id, site_id) REFERENCES site (org_id, id),
    CONSTRAINT mapping_item_exists FOREIGN KEY (org_id, item_id) REFERENCES item (org_id, id),
    CONSTRAINT mapping_factor_above_zero CHECK (numerator > 0 AND denominator > 0)
);

CREATE TABLE deduction (
    org_id      bigint  NOT NULL,
    id          bigint  NOT NULL,
    version     integer NOT NULL,
    site_id     bigint  NOT NULL,
    transaction text    NOT NULL,
    status      text    NOT NULL,
    items       jsonb   NOT NULL,
    parts       jsonb   NOT NULL,
    CONSTRAINT deduction_pkey PRIMARY KEY (org_id, id),
    -- Looked at when all is written, so that a key that is taken speaks first, and a retry is known for one.
    CONSTRAINT deduction_transaction_unique UNIQUE (org_id, site_id, transaction) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT deduction_site_exists FOREIGN KEY (org_id, site_id) REFERENCES site (org_id, id),
    CONSTRAINT deduction_status_known CHECK (status IN ('deducted', 'partly_voided', 'voided')),
    CONSTRAINT deduction_has_items CHECK (jsonb_array_length(items) > 0)
);

-- A deduction takes from holdings of its own site, whatever the kernel says. They are looked up one by one, since a plan
-- made for an empty table would read by org_id alone.
CREATE FUNCTION refuse_parts_of_other_sites() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT
          FROM added
         CROSS JOIN jsonb_array_elements(added.parts) AS part
          LEFT JOIN LATERAL (
               SELECT holding.site_id
                 FROM holding
                WHERE holding.org_id = added.org_id
                  AND holding.id = (part ->> 2)::bigint
               OFFSET 0
               ) AS place
            ON true
         WHERE place.site_id IS DISTINCT FROM added.site_id
    ) THEN
        RAISE EXCEPTION 'a deduction takes from holdings of its own site only'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'deduction_parts_of_its_site';
    END IF;
    RETURN NULL;
END;
$$;

CREATE FUNCTION refuse_to_change_a_deduction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what a deduction took never changes' USING ERRCODE = 'object_not_in_prerequisite_state';
END;
$$;

CREATE TRIGGER deduction_parts_of_its_site
    AFTER INSERT ON deduction REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_parts_of_other_sites();
CREATE TRIGGER deduction_stays_what_it_is
    AFTER UPDATE ON deduction FOR EACH ROW
    WHEN ((NEW.site_id, NEW.transaction, NEW.parts) IS DISTINCT FROM (OLD.site_id, OLD.transaction, OLD.parts))
    EXECUTE FUNCTION refuse_to_change_a_deduction();

SELECT guard_versions('recipe');
SELECT guard_versions('recipe_version');
SELECT guard_versions('mapping');
SELECT guard_versions('deduction');

-- ---- transitions: the same tables as in the kernel

CREATE OR REPLACE FUNCTION status_may_follow(entity text, source text, target text)
RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT source = target OR CASE entity
        WHEN 'reservation' THEN source || ' ' || target IN (
            'pending active', 'pending released', 'pending expired', 'pending releasing',
            'active committed', 'active released', 'active expired', 'active releasing',
            'releasing active', 'releasing released', 'releasing expired')
        WHEN 'transfer' THEN source || ' ' || target = 'in_transit received'
        WHEN 'deduction' THEN source || ' ' || target IN (
            'deducted partly_voided', 'deducted voided', 'partly_voided voided')
        WHEN 'offline_sale' THEN source || ' ' || target IN (
            'pending synced', 'pending insufficient_stock', 'pending approved', 'pending rejected',
            'insufficient_stock approved', 'insufficient_stock rejected')
        ELSE true
    END
$$;

ALTER TABLE change DROP CONSTRAINT change_follows_its_transitions;
ALTER TABLE change ADD CONSTRAINT change_follows_its_transitions CHECK (
    entity NOT IN ('reservation', 'transfer', 'deduction', 'offline_sale')
    OR before IS NULL
    OR action = 'reverted'
    OR status_may_follow(entity, before ->> 'status', after ->> 'status')
) NOT VALID;

SELECT guard_status('deduction', 'deducted partly_voided voided');
