-- find_session --
-- The session of a token, if it is good: the user may work, the password is the one that was signed in with.
-- params:  org_id bigint, token_hash text, idle_seconds bigint, rotate_seconds bigint
-- returns: 0..1 rows
SELECT login_session.session,
       user_account.id AS user_id,
       user_account.name AS "user",
       user_account.role,
       user_account.sites,
       login_session.expires_at,
       login_session.token_hash = %(token_hash)s::text
           AND login_session.rotated_at <= now() - make_interval(secs => %(rotate_seconds)s::bigint) AS is_due
  FROM login_session
  JOIN user_account
    ON user_account.org_id = %(org_id)s
   AND user_account.name = login_session.user_name
   AND user_account.credential = login_session.credential
   AND NOT user_account.retired
 WHERE login_session.org_id = %(org_id)s
   AND (login_session.token_hash = %(token_hash)s::text
        OR (login_session.previous_hash = %(token_hash)s::text AND login_session.previous_until > now()))
   AND login_session.expires_at > now()
   AND login_session.rotated_at > now() - make_interval(secs => %(idle_seconds)s::bigint);

-- reuse_session --
-- Signs in on a row that is over for a day.
-- params:  org_id bigint, session text, token_hash text, user_name text, credential text, lasts_seconds bigint
-- returns: 0..1 rows: when the session ends
UPDATE login_session
   SET session = %(session)s::text,
       token_hash = %(token_hash)s::text,
       user_name = %(user_name)s::text,
       credential = %(credential)s::text,
       rotated_at = now(),
       expires_at = now() + make_interval(secs => %(lasts_seconds)s::bigint),
       previous_hash = NULL,
       previous_until = NULL
 WHERE login_session.org_id = %(org_id)s
   AND login_session.session = (
       SELECT over.session
         FROM login_session AS over
        WHERE over.org_id = %(org_id)s
          AND over.expires_at < now() - interval '1 day'
        ORDER BY over.expires_at
        LIMIT 1
          FOR UPDATE SKIP LOCKED
       )
RETURNING login_session.expires_at;

-- open_session --
-- Signs in on a row of its own.
-- params:  org_id bigint, session text, token_hash text, user_name text, credential text, lasts_seconds bigint
-- returns: 1 row: when the session ends
INSERT INTO login_session (org_id, session, token_hash, user_name, credential, rotated_at, expires_at)
SELECT %(org_id)s::bigint,
       %(session)s::text,
       %(token_hash)s::text,
       %(user_name)s::text,
       %(credential)s::text,
       now(),
       now() + make_interval(secs => %(lasts_seconds)s::bigint)
RETURNING login_session.expires_at;

-- rotate_session --
-- Gives a session another token; the one before is good for a moment longer. Whoever comes second changes nothing.
-- params:  org_id bigint, session text, token_hash text, before text, grace_seconds bigint
-- returns: 0..1 rows
UPDATE login_session
   SET token_hash = %(token_hash)s::text,
       previous_hash = login_session.token_hash,
       previous_until = now() + make_interval(secs => %(grace_seconds)s::bigint),
       rotated_at = now()
 WHERE login_session.org_id = %(org_id)s
   AND login_session.session = %(session)s::text
   AND login_session.token_hash = %(before)s::text
   AND login_session.expires_at > now()
RETURNING login_session.session;

-- adopt_password --
-- Lets a session go on under the password that was changed in it.
-- params:  org_id bigint, session text, credential text
UPDATE login_session
   SET credential = %(credential)s::text
 WHERE login_session.org_id = %(org_id)s
   AND login_session.session = %(session)s::text
   AND login_session.expires_at > now();

-- read_ended_sessions --
-- Which of some sessions are good no more: signed out, over, of a retired user, of a password before, or of a user who
-- is limited to other sites than told.
-- params:  org_id bigint, sessions text[], sites text[] (paired; each a list as JSON), idle_seconds bigint
-- returns: 0..n rows: which of those told, from one
SELECT told.place
  FROM unnest(%(sessions)s::text[], %(sites)s::text[]) WITH ORDINALITY AS told (session, sites, place)
 WHERE NOT EXISTS (
       SELECT FROM login_session
         JOIN user_account
           ON user_account.org_id = %(org_id)s
          AND user_account.name = login_session.user_name
          AND user_account.credential = login_session.credential
          AND NOT user_account.retired
        WHERE login_session.org_id = %(org_id)s
          AND login_session.session = told.session
          AND user_account.sites = told.sites::jsonb
          AND login_session.expires_at > now()
          AND login_session.rotated_at > now() - make_interval(secs => %(idle_seconds)s::bigint)
       );

-- end_session --
-- Signs out.
-- params:  org_id bigint, session text
UPDATE login_session
   SET expires_at = now()
 WHERE login_session.org_id = %(org_id)s
   AND login_session.session = %(session)s::text
   AND login_session.expires_at > now();
