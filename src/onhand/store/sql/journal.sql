-- stay_in_org --
-- Who this connection is and which org it sees, until it is closed; it is the one writer of its org. All that a batch
-- does is look rows up by their keys, so every other way of reading a table is switched off: a plan that was made when
-- the table was small stays a good one.
-- params:  org_id bigint
-- returns: 1 row, of no interest
SELECT set_config('role', 'onhand_engine', false),
       set_config('onhand.org_id', %(org_id)s::text, false),
       set_config('idle_in_transaction_session_timeout', '10000', false),
       set_config('enable_seqscan', 'off', false),
       set_config('enable_hashjoin', 'off', false),
       set_config('enable_mergejoin', 'off', false);

-- enter_org --
-- plan:    kept
-- The same for one transaction, where a pooler may give the connection to somebody else after it.
-- params:  org_id bigint
-- returns: 1 row, of no interest
SELECT set_config('role', 'onhand_engine', true),
       set_config('onhand.org_id', %(org_id)s::text, true),
       set_config('idle_in_transaction_session_timeout', '10000', true),
       set_config('enable_seqscan', 'off', true),
       set_config('enable_hashjoin', 'off', true),
       set_config('enable_mergejoin', 'off', true);

-- lock_journal --
-- plan:    kept
-- Makes this transaction the org's single writer. Every read of a batch comes after it.
-- params:  org_id bigint
-- returns: 1 row, or none where there is no such org
SELECT journal.number,
       journal.hash,
       greatest(clock_timestamp(), journal.recorded_at),
       journal.catalog_number,
       journal.id_last
  FROM journal
 WHERE journal.org_id = %(org_id)s
   FOR UPDATE;

-- find_keys --
-- The postings that some idempotency keys stand for. Looked up one by one, since a plan made for an empty table would
-- read by org_id alone.
-- params:  org_id bigint, key_hashes uuid[]
-- returns: 0..n rows
SELECT posting.number,
       uuid_send(key.key_hash),
       uuid_send(posting.fingerprint),
       posting.key
  FROM unnest(%(key_hashes)s::uuid[]) AS key (key_hash)
 CROSS JOIN LATERAL (
       SELECT posting.number, posting.fingerprint, posting.key
         FROM posting
        WHERE posting.org_id = %(org_id)s
          AND posting.key_hash = key.key_hash
       OFFSET 0
       ) AS posting;

-- advance_journal --
-- plan:    kept
-- params:  org_id bigint, number bigint, hash bytea, recorded_at timestamptz, catalog_number bigint, id_last bigint
UPDATE journal
   SET number = %(number)s,
       hash = %(hash)s,
       recorded_at = %(recorded_at)s,
       catalog_number = %(catalog_number)s,
       id_last = %(id_last)s
 WHERE journal.org_id = %(org_id)s;

-- write_postings --
-- plan:    kept
-- params:  org_id bigint, recorded_at timestamptz, and one array for each other column (paired)
INSERT INTO posting (
       org_id, number, recorded_at, occurred_at, key_hash, fingerprint, kind, key, actor, hash,
       reason, document_type, document_id, data)
SELECT %(org_id)s, row.number, %(recorded_at)s, row.occurred_at, row.key_hash, row.fingerprint, row.kind, row.key,
       row.actor, row.hash, row.reason, row.document_type, row.document_id, row.data::json
  FROM unnest(
       %(numbers)s::bigint[], %(occurred_ats)s::timestamptz[], %(key_hashes)s::uuid[], %(fingerprints)s::uuid[],
       %(kinds)s::text[], %(keys)s::text[], %(actors)s::text[], %(hashes)s::bytea[], %(reasons)s::text[],
       %(document_types)s::text[], %(document_ids)s::text[], %(datas)s::text[]
       ) AS row (number, occurred_at, key_hash, fingerprint, kind, key, actor, hash, reason, document_type, document_id,
       data);

-- write_movements --
-- plan:    kept
-- params:  org_id bigint, and one array for each other column (paired); quantities in millionths
INSERT INTO movement (
       org_id, number, line, holding_id, source, target, quantity,
       available, reserved, sold, quarantine, hold, incoming, defective, sample)
