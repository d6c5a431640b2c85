-- Orders: serials, customers, invoices, payments and orders. Money is in millionths of the currency.

ALTER TABLE reservation
    ADD COLUMN owner    text,
    ADD COLUMN owner_id bigint,
    ADD CONSTRAINT reservation_owner_has_an_id CHECK ((owner IS NULL) = (owner_id IS NULL));

-- A single item in its life: Available, Reserved, Sold, Delivered.
CREATE TABLE serial (
    org_id         bigint      NOT NULL,
    id             bigint      NOT NULL,
    version        integer     NOT NULL,
    unit_id        bigint      NOT NULL,
    status         text        NOT NULL,
    condition      text,
    document_type  text,
    document_id    text,
    reserved_by    text,
    reserved_until timestamptz,
    reservation_id bigint,
    CONSTRAINT serial_pkey PRIMARY KEY (org_id, id),
    CONSTRAINT serial_unit_unique UNIQUE (org_id, unit_id),
    CONSTRAINT serial_unit_exists FOREIGN KEY (org_id, unit_id) REFERENCES unit (org_id, id),
    CONSTRAINT serial_status_known CHECK (status IN ('available', 'reserved', 'sold', 'delivered', 'gone')),
    CONSTRAINT serial_reserved_for_a_reservation CHECK ((status = 'reserved') = (reservation_id IS NOT NULL)),
    CONSTRAINT serial_for_nobody_has_no_document CHECK (status NOT IN ('available', 'gone') OR document_id IS NULL)
);

CREATE INDEX serial_by_status ON serial (org_id, status, id);

CREATE TABLE customer (
    org_id     bigint  NOT NULL,
    id         bigint  NOT NULL,
    version    integer NOT NULL,
    code       text    NOT NULL,
    name       text    NOT NULL,
    email      text,
    vat_number text,
    CONSTRAINT customer_pkey PRIMARY KEY (org_id, id),
    CONSTRAINT customer_code_unique UNIQUE (org_id, code)
);

-- What is sold and not delivered yet are pairs of holding and quantity.
CREATE TABLE invoice (
    org_id             bigint  NOT NULL,
    id                 bigint  NOT NULL,
    version            integer NOT NULL,
    number             text    NOT NULL,
    site_id            bigint  NOT NULL,
    status             text    NOT NULL,
    reservation_id     bigint  NOT NULL,
    line_count         bigint  NOT NULL,
    prices_include_vat boolean NOT NULL,
    net                bigint  NOT NULL,
    vat                bigint  NOT NULL,
    gross              bigint  NOT NULL,
    paid               bigint  NOT NULL,
    customer_id        bigint,
    sold               jsonb,
    delivery           jsonb,
    CONSTRAINT invoice_pkey PRIMARY KEY (org_id, id),
    CONSTRAINT invoice_number_unique UNIQUE (org_id, number),
    CONSTRAINT invoice_site_exists FOREIGN KEY (org_id, site_id) REFERENCES site (org_id, id),
    CONSTRAINT invoice_customer_exists FOREIGN KEY (org_id, customer_id) REFERENCES customer (org_id, id),
    CONSTRAINT invoice_reservation_exists FOREIGN KEY (org_id, reservation_id) REFERENCES reservation (org_id, id),
    CONSTRAINT invoice_status_known CHECK (status IN ('open', 'paid', 'delivered', 'cancelled')),
    CONSTRAINT invoice_adds_up CHECK (net + vat = gross AND net >= 0 AND vat >= 0),
    CONSTRAINT invoice_paid_at_most_in_full CHECK (paid BETWEEN 0 AND gross),
    CONSTRAINT invoice_open_is_not_paid CHECK (status <> 'open' OR paid < gross OR gross = 0),
    CONSTRAINT invoice_paid_is_paid CHECK (status <> 'paid' OR paid = gross),
    CONSTRAINT invoice_sold_while_paid CHECK (status = 'paid' OR sold IS NULL)
);

CREATE INDEX invoice_by_reservation ON invoice (org_id, reservation_id);
CREATE INDEX invoice_by_status ON invoice (org_id, status, id);

