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

-- A batch saves several steps of one entity as one, so a row may go as far as steps lead; what an undoing did is told
-- by its change, which is written after the row.
CREATE FUNCTION refuse_status() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    reached text[] := ARRAY[OLD.status];
    further text[];
BEGIN
    LOOP
        SELECT array_agg(DISTINCT status.target) INTO further
          FROM unnest(reached) AS source (status)
         CROSS JOIN unnest(string_to_array(TG_ARGV[1], ' ')) AS status (target)
         WHERE status_may_follow(TG_ARGV[0], source.status, status.target);
        EXIT WHEN further <@ reached;
        reached := further;
    END LOOP;
    IF NEW.status = ANY (reached) THEN
        RETURN NULL;
    END IF;
    PERFORM FROM change
      WHERE change.org_id = NEW.org_id
        AND change.entity = TG_ARGV[0]
        AND change.entity_id = NEW.id
        AND change.action = 'reverted'
        AND (change.after ->> 'version')::bigint BETWEEN OLD.version + 1 AND NEW.version;
    IF NOT FOUND THEN
        RAISE EXCEPTION '% % is %, so it cannot become %', TG_ARGV[0], NEW.id, OLD.status, NEW.status
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END;
$$;

-- Guards the status of a table; `statuses` lists all that there are.
CREATE FUNCTION guard_status(name text, statuses text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format(
        'CREATE CONSTRAINT TRIGGER %I AFTER UPDATE ON %I DEFERRABLE INITIALLY DEFERRED FOR EACH ROW '
        'WHEN (NOT status_may_follow(%L, OLD.status, NEW.status)) EXECUTE FUNCTION refuse_status(%L, %L)',
        name || '_follows_its_transitions', name, name, name, statuses);
END;
$$;

SELECT guard_status('reservation', 'pending active releasing committed released expired');
SELECT guard_status('transfer', 'in_transit received cancelled');
