-- stay_in_org --
-- Who this connection is and which org it sees, until it is closed; it is the one writer of its org. What it commits is
-- on disk, whatever the server's default.
-- params:  org_id bigint
-- returns: 1 row, of no interest
SELECT set_config('role', 'onhand_engine', false),
       set_config('onhand.org_id', %(org_id)s::text, false),
       set_config('idle_in_transaction_session_timeout', '10000', false),
       CASE current_setting('synchronous_commit') WHEN 'off' THEN set_config('synchronous_commit', 'on', false) END;

-- enter_org --
-- plan:    kept
-- The same for one transaction, where a pooler may give the connection to somebody else after it.
-- params:  org_id bigint
-- returns: 1 row, of no interest
SELECT set_config('role', 'onhand_engine', true),
       set_config('onhand.org_id', %(org_id)s::text, true),
       set_config('idle_in_transaction_session_timeout', '10000', true),
       CASE current_setting('synchronous_commit') WHEN 'off' THEN set_config('synchronous_commit', 'on', true) END;

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

-- advance_journal_from --
-- plan:    kept
-- The same for a batch that was decided ahead, as the first that its transaction does: it makes this transaction the
-- org's single writer, if the journal ends at the number on which the batch was decided. Where it does not, this divides
-- by zero, and that is the end of the transaction.
-- params:  as advance_journal, and expected bigint (a number)
-- returns: 1 row
  WITH advanced AS (
       UPDATE journal
          SET number = %(number)s,
              hash = %(hash)s,
              recorded_at = %(recorded_at)s,
              catalog_number = %(catalog_number)s,
              id_last = %(id_last)s
        WHERE journal.org_id = %(org_id)s
          AND journal.number = %(expected)s
    RETURNING journal.org_id
       )
SELECT clock_timestamp(),
       1 / count(*)
  FROM advanced;

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
-- params:  org_id bigint, and one array for each other column (paired), null where all of it would be zero; quantities
--          in millionths
INSERT INTO movement (
       org_id, number, line, holding_id, source, target, quantity,
       available, reserved, sold, quarantine, hold, incoming, defective, sample, value, value_held, unit_cost)
SELECT %(org_id)s, row.number, row.line::integer, row.holding_id, row.source, row.target, row.quantity,
       nullif(row.available, 0), nullif(row.reserved, 0), nullif(row.sold, 0), nullif(row.quarantine, 0),
       nullif(row.hold, 0), nullif(row.incoming, 0), nullif(row.defective, 0), nullif(row.sample, 0),
       nullif(row.value, 0), nullif(row.value_held, 0), nullif(row.unit_cost, 0)
  FROM unnest(
       %(numbers)s::bigint[], %(lines)s::bigint[], %(holding_ids)s::bigint[], %(sources)s::text[]::stock_end[],
       %(targets)s::text[]::stock_end[], %(quantities)s::bigint[], %(available)s::bigint[], %(reserved)s::bigint[],
       %(sold)s::bigint[], %(quarantine)s::bigint[], %(hold)s::bigint[], %(incoming)s::bigint[],
       %(defective)s::bigint[], %(sample)s::bigint[], %(values)s::bigint[], %(values_held)s::bigint[],
       %(unit_costs)s::bigint[]
       ) AS row (number, line, holding_id, source, target, quantity,
       available, reserved, sold, quarantine, hold, incoming, defective, sample, value, value_held, unit_cost);

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

-- save_holdings --
-- plan:    kept
-- New and changed holdings. The journal row is locked, so what a batch read is still there. As an insert that meets a
-- row, since each is then found by its key whatever the planner believes of the table: an update that joins was seen
-- to read the whole org for each batch, after an early analysis had found one row.
-- params:  org_id bigint, and one array for each other column (paired), null where all of it would be zero; 0 where there
--          is no location, lot or unit; quantities in millionths
INSERT INTO holding (
       org_id, id, version, site_id, item_id, location_id, lot_id, unit_id, floor,
       available, reserved, sold, quarantine, hold, incoming, defective, sample, value, unit_cost)
SELECT %(org_id)s, row.id, row.version, row.site_id, row.item_id, nullif(row.location_id, 0), nullif(row.lot_id, 0),
       nullif(row.unit_id, 0), coalesce(row.floor, 0),
       coalesce(row.available, 0), coalesce(row.reserved, 0), coalesce(row.sold, 0), coalesce(row.quarantine, 0),
       coalesce(row.hold, 0), coalesce(row.incoming, 0), coalesce(row.defective, 0), coalesce(row.sample, 0),
       nullif(row.value, 0), nullif(row.unit_cost, 0)
  FROM unnest(
       %(ids)s::bigint[], %(versions)s::bigint[], %(site_ids)s::bigint[], %(item_ids)s::bigint[],
       %(location_ids)s::bigint[], %(lot_ids)s::bigint[], %(unit_ids)s::bigint[], %(floors)s::bigint[],
       %(available)s::bigint[], %(reserved)s::bigint[], %(sold)s::bigint[], %(quarantine)s::bigint[],
       %(hold)s::bigint[], %(incoming)s::bigint[], %(defective)s::bigint[], %(sample)s::bigint[],
       %(values)s::bigint[], %(unit_costs)s::bigint[]
       ) AS row (id, version, site_id, item_id, location_id, lot_id, unit_id, floor,
       available, reserved, sold, quarantine, hold, incoming, defective, sample, value, unit_cost)
    ON CONFLICT (org_id, id) DO UPDATE
   SET version = excluded.version,
       floor = excluded.floor,
       available = excluded.available,
       reserved = excluded.reserved,
       sold = excluded.sold,
       quarantine = excluded.quarantine,
       hold = excluded.hold,
       incoming = excluded.incoming,
       defective = excluded.defective,
       sample = excluded.sample,
       value = excluded.value,
       unit_cost = excluded.unit_cost;

-- save_sequences --
-- params:  org_id bigint, names text[], lasts bigint[] (paired)
INSERT INTO sequence (org_id, name, last)
SELECT %(org_id)s, row.name, row.last
  FROM unnest(%(names)s::text[], %(lasts)s::bigint[]) AS row (name, last)
    ON CONFLICT (org_id, name) DO UPDATE
   SET last = excluded.last;