CREATE TABLE invoice_line (
    org_id     bigint  NOT NULL,
    id         bigint  NOT NULL,
    version    integer NOT NULL,
    invoice_id bigint  NOT NULL,
    position   bigint  NOT NULL,
    item_id    bigint  NOT NULL,
    quantity   bigint  NOT NULL,
    price      bigint  NOT NULL,
    vat_rate   bigint  NOT NULL,
    net        bigint  NOT NULL,
    vat        bigint  NOT NULL,
    gross      bigint  NOT NULL,
    unit_id    bigint,
    is_open    boolean NOT NULL,
    returned   bigint  NOT NULL,
    CONSTRAINT invoice_line_pkey PRIMARY KEY (org_id, id),
    CONSTRAINT invoice_line_position_unique UNIQUE (org_id, invoice_id, position),
    CONSTRAINT invoice_line_of_an_invoice FOREIGN KEY (org_id, invoice_id) REFERENCES invoice (org_id, id),
    CONSTRAINT invoice_line_item_exists FOREIGN KEY (org_id, item_id) REFERENCES item (org_id, id),
    CONSTRAINT invoice_line_unit_of_its_item
        FOREIGN KEY (org_id, unit_id, item_id) REFERENCES unit (org_id, id, item_id),
    CONSTRAINT invoice_line_adds_up CHECK (net + vat = gross),
    CONSTRAINT invoice_line_quantity_above_zero CHECK (quantity > 0),
    CONSTRAINT invoice_line_unit_is_one CHECK (unit_id IS NULL OR quantity = 1000000),
    CONSTRAINT invoice_line_returned_at_most_all CHECK (returned BETWEEN 0 AND quantity),
    -- A batch saves rows in no special order, so this is looked at when all are there.
    CONSTRAINT invoice_line_unit_on_one_open_document EXCLUDE USING btree (org_id WITH =, unit_id WITH =)
        WHERE (is_open AND unit_id IS NOT NULL) DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX invoice_line_by_unit ON invoice_line (org_id, unit_id) WHERE unit_id IS NOT NULL;

CREATE TABLE sales_order (
    org_id       bigint  NOT NULL,
    id           bigint  NOT NULL,
    version      integer NOT NULL,
    number       text    NOT NULL,
    status       text    NOT NULL,
    reservations jsonb   NOT NULL,
    ordered      jsonb   NOT NULL,
    net          bigint  NOT NULL,
    vat          bigint  NOT NULL,
    gross        bigint  NOT NULL,
    paid         bigint  NOT NULL,
    customer_id  bigint,
    CONSTRAINT sales_order_pkey PRIMARY KEY (org_id, id),
    CONSTRAINT sales_order_number_unique UNIQUE (org_id, number),
    CONSTRAINT sales_order_customer_exists FOREIGN KEY (org_id, customer_id) REFERENCES customer (org_id, id),
    CONSTRAINT sales_order_status_known CHECK (status IN ('placed', 'paid', 'fulfilled', 'completed', 'cancelled')),
    CONSTRAINT sales_order_adds_up CHECK (net + vat = gross AND net >= 0 AND vat >= 0),
    CONSTRAINT sales_order_paid_at_most_in_full CHECK (paid BETWEEN 0 AND gross),
    CONSTRAINT sales_order_paid_is_paid CHECK (status NOT IN ('paid', 'fulfilled') OR paid = gross)
);

CREATE INDEX sales_order_by_status ON sales_order (org_id, status, id);

-- Money that came, or went back where it is below zero; what was undone is zero.
CREATE TABLE payment (
    org_id     bigint      NOT NULL,
    id         bigint      NOT NULL,
    version    integer     NOT NULL,
    amount     bigint      NOT NULL,
    paid_at    timestamptz NOT NULL,
    method     text,
    reference  text,
    invoice_id bigint,
    order_id   bigint,
    CONSTRAINT payment_pkey PRIMARY KEY (org_id, id),
    CONSTRAINT payment_invoice_exists FOREIGN KEY (org_id, invoice_id) REFERENCES invoice (org_id, id),
    CONSTRAINT payment_order_exists FOREIGN KEY (org_id, order_id) REFERENCES sales_order (org_id, id),
    CONSTRAINT payment_of_one_document CHECK ((invoice_id IS NULL) <> (order_id IS NULL))
);

CREATE INDEX payment_by_invoice ON payment (org_id, invoice_id) WHERE invoice_id IS NOT NULL;
CREATE INDEX payment_by_order ON payment (org_id, order_id) WHERE order_id IS NOT NULL;

SELECT guard_versions(name)
  FROM unnest(ARRAY['serial', 'customer', 'invoice', 'invoice_line', 'sales_order', 'payment']) AS made (name);

CREATE OR REPLACE FUNCTION status_may_follow(entity text, source text, target text)
RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT source = target OR CASE entity
        WHEN 'reservation' THEN source || ' ' || target IN (
            'pending active', 'pending released', 'pending expired', 'pending releasing',
            'active committed', 'active released', 'active expired', 'active releasing',
            'releasing active', 'releasing released', 'releasing expired')
        WHEN 'transfer' THEN source || ' ' || target = 'in_transit received'
        WHEN 'serial' THEN source || ' ' || target IN (
            'available reserved', 'available sold', 'available gone', 'reserved available', 'reserved sold',
            'sold delivered', 'sold available', 'delivered available', 'gone available')
        WHEN 'invoice' THEN source || ' ' || target IN (
            'open paid', 'open cancelled', 'paid delivered', 'paid cancelled')
        WHEN 'sales_order' THEN source || ' ' || target IN (
            'placed paid', 'placed cancelled', 'paid fulfilled', 'paid cancelled',
            'fulfilled completed', 'fulfilled cancelled')
        WHEN 'deduction' THEN source || ' ' || target IN (
            'deducted partly_voided', 'deducted voided', 'partly_voided voided')
        WHEN 'offline_sale' THEN source || ' ' || target IN (
            'pending synced', 'pending insufficient_stock', 'pending approved', 'pending rejected',
            'insufficient_stock approved', 'insufficient_stock rejected')
        ELSE true
    END
$$;

-- A repair says that what stood there was wrong.
ALTER TABLE change DROP CONSTRAINT change_follows_its_transitions;
ALTER TABLE change ADD CONSTRAINT change_follows_its_transitions CHECK (
    entity NOT IN ('reservation', 'transfer', 'deduction', 'offline_sale', 'serial', 'invoice', 'sales_order')
    OR before IS NULL
    OR action IN ('reverted', 'corrected')
    OR status_may_follow(entity, before ->> 'status', after ->> 'status')
) NOT VALID;

SELECT guard_status(name) FROM unnest(ARRAY['serial', 'invoice', 'sales_order']) AS made (name);
