-- Who has signed in with a password. A token stands nowhere but with whoever signed in, here is its hash; one that was
-- just replaced is good for a moment longer, for what was under way. A row that is over is used again.
CREATE TABLE login_session (
    org_id          bigint      NOT NULL,
    session         text        NOT NULL,
    token_hash      text        NOT NULL,
    user_name       text        NOT NULL,
    credential      text        NOT NULL,
    rotated_at      timestamptz NOT NULL,
    expires_at      timestamptz NOT NULL,
    previous_hash   text,
    previous_until  timestamptz,
    CONSTRAINT login_session_pkey PRIMARY KEY (org_id, session),
    CONSTRAINT login_session_hash_is_sha256 CHECK (token_hash ~ '^[0-9a-f]{64}$'),
    CONSTRAINT login_session_previous_has_an_end CHECK ((previous_hash IS NULL) = (previous_until IS NULL))
);

CREATE UNIQUE INDEX login_session_by_token ON login_session (org_id, token_hash);
CREATE INDEX login_session_by_previous_token ON login_session (org_id, previous_hash) WHERE previous_hash IS NOT NULL;
CREATE INDEX login_session_over ON login_session (org_id, expires_at);

SELECT guard_versions('login_session');

-- Nobody but the engine has to do with sessions.
REVOKE SELECT ON login_session FROM onhand_reader;
