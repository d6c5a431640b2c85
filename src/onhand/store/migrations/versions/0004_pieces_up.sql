-- Pieces: what a roll, a cut, an offcut, a bundle or some spares are, where they came from, and the law of what is made
-- of what. Quantities are in millionths.

-- One row for each cut or combination: so much was used, so much came of it. Nothing here ever changes.
CREATE TABLE transformation (
    org_id  bigint  NOT NULL,
    id      bigint  NOT NULL,
    version integer NOT NULL,
    number  bigint  NOT NULL,
    kind    text    NOT NULL,
    item_id bigint  NOT NULL,
    used    bigint  NOT NULL,
    made    bigint  NOT NULL,
    rest    bigint  NOT NULL,
    waste   bigint  NOT NULL,
    kerf    bigint  NOT NULL,
    size    bigint,
    bundles bigint,
    CONSTRAINT transformation_pkey PRIMARY KEY (org_id, id),
    CONSTRAINT transformation_item_exists FOREIGN KEY (org_id, item_id) REFERENCES item (org_id, id),
    CONSTRAINT transformation_of_a_posting
        FOREIGN KEY (org_id, number) REFERENCES posting (org_id, number) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT transformation_kind_known CHECK (kind IN ('cut', 'combine', 'create')),
    CONSTRAINT transformation_nothing_below_zero CHECK (least(used, made, rest, waste, kerf) >= 0 AND made > 0),
    CONSTRAINT transformation_conserves CHECK (used = made + rest + waste + kerf),
    CONSTRAINT transformation_fills_its_bundles CHECK (
        CASE WHEN kind = 'combine' THEN coalesce(made = bundles * size AND waste = 0 AND kerf = 0, false)
        ELSE bundles IS NULL AND size IS NULL END
    )
);

CREATE INDEX transformation_by_number ON transformation (org_id, number);

-- Which holdings were used, and how much of each.
CREATE TABLE transformation_line (
    org_id            bigint NOT NULL,
    transformation_id bigint NOT NULL,
    holding_id        bigint NOT NULL,
    quantity          bigint NOT NULL,
    CONSTRAINT transformation_line_pkey PRIMARY KEY (org_id, transformation_id, holding_id),
    CONSTRAINT transformation_line_of_a_transformation
        FOREIGN KEY (org_id, transformation_id) REFERENCES transformation (org_id, id),
    CONSTRAINT transformation_line_of_a_holding FOREIGN KEY (org_id, holding_id) REFERENCES holding (org_id, id),
    CONSTRAINT transformation_line_above_zero CHECK (quantity > 0)
);

CREATE INDEX transformation_line_by_holding ON transformation_line (org_id, holding_id);

