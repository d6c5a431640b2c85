-- What the worker does now and then. A job is one moment at which a task was due; whoever holds its lease works on it,
-- and a lease that is over is taken by whoever comes first.
CREATE TABLE job (
    org_id          bigint      NOT NULL,
    task            text        NOT NULL,
    slot            timestamptz NOT NULL,
    tries           integer     NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL DEFAULT now(),
    leased_by       text,
    lease_until     timestamptz,
    ended_at        timestamptz,
    failure         text,
    CONSTRAINT job_pkey PRIMARY KEY (org_id, task, slot),
    CONSTRAINT job_tries_not_negative CHECK (tries >= 0),
    CONSTRAINT job_lease_has_an_end CHECK ((leased_by IS NULL) = (lease_until IS NULL)),
    CONSTRAINT job_that_ended_has_no_lease CHECK (ended_at IS NULL OR leased_by IS NULL),
    CONSTRAINT job_fails_at_its_end CHECK (failure IS NULL OR ended_at IS NOT NULL)
) WITH (fillfactor = 50);

-- While a job of a task is open, another would find nothing to do.
CREATE UNIQUE INDEX job_open_once ON job (org_id, task) WHERE ended_at IS NULL;

SELECT guard_versions('job');

-- Nobody but the engine has to do with jobs; those that ended long ago are deleted.
GRANT DELETE ON job TO onhand_engine;
REVOKE SELECT ON job FROM onhand_reader;

DROP SCHEMA onhand_jobs CASCADE;
