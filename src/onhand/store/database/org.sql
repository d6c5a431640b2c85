-- name_org --
-- Lets a transaction see the one org whose code it can tell.
-- params:  code text
-- returns: 1 row, of no interest
SELECT set_config('role', 'onhand_engine', true),
       set_config('onhand.org', %(code)s, true);

-- find_org --
-- params:  code text
-- returns: 0..1 rows
SELECT org.org_id
  FROM org
 WHERE org.code = %(code)s;

-- create_org --
-- params:  code text
-- returns: 1 row, or none where it is there already
INSERT INTO org (code)
VALUES (%(code)s)
    ON CONFLICT (code) DO NOTHING
RETURNING org_id;

-- create_journal --
-- params:  org_id bigint
INSERT INTO journal (org_id)
VALUES (%(org_id)s)
    ON CONFLICT (org_id) DO NOTHING;

-- wait_for_journal --
-- Locks the row of an org's journal. The lock is written to the server's log, so a commit after it waits for a standby
-- to have the org, whoever made it.
-- params:  org_id bigint
-- returns: 1 row, of no interest
SELECT journal.number
  FROM journal
 WHERE journal.org_id = %(org_id)s
   FOR UPDATE;

-- describe_session --
-- What the login may do that it must not.
-- returns: 1 row
SELECT role.rolname,
       role.rolsuper,
       role.rolbypassrls,
       current_setting('server_version_num')::integer
  FROM pg_roles AS role
 WHERE role.rolname = session_user;