CREATE TABLE piece (
    org_id     bigint  NOT NULL,
    id         bigint  NOT NULL,
    version    integer NOT NULL,
    kind       text    NOT NULL,
    size       bigint  NOT NULL,
    length     bigint,
    creator    bigint  NOT NULL,
    origin_id  bigint,
    status     text    NOT NULL,
    holding_id bigint  NOT NULL,
    CONSTRAINT piece_pkey PRIMARY KEY (org_id, id),
    CONSTRAINT piece_is_a_unit FOREIGN KEY (org_id, id) REFERENCES unit (org_id, id),
    CONSTRAINT piece_creator_exists
        FOREIGN KEY (org_id, creator) REFERENCES posting (org_id, number) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT piece_origin_exists FOREIGN KEY (org_id, origin_id) REFERENCES transformation (org_id, id),
    CONSTRAINT piece_holding_exists
        FOREIGN KEY (org_id, holding_id) REFERENCES holding (org_id, id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT piece_kind_known CHECK (kind IN ('roll', 'cut', 'offcut', 'bundle', 'spare')),
    CONSTRAINT piece_size_above_zero CHECK (size > 0 AND (length IS NULL OR length > 0)),
    CONSTRAINT piece_counted_whole CHECK (kind NOT IN ('bundle', 'spare') OR size % 1000000 = 0),
    CONSTRAINT piece_status_known CHECK (status IN (
        'available', 'reserved', 'sold', 'quarantine', 'hold', 'incoming', 'defective', 'sample',
        'supplier', 'customer', 'used', 'made', 'loss', 'found', 'elsewhere', 'undone'
    ))
);

CREATE INDEX piece_by_origin ON piece (org_id, origin_id) WHERE origin_id IS NOT NULL;
CREATE INDEX piece_by_creator ON piece (org_id, creator);
CREATE INDEX piece_available ON piece (org_id, kind, size, id) WHERE status = 'available';

SELECT guard_versions('transformation');
SELECT guard_versions('transformation_line');
SELECT guard_versions('piece');

-- ---- what never changes

CREATE FUNCTION refuse_to_rewrite_a_piece() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'who made a piece, of what and how large never changes'
        USING ERRCODE = 'object_not_in_prerequisite_state';
END;
$$;

CREATE TRIGGER piece_is_never_rewritten
    BEFORE UPDATE OF org_id, id, kind, size, length, creator, origin_id ON piece
    FOR EACH ROW
    WHEN ((NEW.org_id, NEW.id, NEW.kind, NEW.size, NEW.length, NEW.creator, NEW.origin_id)
          IS DISTINCT FROM (OLD.org_id, OLD.id, OLD.kind, OLD.size, OLD.length, OLD.creator, OLD.origin_id))
    EXECUTE FUNCTION refuse_to_rewrite_a_piece();
CREATE TRIGGER piece_is_never_deleted
    BEFORE DELETE ON piece FOR EACH ROW EXECUTE FUNCTION refuse_to_change_history();
CREATE TRIGGER transformation_is_append_only
    BEFORE UPDATE OR DELETE ON transformation FOR EACH ROW EXECUTE FUNCTION refuse_to_change_history();
CREATE TRIGGER transformation_line_is_append_only
    BEFORE UPDATE OR DELETE ON transformation_line FOR EACH ROW EXECUTE FUNCTION refuse_to_change_history();

-- ---- the law of pieces, held against the movements when a transaction commits

CREATE FUNCTION hold_transformation_to_its_movements() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    listed          bigint;
    used            bigint;
    made            bigint;
    used_in_posting bigint;
    made_in_posting bigint;
    used_in_all     bigint;
    made_in_all     bigint;
BEGIN
    SELECT coalesce(sum(line.quantity), 0), coalesce(sum(moved.quantity), 0)
      INTO listed, used
      FROM transformation_line AS line
      LEFT JOIN LATERAL (
           SELECT sum(movement.quantity) AS quantity
             FROM movement
            WHERE movement.org_id = NEW.org_id
              AND movement.holding_id = line.holding_id
              AND movement.number = NEW.number
              AND movement.target = 'used'
           ) AS moved
        ON true
     WHERE line.org_id = NEW.org_id
       AND line.transformation_id = NEW.id
       AND line.quantity = moved.quantity;
    SELECT coalesce(sum(movement.quantity), 0)
      INTO made
      FROM piece
      JOIN holding ON holding.org_id = NEW.org_id AND holding.unit_id = piece.id
      JOIN movement
        ON movement.org_id = NEW.org_id
       AND movement.holding_id = holding.id
       AND movement.number = NEW.number
       AND movement.source = 'made'
     WHERE piece.org_id = NEW.org_id
       AND piece.origin_id = NEW.id;
    SELECT coalesce(sum(movement.quantity) FILTER (WHERE movement.target = 'used'), 0),
           coalesce(sum(movement.quantity) FILTER (WHERE movement.source = 'made'), 0)
      INTO used_in_posting, made_in_posting
      FROM movement
     WHERE movement.org_id = NEW.org_id
       AND movement.number = NEW.number;
    SELECT sum(other.used), sum(other.made + other.rest)
      INTO used_in_all, made_in_all
      FROM transformation AS other
     WHERE other.org_id = NEW.org_id
       AND other.number = NEW.number;
    IF (listed, used, made, used_in_posting, made_in_posting)
       IS DISTINCT FROM (NEW.used, NEW.used, NEW.made + NEW.rest, used_in_all, made_in_all) THEN
        RAISE EXCEPTION 'transformation % used % and made %, its movements say % and %',
            NEW.id, NEW.used, NEW.made + NEW.rest, used, made
            USING ERRCODE = 'check_violation', CONSTRAINT = 'transformation_is_its_movements', TABLE = 'transformation';
    END IF;
    RETURN NULL;
END;
$$;

CREATE CONSTRAINT TRIGGER transformation_is_its_movements
    AFTER INSERT ON transformation DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION hold_transformation_to_its_movements();

-- A piece is whole and in one place: all of it stands in the state that it says, or nothing of it stands anywhere.
CREATE FUNCTION hold_piece_to_its_holdings() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    told  piece%ROWTYPE;
    total numeric;
    there bigint;
    whole bigint;
BEGIN
    SELECT * INTO told
      FROM piece
     WHERE piece.org_id = NEW.org_id
       AND piece.id = CASE TG_ARGV[0] WHEN 'piece' THEN (to_jsonb(NEW) ->> 'id')::bigint
                      ELSE (to_jsonb(NEW) ->> 'unit_id')::bigint END;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    SELECT coalesce(sum(available::numeric + reserved + sold + quarantine + hold + incoming + defective + sample), 0),
           coalesce(sum(CASE told.status
               WHEN 'available' THEN available WHEN 'reserved' THEN reserved WHEN 'sold' THEN sold
               WHEN 'quarantine' THEN quarantine WHEN 'hold' THEN hold WHEN 'incoming' THEN incoming
               WHEN 'defective' THEN defective WHEN 'sample' THEN sample END
               ) FILTER (WHERE holding.id = told.holding_id), 0)
      INTO total, there
      FROM holding
     WHERE holding.org_id = NEW.org_id
       AND holding.unit_id = told.id;
    whole := CASE
        WHEN told.status IN ('available', 'reserved', 'sold', 'quarantine', 'hold', 'incoming', 'defective', 'sample')
        THEN told.size ELSE 0 END;
    IF (total, there) IS DISTINCT FROM (whole::numeric, whole) THEN
        RAISE EXCEPTION 'piece % of % is %, but % of it stand somewhere and % where it says',
            told.id, told.size, told.status, total, there
            USING ERRCODE = 'check_violation', CONSTRAINT = 'piece_is_whole', TABLE = 'piece';
    END IF;
    RETURN NULL;
END;
$$;

CREATE CONSTRAINT TRIGGER piece_is_whole
    AFTER INSERT OR UPDATE ON piece DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION hold_piece_to_its_holdings('piece');
CREATE CONSTRAINT TRIGGER holding_of_a_piece_is_whole
    AFTER INSERT OR UPDATE ON holding DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.unit_id IS NOT NULL) EXECUTE FUNCTION hold_piece_to_its_holdings('holding');

