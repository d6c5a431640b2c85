-- The shop: prices and VAT rates of items, barcodes, words of names, options of products, settings, receipts.

ALTER TABLE item
    ADD COLUMN price    bigint,
    ADD COLUMN vat_rate bigint NOT NULL DEFAULT 0,
    ADD COLUMN options  jsonb  NOT NULL DEFAULT '[]',
    ADD CONSTRAINT item_price_not_negative CHECK (price >= 0),
    ADD CONSTRAINT item_vat_rate_is_a_percentage CHECK (vat_rate BETWEEN 0 AND 100000000);

ALTER TABLE product ADD COLUMN options jsonb NOT NULL DEFAULT '[]';

CREATE TABLE barcode (
    org_id  bigint  NOT NULL,
    id      bigint  NOT NULL,
    version integer NOT NULL,
    code    text    NOT NULL,
    item_id bigint  NOT NULL,
    CONSTRAINT barcode_pkey PRIMARY KEY (org_id, id),
    CONSTRAINT barcode_code_unique UNIQUE (org_id, code),
    CONSTRAINT barcode_item_exists FOREIGN KEY (org_id, item_id) REFERENCES item (org_id, id)
);

-- The words of the items' names, for searching; a word that a name does not have any more stays, not present.
CREATE TABLE item_word (
    org_id  bigint           NOT NULL,
    word    text COLLATE "C" NOT NULL,
    item_id bigint           NOT NULL,
    present boolean          NOT NULL,
    CONSTRAINT item_word_pkey PRIMARY KEY (org_id, word, item_id),
    CONSTRAINT item_word_of_an_item FOREIGN KEY (org_id, item_id) REFERENCES item (org_id, id)
);

CREATE INDEX item_word_by_item ON item_word (org_id, item_id, word);

CREATE TABLE setting (
    org_id  bigint  NOT NULL,
    id      bigint  NOT NULL,
    version integer NOT NULL,
    name    text    NOT NULL,
    value   text    NOT NULL,
    CONSTRAINT setting_pkey PRIMARY KEY (org_id, id),
    CONSTRAINT setting_name_unique UNIQUE (org_id, name)
);

-- Amounts in millionths of the currency, whole cents all.
CREATE TABLE receipt (
    org_id    bigint      NOT NULL,
    id        bigint      NOT NULL,
    version   integer     NOT NULL,
    number    bigint      NOT NULL,
    site_id   bigint      NOT NULL,
    status    text        NOT NULL,
    issued_at timestamptz NOT NULL,
    sold      jsonb       NOT NULL,
    rates     jsonb       NOT NULL,
    net       bigint      NOT NULL,
    vat       bigint      NOT NULL,
    gross     bigint      NOT NULL,
    CONSTRAINT receipt_pkey PRIMARY KEY (org_id, id),
    CONSTRAINT receipt_number_unique UNIQUE (org_id, number),
    CONSTRAINT receipt_number_above_zero CHECK (number > 0),
    CONSTRAINT receipt_site_exists FOREIGN KEY (org_id, site_id) REFERENCES site (org_id, id),
    CONSTRAINT receipt_status_known CHECK (status IN ('issued', 'voided')),
    CONSTRAINT receipt_adds_up CHECK (net + vat = gross),
    CONSTRAINT receipt_in_whole_cents CHECK (net % 10000 = 0 AND vat % 10000 = 0 AND gross % 10000 = 0)
);

CREATE INDEX receipt_by_time ON receipt (org_id, issued_at);

-- What was voided, and issued again, for the VAT report of the days on which that happened.
CREATE INDEX change_of_an_issued_receipt ON change (org_id, number) WHERE entity = 'receipt' AND before IS NOT NULL;

CREATE FUNCTION refuse_to_change_a_receipt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (to_jsonb(NEW) - 'version' - 'status') IS DISTINCT FROM (to_jsonb(OLD) - 'version' - 'status') THEN
        RAISE EXCEPTION 'a receipt never changes but for being voided' USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    RETURN NULL;
END;
$$;

CREATE TRIGGER receipt_never_changes AFTER UPDATE ON receipt
    FOR EACH ROW EXECUTE FUNCTION refuse_to_change_a_receipt();

SELECT guard_versions(name) FROM unnest(ARRAY['barcode', 'item_word', 'setting', 'receipt']) AS made (name);
