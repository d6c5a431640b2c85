-- What is read off the journal beside the act: how far each reading is, and the totals of items over all sites.

CREATE TABLE projection (
    org_id bigint NOT NULL,
    name   text   NOT NULL,
    number bigint NOT NULL,
    CONSTRAINT projection_pkey PRIMARY KEY (org_id, name),
    CONSTRAINT projection_number_not_negative CHECK (number >= 0)
);

-- It may be a moment behind the holdings, and is always right for the number that its projection has reached.
CREATE TABLE item_total (
    org_id     bigint NOT NULL,
    item_id    bigint NOT NULL,
    available  bigint NOT NULL,
    reserved   bigint NOT NULL,
    sold       bigint NOT NULL,
    quarantine bigint NOT NULL,
    hold       bigint NOT NULL,
    incoming   bigint NOT NULL,
    defective  bigint NOT NULL,
    sample     bigint NOT NULL,
    CONSTRAINT item_total_pkey PRIMARY KEY (org_id, item_id),
    CONSTRAINT item_total_of_an_item FOREIGN KEY (org_id, item_id) REFERENCES item (org_id, id)
) WITH (fillfactor = 50);

CREATE INDEX item_by_product ON item (org_id, product_id, id) WHERE product_id IS NOT NULL;

SELECT guard_versions(name) FROM unnest(ARRAY['projection', 'item_total']) AS made (name);
