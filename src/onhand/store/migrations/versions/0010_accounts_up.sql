-- Who may work with the ledger. Users and keys are told by the journal; the hashes of passwords stand in no journal.

CREATE TABLE user_account (
    org_id     bigint  NOT NULL,
    id         bigint  NOT NULL,
    version    integer NOT NULL,
    name       text    NOT NULL,
    role       text    NOT NULL,
    sites      jsonb   NOT NULL,
    credential text,
    retired    boolean NOT NULL,
    CONSTRAINT user_account_pkey PRIMARY KEY (org_id, id),
    CONSTRAINT user_account_name_unique UNIQUE (org_id, name),
    CONSTRAINT user_account_role_known CHECK (role IN ('viewer', 'clerk', 'manager', 'auditor', 'admin')),
    CONSTRAINT user_account_sites_are_a_list CHECK (jsonb_typeof(sites) = 'array')
);

CREATE TABLE api_key (
    org_id     bigint  NOT NULL,
    id         bigint  NOT NULL,
    version    integer NOT NULL,
    key_hash   text    NOT NULL,
    name       text    NOT NULL,
    role       text    NOT NULL,
    sites      jsonb   NOT NULL,
    expires_at timestamptz,
    revoked    boolean NOT NULL,
    CONSTRAINT api_key_pkey PRIMARY KEY (org_id, id),
    CONSTRAINT api_key_hash_unique UNIQUE (org_id, key_hash),
    CONSTRAINT api_key_hash_is_sha256 CHECK (key_hash ~ '^[0-9a-f]{64}$'),
    CONSTRAINT api_key_role_known CHECK (role IN ('viewer', 'clerk', 'manager', 'auditor', 'admin')),
    CONSTRAINT api_key_sites_are_a_list CHECK (jsonb_typeof(sites) = 'array')
);

-- A revoked key stays so.
CREATE FUNCTION refuse_to_revive_a_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a revoked key stays revoked' USING ERRCODE = 'object_not_in_prerequisite_state';
END;
$$;
CREATE TRIGGER api_key_stays_revoked
    AFTER UPDATE ON api_key FOR EACH ROW WHEN (OLD.revoked AND NOT NEW.revoked)
    EXECUTE FUNCTION refuse_to_revive_a_key();

-- The hash of a password, under a name made by chance that the user's account refers to; and, under the name 'service',
-- the secret with which services sign cursors.
CREATE TABLE password (
    org_id     bigint NOT NULL,
    credential text   NOT NULL,
    hash       text   NOT NULL,
    CONSTRAINT password_pkey PRIMARY KEY (org_id, credential),
    CONSTRAINT password_is_hashed CHECK (hash LIKE '$argon2id$%' OR hash = '' OR credential = 'service')
);

SELECT guard_versions('user_account');
SELECT guard_versions('api_key');
SELECT guard_versions('password');

-- Nobody but the engine has to do with passwords, and no trace of an edit shows a hash.
REVOKE SELECT ON password FROM onhand_reader;

CREATE FUNCTION record_password_edit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO outside_edit (org_id, table_name, operation, before, after)
    VALUES (coalesce(NEW.org_id, OLD.org_id), 'password', TG_OP, to_jsonb(OLD) - 'hash', to_jsonb(NEW) - 'hash');
    RETURN NULL;
END;
$$;
DROP TRIGGER password_outside_edit ON password;
CREATE TRIGGER password_outside_edit
    AFTER INSERT OR UPDATE OR DELETE ON password FOR EACH ROW
    WHEN (current_user <> 'onhand_engine') EXECUTE FUNCTION record_password_edit();