-- ---- views for people with a SQL client: codes instead of ids, units instead of millionths

CREATE VIEW piece_trail WITH (security_invoker = true) AS
SELECT change.org_id,
       unit.code AS piece,
       change.number,
       change.line,
       change.action AS event,
       change.before ->> 'status' AS status_before,
       change.after ->> 'status' AS status_after,
       posting.recorded_at,
       posting.occurred_at,
       posting.actor,
       posting.kind AS posting_kind,
       posting.reason,
       posting.document_type,
       posting.document_id,
       reversal.number AS reverted_by
  FROM change
  JOIN unit ON unit.org_id = change.org_id AND unit.id = change.entity_id
  JOIN posting ON posting.org_id = change.org_id AND posting.number = change.number
  LEFT JOIN reversal ON reversal.org_id = change.org_id AND reversal.reverted = change.number
 WHERE change.entity = 'piece';

CREATE VIEW available_pieces WITH (security_invoker = true) AS
SELECT piece.org_id,
       unit.code AS piece,
       item.sku,
       piece.kind,
       trim_scale(piece.size / 1000000.0) AS size,
       trim_scale(piece.length / 1000000.0) AS length,
       item.measure,
       site.code AS site,
       location.code AS location,
       lot.code AS lot,
       piece.creator,
       piece.origin_id
  FROM piece
  JOIN unit ON unit.org_id = piece.org_id AND unit.id = piece.id
  JOIN item ON item.org_id = piece.org_id AND item.id = unit.item_id
  JOIN holding ON holding.org_id = piece.org_id AND holding.id = piece.holding_id
  JOIN site ON site.org_id = piece.org_id AND site.id = holding.site_id
  LEFT JOIN location ON location.org_id = piece.org_id AND location.id = holding.location_id
  LEFT JOIN lot ON lot.org_id = piece.org_id AND lot.id = holding.lot_id
 WHERE piece.status = 'available';

