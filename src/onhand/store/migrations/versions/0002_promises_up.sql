-- Promises: claims on expired reservations, waiting lines, and statuses that the database guards.

ALTER TABLE reservation
    ADD COLUMN claimed_by   text,
    ADD COLUMN lease_until  timestamptz,
    ADD COLUMN wanted       jsonb,
    ADD COLUMN hold_seconds bigint,
    ADD COLUMN rank         bigint,
    ADD CONSTRAINT reservation_is_claimed_while_releasing CHECK (
        (status = 'releasing') = (claimed_by IS NOT NULL) AND (status = 'releasing') = (lease_until IS NOT NULL)
    );

DROP INDEX reservation_due;
CREATE INDEX reservation_due ON reservation (org_id, expires_at)
    WHERE status IN ('pending', 'active') AND expires_at IS NOT NULL;
CREATE INDEX reservation_lease_over ON reservation (org_id, lease_until) WHERE status = 'releasing';

-- Who waits for an item at a site: pairs of rank and reservation, in order.
CREATE TABLE waiting_line (
    org_id  bigint  NOT NULL,
    id      bigint  NOT NULL,
    version integer NOT NULL,
    site    text    NOT NULL,
    sku     text    NOT NULL,
    tickets jsonb   NOT NULL,
    CONSTRAINT waiting_line_pkey PRIMARY KEY (org_id, id),
    CONSTRAINT waiting_line_unique UNIQUE (org_id, site, sku)
);

CREATE INDEX waiting_line_of_somebody ON waiting_line (org_id, id) WHERE tickets <> '[]'::jsonb;

SELECT guard_versions('waiting_line');

-- ---- transitions: the same tables as in the kernel, and every other step is refused

CREATE FUNCTION status_may_follow(entity text, source text, target text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT source = target OR CASE entity
        WHEN 'reservation' THEN source || ' ' || target IN (
            'pending active', 'pending released', 'pending expired', 'pending releasing',
            'active committed', 'active released', 'active expired', 'active releasing',
            'releasing active', 'releasing released', 'releasing expired')
        WHEN 'transfer' THEN source || ' ' || target = 'in_transit received'
        ELSE true
    END
$$;

-- Only an undoing goes back.
ALTER TABLE change ADD CONSTRAINT change_follows_its_transitions CHECK (
    entity NOT IN ('reservation', 'transfer')
    OR before IS NULL
    OR action = 'reverted'
    OR status_may_follow(entity, before ->> 'status', after ->> 'status')
) NOT VALID;

-- A batch saves several steps of one entity as one; then the changes, which are written after the row, have to tell
-- each step between the two versions.
CREATE FUNCTION refuse_status() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    told bigint;
    status_last text;
BEGIN
    SELECT count(*), (array_agg(change.after ->> 'status' ORDER BY change.number DESC, change.line DESC))[1]
      INTO told, status_last
      FROM change
     WHERE change.org_id = NEW.org_id
       AND change.entity = TG_ARGV[0]
       AND change.entity_id = NEW.id
       AND (change.after ->> 'version')::bigint BETWEEN OLD.version + 1 AND NEW.version;
    IF told = 0 OR told <> NEW.version - OLD.version OR status_last <> NEW.status THEN
        RAISE EXCEPTION '% % is %, so it cannot become %', TG_ARGV[0], NEW.id, OLD.status, NEW.status
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END;
$$;

-- Guards the status of a table: where it makes no single step, its steps have to be told. `statuses` is for the reader.
CREATE FUNCTION guard_status(name text, statuses text DEFAULT '') RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format(
        'CREATE CONSTRAINT TRIGGER %I AFTER UPDATE ON %I DEFERRABLE INITIALLY DEFERRED FOR EACH ROW '
        'WHEN (NOT status_may_follow(%L, OLD.status, NEW.status)) EXECUTE FUNCTION refuse_status(%L)',
        name || '_follows_its_transitions', name, name, name);
END;
$$;

SELECT guard_status('reservation');
SELECT guard_status('transfer');
