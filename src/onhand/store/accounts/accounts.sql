-- read_api_key --
-- A key by its hash; the expiry is told by the clock of the database.
-- params:  org_id bigint, key_hash text
-- returns: 0..1 rows
SELECT api_key.id,
       api_key.name,
       api_key.role,
       api_key.sites,
       api_key.revoked OR coalesce(api_key.expires_at <= clock_timestamp(), false) AS ended
  FROM api_key
 WHERE api_key.org_id = %(org_id)s
   AND api_key.key_hash = %(key_hash)s::text;

-- read_ended_api_keys --
-- Which of some keys were revoked or have expired, by the clock of the database, and which of some users are retired.
-- params:  org_id bigint, ids bigint[]
-- returns: 0..n rows
SELECT api_key.id
  FROM api_key
 WHERE api_key.org_id = %(org_id)s
   AND api_key.id = ANY (%(ids)s::bigint[])
   AND (api_key.revoked OR api_key.expires_at <= clock_timestamp())
 UNION ALL
SELECT user_account.id
  FROM user_account
 WHERE user_account.org_id = %(org_id)s
   AND user_account.id = ANY (%(ids)s::bigint[])
   AND user_account.retired;

-- read_api_keys --
-- A page of keys in the order of their numbers.
-- params:  org_id bigint, after bigint, limit bigint
-- returns: 0..limit rows
SELECT api_key.id,
       api_key.version,
       api_key.name,
       api_key.role,
       api_key.sites,
       api_key.expires_at,
       api_key.revoked
  FROM api_key
 WHERE api_key.org_id = %(org_id)s
   AND api_key.id > %(after)s::bigint
 ORDER BY api_key.id
 LIMIT %(limit)s::bigint;

-- read_user_accounts --
-- A page of users in the order of their numbers; with a name, that one.
-- params:  org_id bigint, user text (may be null: any), after bigint, limit bigint
-- returns: 0..limit rows
SELECT user_account.id,
       user_account.version,
       user_account.name,
       user_account.role,
       user_account.sites,
       user_account.retired,
       user_account.credential
  FROM user_account
 WHERE user_account.org_id = %(org_id)s
   AND (%(user)s::text IS NULL OR user_account.name = %(user)s::text)
   AND user_account.id > %(after)s::bigint
 ORDER BY user_account.id
 LIMIT %(limit)s::bigint;

-- keep_password --
-- The hash of a password, under a name that no account refers to yet; one that was emptied is kept anew.
-- params:  org_id bigint, credential text, hash text
-- returns: 1 row, or none where another is kept there
INSERT INTO password (org_id, credential, hash)
VALUES (%(org_id)s, %(credential)s, %(hash)s)
    ON CONFLICT (org_id, credential) DO UPDATE
   SET hash = excluded.hash
 WHERE password.hash = ''
RETURNING password.credential;

-- forget_passwords --
-- Empties what a user's account referred to before, or never came to refer to.
-- params:  org_id bigint, credentials text[]
UPDATE password
   SET hash = ''
 WHERE password.org_id = %(org_id)s
   AND password.credential = ANY (%(credentials)s::text[]);

-- find_password --
-- params:  org_id bigint, credential text
-- returns: 0..1 rows
SELECT password.hash
  FROM password
 WHERE password.org_id = %(org_id)s
   AND password.credential = %(credential)s::text;

-- make_service_secret --
-- What the services of the org sign cursors with; whoever comes first makes it. It is written each time, so that nobody
-- is given one that a standby does not have.
-- params:  org_id bigint, hash text
-- returns: 1 row
INSERT INTO password (org_id, credential, hash)
VALUES (%(org_id)s, 'service', %(hash)s)
    ON CONFLICT (org_id, credential) DO UPDATE
   SET hash = password.hash
RETURNING password.hash;