-- Must always be empty: pieces that are not whole where they say, and acts of which other pieces came than they say.
CREATE VIEW piece_quantity_check WITH (security_invoker = true) AS
SELECT piece.org_id,
       'piece ' || unit.code AS subject,
       'it is ' || piece.status || ' and ' || trim_scale(piece.size / 1000000.0) || ' in size, '
           || trim_scale(held.total / 1000000.0) || ' of it stand somewhere' AS detail
  FROM piece
  JOIN unit ON unit.org_id = piece.org_id AND unit.id = piece.id
 CROSS JOIN LATERAL (
       SELECT coalesce(sum(
                available::numeric + reserved + sold + quarantine + hold + incoming + defective + sample), 0) AS total
         FROM holding
        WHERE holding.org_id = piece.org_id
          AND holding.unit_id = piece.id
       ) AS held
 WHERE held.total <> CASE
       WHEN piece.status IN ('available', 'reserved', 'sold', 'quarantine', 'hold', 'incoming', 'defective', 'sample')
       THEN piece.size ELSE 0 END
 UNION ALL
SELECT transformation.org_id,
       transformation.kind || ' of posting ' || transformation.number,
       'it used ' || transformation.used || ' and made pieces of ' || made.total || ' millionths in all'
  FROM transformation
 CROSS JOIN LATERAL (
       SELECT coalesce(sum(piece.size::numeric), 0) AS total
         FROM piece
        WHERE piece.org_id = transformation.org_id
          AND piece.origin_id = transformation.id
       ) AS made
 WHERE made.total <> transformation.made + transformation.rest
    OR transformation.used <> transformation.made + transformation.rest + transformation.waste + transformation.kerf;

-- The current state of every piece, written out; a worker refreshes it. No materialised view, since row-level security
-- does not reach those.
CREATE TABLE piece_current (
    org_id       bigint      NOT NULL,
    id           bigint      NOT NULL,
    version      integer     NOT NULL,
    piece        text        NOT NULL,
    sku          text        NOT NULL,
    kind         text        NOT NULL,
    size         numeric     NOT NULL,
    length       numeric,
    status       text        NOT NULL,
    site         text        NOT NULL,
    location     text,
    lot          text,
    creator      bigint      NOT NULL,
    origin_id    bigint,
    closed_by    bigint,
    refreshed_at timestamptz NOT NULL,
    CONSTRAINT piece_current_pkey PRIMARY KEY (org_id, id)
);

CREATE INDEX piece_current_by_piece ON piece_current (org_id, piece);

SELECT guard_versions('piece_current');

CREATE FUNCTION refresh_piece_current(of_org bigint) RETURNS bigint LANGUAGE sql AS $$
    WITH written AS (
        INSERT INTO piece_current AS old (
               org_id, id, version, piece, sku, kind, size, length, status, site, location, lot, creator, origin_id,
               closed_by, refreshed_at)
        SELECT piece.org_id, piece.id, piece.version, unit.code, item.sku, piece.kind,
               trim_scale(piece.size / 1000000.0), trim_scale(piece.length / 1000000.0), piece.status, site.code,
               location.code, lot.code, piece.creator, piece.origin_id,
               CASE WHEN piece.status IN ('used', 'customer', 'loss', 'supplier', 'undone') THEN (
                   SELECT max(change.number)
                     FROM change
                    WHERE change.org_id = of_org
                      AND change.entity = 'piece'
                      AND change.entity_id = piece.id
               ) END,
               now()
          FROM piece
          JOIN unit ON unit.org_id = of_org AND unit.id = piece.id
          JOIN item ON item.org_id = of_org AND item.id = unit.item_id
          JOIN holding ON holding.org_id = of_org AND holding.id = piece.holding_id
          JOIN site ON site.org_id = of_org AND site.id = holding.site_id
          LEFT JOIN location ON location.org_id = of_org AND location.id = holding.location_id
          LEFT JOIN lot ON lot.org_id = of_org AND lot.id = holding.lot_id
         WHERE piece.org_id = of_org
           AND NOT EXISTS (
               SELECT FROM piece_current AS known
                WHERE known.org_id = of_org
                  AND known.id = piece.id
                  AND known.version = piece.version
               )
            ON CONFLICT (org_id, id) DO UPDATE
           SET version = excluded.version, status = excluded.status, site = excluded.site,
               location = excluded.location, closed_by = excluded.closed_by, refreshed_at = excluded.refreshed_at
        RETURNING 1
    )
    SELECT count(*) FROM written;
$$;

GRANT SELECT ON piece_trail, available_pieces, piece_quantity_check TO onhand_engine, onhand_reader;
