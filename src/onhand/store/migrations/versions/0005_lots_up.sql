-- Lots: statuses, and what an intake tells of them; vendors and brands.

CREATE TABLE vendor (
    org_id  bigint  NOT NULL,
    id      bigint  NOT NULL,
    version integer NOT NULL,
    name    text    NOT NULL,
    CONSTRAINT vendor_pkey PRIMARY KEY (org_id, id),
    CONSTRAINT vendor_name_unique UNIQUE (org_id, name),
    CONSTRAINT vendor_name_length CHECK (char_length(name) BETWEEN 1 AND 255)
);

CREATE TABLE brand (
    org_id  bigint  NOT NULL,
    id      bigint  NOT NULL,
    version integer NOT NULL,
    name    text    NOT NULL,
    CONSTRAINT brand_pkey PRIMARY KEY (org_id, id),
    CONSTRAINT brand_name_unique UNIQUE (org_id, name),
    CONSTRAINT brand_name_length CHECK (char_length(name) BETWEEN 1 AND 255)
);

-- What intakes call a product, and the item under which they book it.
CREATE TABLE listing (
    org_id   bigint  NOT NULL,
    id       bigint  NOT NULL,
    version  integer NOT NULL,
    brand_id bigint  NOT NULL,
    name     text    NOT NULL,
    item_id  bigint  NOT NULL,
    CONSTRAINT listing_pkey PRIMARY KEY (org_id, id),
    CONSTRAINT listing_name_unique UNIQUE (org_id, brand_id, name),
    CONSTRAINT listing_brand_exists FOREIGN KEY (org_id, brand_id) REFERENCES brand (org_id, id),
    CONSTRAINT listing_item_exists FOREIGN KEY (org_id, item_id) REFERENCES item (org_id, id),
    CONSTRAINT listing_name_length CHECK (char_length(name) BETWEEN 1 AND 500)
);

SELECT guard_versions('vendor'), guard_versions('brand'), guard_versions('listing');

ALTER TABLE location
    ADD COLUMN zone  text,
    ADD COLUMN rack  text,
    ADD COLUMN shelf text,
    ADD COLUMN bin   text,
    ADD CONSTRAINT location_parts_length CHECK (
        greatest(char_length(zone), char_length(rack), char_length(shelf), char_length(bin)) <= 50
    );

-- ---- statuses

-- The table of transitions in onhand/kernel/transitions.py once more; a status may stay as it is.
CREATE FUNCTION lot_status_may_follow(source text, target text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT source = target
        OR source <> 'CLOSED'
       AND (source, target) NOT IN (('AWAITING_INTAKE', 'SOLD_OUT'), ('SOLD_OUT', 'AWAITING_INTAKE'))
$$;

ALTER TABLE lot
    ADD COLUMN status        text NOT NULL DEFAULT 'LIVE',
    ADD COLUMN status_since  timestamptz,
    ADD COLUMN vendor_id     bigint,
    ADD COLUMN brand_id      bigint,
    ADD COLUMN category      text,
    ADD COLUMN subcategory   text,
    ADD COLUMN grade         text,
    ADD COLUMN strain_id     bigint,
    ADD COLUMN cost_mode     text,
    ADD COLUMN unit_cost     bigint,
    ADD COLUMN cost_min      bigint,
    ADD COLUMN cost_max      bigint,
    ADD COLUMN payment_terms text,
    ADD COLUMN label         text,
    ADD CONSTRAINT lot_vendor_exists FOREIGN KEY (org_id, vendor_id) REFERENCES vendor (org_id, id),
    ADD CONSTRAINT lot_brand_exists FOREIGN KEY (org_id, brand_id) REFERENCES brand (org_id, id),
    ADD CONSTRAINT lot_status_known CHECK (
        status IN ('AWAITING_INTAKE', 'LIVE', 'PHOTOGRAPHY_COMPLETE', 'ON_HOLD', 'QUARANTINED', 'SOLD_OUT', 'CLOSED')
    ),
    ADD CONSTRAINT lot_category_length CHECK (char_length(category) BETWEEN 1 AND 100),
    ADD CONSTRAINT lot_subcategory_length CHECK (char_length(subcategory) BETWEEN 1 AND 100),
    ADD CONSTRAINT lot_grade_length CHECK (char_length(grade) BETWEEN 1 AND 10),
    ADD CONSTRAINT lot_strain_above_zero CHECK (strain_id > 0),
    ADD CONSTRAINT lot_terms_known CHECK (
        payment_terms IN ('COD', 'NET_7', 'NET_15', 'NET_30', 'CONSIGNMENT', 'PARTIAL')
    ),
    ADD CONSTRAINT lot_costs_fit_their_mode CHECK (
        CASE coalesce(cost_mode, 'NONE')
            WHEN 'NONE' THEN num_nonnulls(unit_cost, cost_min, cost_max) = 0
            WHEN 'FIXED' THEN unit_cost IS NOT NULL AND num_nonnulls(cost_min, cost_max) = 0 AND unit_cost >= 0
            WHEN 'RANGE' THEN unit_cost IS NULL AND num_nonnulls(cost_min, cost_max) = 2
                              AND cost_min >= 0 AND cost_min < cost_max
            ELSE false
        END
    ),
    ADD CONSTRAINT lot_costs_in_hundredths CHECK (
        coalesce(unit_cost % 10000, 0) = 0 AND coalesce(cost_min % 10000, 0) = 0 AND coalesce(cost_max % 10000, 0) = 0
    );

-- Each step of a lot's life, as history tells it; the rows that are there already told of no status.
ALTER TABLE change
    ADD CONSTRAINT change_lot_status_may_follow CHECK (
        entity <> 'lot' OR before IS NULL OR lot_status_may_follow(before ->> 'status', after ->> 'status')
    ) NOT VALID;

-- The same where somebody edits the table. A batch saves a lot once after several steps, each of which was checked above;
-- so of the engine only the end that nothing leads out of is asked here.
CREATE FUNCTION refuse_lot_status() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status = 'CLOSED'
       OR current_user <> 'onhand_engine' AND NOT lot_status_may_follow(OLD.status, NEW.status) THEN
        RAISE EXCEPTION 'a lot that is % cannot become %', OLD.status, NEW.status
            USING ERRCODE = 'check_violation', CONSTRAINT = 'lot_status_may_follow', TABLE = 'lot';
    END IF;
    RETURN NULL;
END;
$$;

CREATE TRIGGER lot_status_may_follow
    AFTER UPDATE OF status ON lot
    FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION refuse_lot_status();

-- All places of a lot: for its recall, and to know whether it is sold out.
CREATE INDEX holding_by_lot ON holding (org_id, lot_id) WHERE lot_id IS NOT NULL;