SELECT %(org_id)s, row.number, row.line::integer, row.holding_id, row.source, row.target, row.quantity,
       nullif(row.available, 0), nullif(row.reserved, 0), nullif(row.sold, 0), nullif(row.quarantine, 0),
       nullif(row.hold, 0), nullif(row.incoming, 0), nullif(row.defective, 0), nullif(row.sample, 0)
  FROM unnest(
       %(numbers)s::bigint[], %(lines)s::bigint[], %(holding_ids)s::bigint[], %(sources)s::text[]::stock_end[],
       %(targets)s::text[]::stock_end[], %(quantities)s::bigint[], %(available)s::bigint[], %(reserved)s::bigint[],
       %(sold)s::bigint[], %(quarantine)s::bigint[], %(hold)s::bigint[], %(incoming)s::bigint[],
       %(defective)s::bigint[], %(sample)s::bigint[]
       ) AS row (number, line, holding_id, source, target, quantity,
       available, reserved, sold, quarantine, hold, incoming, defective, sample);

-- write_changes --
-- params:  org_id bigint, and one array for each other column (paired)
INSERT INTO change (org_id, number, line, entity, entity_id, action, before, after)
SELECT %(org_id)s, row.number, row.line::integer, row.entity, row.entity_id, row.action, row.before::json,
       row.after::json
  FROM unnest(
       %(numbers)s::bigint[], %(lines)s::bigint[], %(entities)s::text[], %(entity_ids)s::bigint[], %(actions)s::text[],
       %(befores)s::text[], %(afters)s::text[]
       ) AS row (number, line, entity, entity_id, action, before, after);

-- write_reversals --
-- params:  org_id bigint, reverted bigint[], numbers bigint[] (paired)
INSERT INTO reversal (org_id, reverted, number)
SELECT %(org_id)s, row.reverted, row.number
  FROM unnest(%(reverted)s::bigint[], %(numbers)s::bigint[]) AS row (reverted, number);

-- open_holdings --
-- params:  org_id bigint, rows jsonb (the key, floor, version and balances of new holdings)
INSERT INTO holding (
       org_id, id, version, site_id, item_id, location_id, lot_id, unit_id, floor,
       available, reserved, sold, quarantine, hold, incoming, defective, sample)
SELECT %(org_id)s, row.id, row.version, row.site_id, row.item_id, row.location_id, row.lot_id, row.unit_id, row.floor,
       row.available, row.reserved, row.sold, row.quarantine, row.hold, row.incoming, row.defective, row.sample
  FROM jsonb_to_recordset(%(rows)s::jsonb) AS row (
       id bigint, version bigint, site_id bigint, item_id bigint, location_id bigint, lot_id bigint, unit_id bigint,
       floor bigint, available bigint, reserved bigint, sold bigint, quarantine bigint, hold bigint, incoming bigint,
       defective bigint, sample bigint);

-- save_holdings --
-- plan:    renewed
-- The journal row is locked, so what a batch read is still there.
-- params:  org_id bigint, and one array for each other column (paired); quantities in millionths
UPDATE holding
   SET version = row.version,
       floor = row.floor,
       available = row.available,
       reserved = row.reserved,
       sold = row.sold,
       quarantine = row.quarantine,
       hold = row.hold,
       incoming = row.incoming,
       defective = row.defective,
       sample = row.sample
  FROM unnest(
       %(ids)s::bigint[], %(versions)s::bigint[], %(floors)s::bigint[], %(available)s::bigint[], %(reserved)s::bigint[],
       %(sold)s::bigint[], %(quarantine)s::bigint[], %(hold)s::bigint[], %(incoming)s::bigint[],
       %(defective)s::bigint[], %(sample)s::bigint[]
       ) AS row (id, version, floor, available, reserved, sold, quarantine, hold, incoming, defective, sample)
 WHERE holding.org_id = %(org_id)s
   AND holding.id = row.id;

-- save_sequences --
-- params:  org_id bigint, names text[], lasts bigint[] (paired)
INSERT INTO sequence (org_id, name, last)
SELECT %(org_id)s, row.name, row.last
  FROM unnest(%(names)s::text[], %(lasts)s::bigint[]) AS row (name, last)
    ON CONFLICT (org_id, name) DO UPDATE
   SET last = excluded.last;
