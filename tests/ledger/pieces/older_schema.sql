-- The schema of an older installation, as its programmers left it, with the damage that years of it leave.
-- Nothing guards anything: ids are text, transaction ids in pieces are overwritten by whatever touched them last, and a
-- revert restored every piece that had changed within a minute of the transaction.
CREATE SCHEMA older;

CREATE TABLE older.stock (
    id                text PRIMARY KEY,
    product_code      text,
    stock_type        text,          -- FULL_ROLL, CUT_ROLL, BUNDLE, SPARE
    quantity          numeric,       -- rolls or bundles; of CUT_ROLL and SPARE the sum of what is beside it, or so it was meant
    length_m          numeric,       -- of each roll, or of each piece in a bundle
    pieces_per_bundle integer,
    deleted_at        timestamp
);

CREATE TABLE older.cut_pieces (
    id             text PRIMARY KEY,
    stock_id       text,             -- no foreign key
    length_m       numeric,
    status         text,             -- IN_STOCK, RESERVED, SOLD, CUT
    transaction_id text,             -- overwritten by each transaction
    created_at     timestamp,
    deleted_at     timestamp
);

CREATE TABLE older.spare_pieces (
    id             text PRIMARY KEY,
    stock_id       text,
    piece_count    integer,
    piece_length_m numeric,
    status         text,             -- IN_STOCK, RESERVED, SOLD, COMBINED
    transaction_id text,
    created_at     timestamp,
    deleted_at     timestamp
);

CREATE TABLE older.transactions (
    id          text PRIMARY KEY,    -- dsp_<uuid> for a dispatch, inv_<uuid> for all else
    kind        text,                -- PRODUCTION, CUT, COMBINE, DISPATCH, REVERT
    stock_id    text,
    created_at  timestamp,
    reverted_at timestamp,
    notes       text
);

INSERT INTO older.transactions VALUES
    ('inv_aaaaaaaa-0000-4000-8000-000000000001', 'PRODUCTION', 'inv_11111111-0000-4000-8000-000000000001', '2024-03-01 08:00', NULL, 'night shift'),
    ('inv_aaaaaaaa-0000-4000-8000-000000000002', 'CUT', 'inv_11111111-0000-4000-8000-000000000002', '2024-03-02 09:00', NULL, NULL),
    ('dsp_aaaaaaaa-0000-4000-8000-000000000003', 'DISPATCH', NULL, '2024-03-03 10:00', NULL, 'van 7'),
    ('dsp_aaaaaaaa-0000-4000-8000-000000000005', 'DISPATCH', NULL, '2024-03-02 09:00', '2024-03-06 09:00', NULL),
    ('inv_aaaaaaaa-0000-4000-8000-000000000004', 'COMBINE', 'inv_11111111-0000-4000-8000-000000000004', '2024-03-04 11:00', '2024-03-04 11:01', NULL);

INSERT INTO older.stock VALUES
    ('inv_11111111-0000-4000-8000-000000000001', 'HDPE-32', 'FULL_ROLL', 1, 100, NULL, NULL),
    ('inv_11111111-0000-4000-8000-000000000002', 'HDPE-32', 'CUT_ROLL', 3, NULL, NULL, NULL),      -- counts rows, not metres
    ('inv_11111111-0000-4000-8000-000000000003', 'SPR-6', 'BUNDLE', 2, 6, 10, NULL),
    ('inv_11111111-0000-4000-8000-000000000004', 'SPR-6', 'SPARE', 12, NULL, NULL, NULL),
    ('inv_11111111-0000-4000-8000-000000000005', 'HDPE-32', 'FULL_ROLL', -1, 50, NULL, NULL),      -- below zero
    ('roll-7', 'HDPE-32', 'FULL_ROLL', 1, 50, NULL, NULL),                                         -- no id
    ('inv_11111111-0000-4000-8000-000000000006', 'HDPE-40', 'FULL_ROLL', 3, 50, NULL, '2024-01-01');

INSERT INTO older.cut_pieces VALUES
    ('inv_22222222-0000-4000-8000-000000000001', 'inv_11111111-0000-4000-8000-000000000002', 12.5, 'IN_STOCK', 'inv_aaaaaaaa-0000-4000-8000-000000000002', '2024-03-02 09:00', NULL),
    ('INV_22222222000040008000000000000002', '11111111-0000-4000-8000-000000000002', 8, 'SOLD', 'dsp_aaaaaaaa-0000-4000-8000-000000000003', '2024-03-02 09:00', NULL),
    ('22222222-0000-4000-8000-000000000002', 'inv_11111111-0000-4000-8000-000000000002', 8, 'IN_STOCK', 'inv_aaaaaaaa-0000-4000-8000-000000000002', '2024-03-02 09:00', NULL),
    ('inv_22222222-0000-4000-8000-000000000003', 'inv_11111111-0000-4000-8000-000000000002', 20, 'IN_STOCK', 'dsp_aaaaaaaa-0000-4000-8000-000000000003', '2024-03-02 09:00', NULL),
    ('inv_22222222-0000-4000-8000-000000000004', 'inv_99999999-0000-4000-8000-000000000009', 5, 'IN_STOCK', 'inv_aaaaaaaa-0000-4000-8000-000000000002', '2024-03-02 09:00', NULL),
    ('inv_22222222-0000-4000-8000-000000000005', 'inv_11111111-0000-4000-8000-000000000002', 0, 'IN_STOCK', 'inv_aaaaaaaa-0000-4000-8000-000000000002', '2024-03-02 09:00', NULL),
    ('inv_22222222-0000-4000-8000-000000000006', 'inv_11111111-0000-4000-8000-000000000002', 4, 'IN_STOCK', 'inv_aaaaaaaa-0000-4000-8000-000000000002', '2024-03-02 09:00', '2024-03-05'),
    ('inv_22222222-0000-4000-8000-000000000007', 'inv_11111111-0000-4000-8000-000000000002', 4, 'LOST?', 'inv_aaaaaaaa-0000-4000-8000-000000000002', '2024-03-02 09:00', NULL),
    -- The revert of its sale looked for what had changed within a minute, and did not find it.
    ('inv_22222222-0000-4000-8000-000000000009', 'inv_11111111-0000-4000-8000-000000000002', 3, 'SOLD', 'dsp_aaaaaaaa-0000-4000-8000-000000000005', '2024-03-02 09:00', NULL),
    ('inv_22222222-0000-4000-8000-000000000008', 'inv_11111111-0000-4000-8000-000000000002', 4, 'CUT', 'inv_aaaaaaaa-0000-4000-8000-000000000002', '2024-03-02 09:00', '2024-03-05');

-- The first was made by a combination that was undone, whose revert restored it instead of the spares that went in.
INSERT INTO older.spare_pieces VALUES
    ('inv_33333333-0000-4000-8000-000000000001', 'inv_11111111-0000-4000-8000-000000000004', 7, 6, 'IN_STOCK', 'inv_aaaaaaaa-0000-4000-8000-000000000004', '2024-03-04 11:00', NULL),
    ('inv_33333333-0000-4000-8000-000000000002', 'inv_11111111-0000-4000-8000-000000000004', 5, 6, 'RESERVED', 'inv_aaaaaaaa-0000-4000-8000-00000000000f', '2024-03-04 11:00', NULL);
