-- read_guards --
-- Which of the guards that recipes stand on are missing or switched off.
-- params:  triggers text[], constraints text[], indexes text[]
-- returns: 0..n rows
SELECT wanted.name
  FROM unnest(%(triggers)s::text[]) AS wanted (name)
 WHERE NOT EXISTS (
       SELECT FROM pg_trigger
        WHERE pg_trigger.tgname = wanted.name
          AND pg_trigger.tgenabled <> 'D'
       )
 UNION ALL
SELECT wanted.name
  FROM unnest(%(constraints)s::text[]) AS wanted (name)
 WHERE NOT EXISTS (
       SELECT FROM pg_constraint
        WHERE pg_constraint.conname = wanted.name
       );

-- read_keys_used_twice --
-- Keys that stand for more than one of the last postings, or do not stand for their own.
-- params:  org_id bigint, since bigint, limit bigint
-- returns: 0..limit rows
SELECT min(posting.number) AS number
  FROM posting
 WHERE posting.org_id = %(org_id)s
   AND posting.number > %(since)s::bigint
 GROUP BY posting.key_hash
HAVING count(*) > 1
 LIMIT %(limit)s::bigint;

-- read_missing_mappings --
-- Ingredients of recipes in force that are none at a site which has mappings; where one of several that stand for one
-- another is mapped, none of them is missing.
-- params:  org_id bigint, moment bigint (microseconds since 1970), limit bigint
-- returns: 0..limit rows
SELECT site.code AS site,
       product.code AS product,
       choice.ingredient,
       choice.unit
  FROM recipe
  JOIN product
    ON product.org_id = %(org_id)s
   AND product.id = recipe.product_id
   AND NOT product.retired
 CROSS JOIN LATERAL (
       SELECT (version.pair ->> 1)::bigint AS id
         FROM jsonb_array_elements(recipe.versions) WITH ORDINALITY AS version (pair, place)
        WHERE (version.pair ->> 0)::bigint <= %(moment)s::bigint
        ORDER BY version.place DESC
        LIMIT 1
       ) AS current
  JOIN recipe_version
    ON recipe_version.org_id = %(org_id)s
   AND recipe_version.id = current.id
 CROSS JOIN LATERAL (
       SELECT (line.value ->> 0)::bigint AS place,
              (array_agg(line.value ->> 1 ORDER BY line.position))[1] AS ingredient,
              (array_agg(line.value ->> 3 ORDER BY line.position))[1] AS unit,
              array_agg(line.value ->> 1) AS ingredients,
              array_agg(line.value ->> 3) AS units
         FROM jsonb_array_elements(recipe_version.ingredients) WITH ORDINALITY AS line (value, position)
        WHERE (line.value ->> 2)::bigint = 0
        GROUP BY 1
       ) AS choice
  JOIN site
    ON site.org_id = %(org_id)s
   AND NOT site.retired
   AND EXISTS (
       SELECT FROM mapping
        WHERE mapping.org_id = %(org_id)s
          AND mapping.site_id = site.id
          AND NOT mapping.retired
       )
 WHERE recipe.org_id = %(org_id)s
   AND NOT EXISTS (
       SELECT FROM mapping
         JOIN unnest(choice.ingredients, choice.units) AS named (ingredient, unit)
           ON named.ingredient = mapping.ingredient
          AND named.unit = mapping.unit
        WHERE mapping.org_id = %(org_id)s
          AND mapping.site_id = site.id
          AND NOT mapping.retired
       )
 ORDER BY site.code, product.code, choice.place
 LIMIT %(limit)s::bigint;

-- read_strange_movements --
-- Postings of the last deductions that moved what stands at another site. Looked up one by one, since a plan made for
-- empty tables would read by org_id alone.
-- params:  org_id bigint, last bigint, limit bigint
-- returns: 0..limit rows
SELECT told.number,
       recent.transaction
  FROM (
       SELECT deduction.id,
              deduction.site_id,
              deduction.transaction
         FROM deduction
        WHERE deduction.org_id = %(org_id)s
        ORDER BY deduction.id DESC
        LIMIT %(last)s::bigint
       ) AS recent
 CROSS JOIN LATERAL (
       SELECT change.number
         FROM change
        WHERE change.org_id = %(org_id)s
          AND change.entity = 'deduction'
          AND change.entity_id = recent.id
          AND change.action <> 'reverted'
       OFFSET 0
       ) AS told
 CROSS JOIN LATERAL (
       SELECT movement.holding_id
         FROM movement
        WHERE movement.org_id = %(org_id)s
          AND movement.number = told.number
       OFFSET 0
       ) AS moved
 CROSS JOIN LATERAL (
       SELECT holding.site_id
         FROM holding
        WHERE holding.org_id = %(org_id)s
          AND holding.id = moved.holding_id
       OFFSET 0
       ) AS place
 WHERE place.site_id <> recent.site_id
 LIMIT %(limit)s::bigint;

-- read_odd_compensations --
-- Of the last deductions, those of which something else is out than their standing lines took; what a reversal did is left
-- to the verification.
-- params:  org_id bigint, last bigint, limit bigint
-- returns: 0..limit rows
SELECT recent.transaction
  FROM (
       SELECT deduction.id,
              deduction.transaction,
              deduction.items,
              deduction.parts
         FROM deduction
        WHERE deduction.org_id = %(org_id)s
        ORDER BY deduction.id DESC
        LIMIT %(last)s::bigint
       ) AS recent
 CROSS JOIN LATERAL (
       SELECT array_agg(change.number) AS numbers,
              bool_or(change.action = 'reverted') AS is_reverted
         FROM change
        WHERE change.org_id = %(org_id)s
          AND change.entity = 'deduction'
          AND change.entity_id = recent.id
       OFFSET 0
       ) AS told
 CROSS JOIN LATERAL (
       SELECT bool_or(cell.difference <> 0) AS is_odd
         FROM (
              SELECT line.holding_id,
                     sum(line.quantity) AS difference
                FROM (
                     SELECT (part ->> 2)::bigint AS holding_id,
                            CASE recent.items -> ((part ->> 0)::integer - 1) ->> 3
                                 WHEN 'deducted' THEN (part ->> 3)::bigint ELSE 0 END AS quantity
                       FROM jsonb_array_elements(recent.parts) AS part
                      UNION ALL
                     SELECT moved.holding_id,
                            moved.quantity
                       FROM unnest(told.numbers) AS posting (number)
                      CROSS JOIN LATERAL (
                            SELECT movement.holding_id,
                                   movement.quantity * ((movement.source = 'used')::integer
                                                        - (movement.target = 'used')::integer) AS quantity
                              FROM movement
                             WHERE movement.org_id = %(org_id)s
                               AND movement.number = posting.number
                            OFFSET 0
                            ) AS moved
                     ) AS line
               GROUP BY line.holding_id
              ) AS cell
       OFFSET 0
       ) AS found
 WHERE found.is_odd
   AND NOT told.is_reverted
 LIMIT %(limit)s::bigint;

-- read_deduction_counts --
-- How many transactions each site has deducted, ever and since a posting, and how many of them are voided.
-- params:  org_id bigint, since bigint
-- returns: 0..n rows
SELECT site.code AS site,
       count(*) AS deducted,
       count(*) FILTER (WHERE deduction.status <> 'deducted') AS voided,
       coalesce(max(recent.count), 0) AS recent
  FROM deduction
  JOIN site
    ON site.org_id = %(org_id)s
   AND site.id = deduction.site_id
  LEFT JOIN (
       SELECT made.site_id,
              count(*) AS count
         FROM change
         JOIN deduction AS made
           ON made.org_id = %(org_id)s
          AND made.id = change.entity_id
        WHERE change.org_id = %(org_id)s
          AND change.number > %(since)s::bigint
          AND change.entity = 'deduction'
          AND change.action = 'created'
        GROUP BY made.site_id
       ) AS recent
    ON recent.site_id = deduction.site_id
 WHERE deduction.org_id = %(org_id)s
 GROUP BY site.code
 ORDER BY site.code;

-- read_refusal_counts --
-- How many deductions were refused at each site, ever and since an hour.
-- params:  org_id bigint, since text
-- returns: 0..n rows
SELECT refusal_tally.site,
       sum(refusal_tally.refused)::bigint AS refused,
       coalesce(sum(refusal_tally.refused) FILTER (WHERE refusal_tally.hour >= %(since)s::text), 0)::bigint
         AS recent
  FROM refusal_tally
 WHERE refusal_tally.org_id = %(org_id)s
 GROUP BY refusal_tally.site
 ORDER BY refusal_tally.site;

-- read_queue_counts --
-- How many offline sales of each site are in which status, and when the first of them arrived.
-- params:  org_id bigint
-- returns: 0..n rows
SELECT site.code AS site,
       offline_sale.status,
       count(*) AS sales,
       min(offline_sale.arrived_at) AS oldest
  FROM offline_sale
  JOIN site
    ON site.org_id = %(org_id)s
   AND site.id = offline_sale.site_id
 WHERE offline_sale.org_id = %(org_id)s
 GROUP BY site.code, offline_sale.status
 ORDER BY site.code, offline_sale.status;

-- read_deduction_trail --
-- A transaction of a site, as it is.
-- params:  org_id bigint, site_id bigint, transaction text
-- returns: 0..1 rows
SELECT deduction.id,
       deduction.status,
       deduction.items,
       deduction.parts
  FROM deduction
 WHERE deduction.org_id = %(org_id)s
   AND deduction.site_id = %(site_id)s::bigint
   AND deduction.transaction = %(transaction)s::text;

-- read_places --
-- Where some holdings are.
-- params:  org_id bigint, ids bigint[]
-- returns: 0..n rows
SELECT key.id,
       ${place}
  FROM unnest(%(ids)s::bigint[]) AS key (id)
  JOIN holding
    ON holding.org_id = %(org_id)s
   AND holding.id = key.id
  ${place_joins holding};

-- read_deduction_postings --
-- The postings that made and changed a deduction, in the order of the journal.
-- params:  org_id bigint, id bigint
-- returns: 1..n rows
SELECT posting.number,
       posting.kind,
       change.action,
       posting.actor,
       posting.recorded_at,
       posting.occurred_at,
       posting.reason
  FROM change
  JOIN posting
    ON posting.org_id = %(org_id)s
   AND posting.number = change.number
 WHERE change.org_id = %(org_id)s
   AND change.entity = 'deduction'
   AND change.entity_id = %(id)s::bigint
 ORDER BY posting.number;

-- read_uses --
-- The receipts that took from some holdings or gave back to them, newest first.
-- params:  org_id bigint, holding_ids bigint[], before bigint, limit bigint
-- returns: 0..limit rows
SELECT moved.number,
       posting.kind,
       posting.actor,
       posting.occurred_at,
       deduction.transaction,
       site.code AS site,
       moved.quantity
  FROM (
       SELECT movement.number,
              sum(movement.quantity
                  * ((movement.target = 'used')::integer - (movement.source = 'used')::integer))::bigint AS quantity
         FROM movement
        WHERE movement.org_id = %(org_id)s
          AND movement.holding_id = ANY (%(holding_ids)s::bigint[])
          AND movement.number < %(before)s::bigint
          AND 'used' IN (movement.source, movement.target)
          AND EXISTS (
              SELECT FROM change
               WHERE change.org_id = %(org_id)s
                 AND change.number = movement.number
                 AND change.entity = 'deduction'
              )
        GROUP BY movement.number
        ORDER BY movement.number DESC
        LIMIT %(limit)s::bigint
       ) AS moved
  JOIN posting
    ON posting.org_id = %(org_id)s
   AND posting.number = moved.number
  JOIN LATERAL (
       SELECT change.entity_id
         FROM change
        WHERE change.org_id = %(org_id)s
          AND change.number = moved.number
          AND change.entity = 'deduction'
        ORDER BY change.line
        LIMIT 1
       ) AS told
    ON true
  JOIN deduction
    ON deduction.org_id = %(org_id)s
   AND deduction.id = told.entity_id
  JOIN site
    ON site.org_id = %(org_id)s
   AND site.id = deduction.site_id
 ORDER BY moved.number DESC;

-- read_counts --
-- What was counted at some holdings, beside what stood in the ledger then, newest first.
-- params:  org_id bigint, holding_ids bigint[], before bigint, before_line bigint, limit bigint
-- returns: 0..limit rows, quantities in millionths
SELECT told.number,
       told.line,
       told.entity_id,
       (told.after ->> 'on_hand')::bigint AS booked,
       (told.after ->> 'counted')::bigint AS counted,
       posting.actor,
       posting.recorded_at,
       posting.occurred_at,
       posting.reason
  FROM unnest(%(holding_ids)s::bigint[]) AS key (id)
 CROSS JOIN LATERAL (
       SELECT change.number,
              change.line,
              change.entity_id,
              change.after
         FROM change
        WHERE change.org_id = %(org_id)s
          AND change.entity = 'evidence'
          AND change.entity_id = key.id
          AND change.action = 'counted'
          AND (change.number, change.line) < (%(before)s::bigint, %(before_line)s::bigint)
        ORDER BY change.number DESC, change.line DESC
        LIMIT %(limit)s::bigint
       ) AS told
 CROSS JOIN LATERAL (
       SELECT posting.actor,
              posting.recorded_at,
              posting.occurred_at,
              posting.reason
         FROM posting
        WHERE posting.org_id = %(org_id)s
          AND posting.number = told.number
       OFFSET 0
       ) AS posting
 ORDER BY told.number DESC, told.line DESC
 LIMIT %(limit)s::bigint;

-- read_mapped_items --
-- The items that ingredients are at a site.
-- params:  org_id bigint, site_id bigint
-- returns: 0..n rows
SELECT DISTINCT
       item.sku
  FROM mapping
  JOIN item
    ON item.org_id = %(org_id)s
   AND item.id = mapping.item_id
 WHERE mapping.org_id = %(org_id)s
   AND mapping.site_id = %(site_id)s::bigint
   AND NOT mapping.retired
 ORDER BY item.sku;

-- read_mappings --
-- A page of what ingredients are at a site, in the order of their names, then of the units.
-- params:  org_id bigint, site_id bigint, after_ingredient text, after_unit text (both empty for the first page),
--          limit bigint
-- returns: 0..limit rows; one unit is numerator over denominator of the item's measure
SELECT mapping.id,
       mapping.version,
       site.code AS site,
       mapping.ingredient,
       mapping.unit,
       item.sku,
       mapping.numerator,
       mapping.denominator
  FROM mapping
  JOIN site
    ON site.org_id = %(org_id)s
   AND site.id = mapping.site_id
  JOIN item
    ON item.org_id = %(org_id)s
   AND item.id = mapping.item_id
 WHERE mapping.org_id = %(org_id)s
   AND mapping.site_id = %(site_id)s::bigint
   AND NOT mapping.retired
   AND (mapping.ingredient, mapping.unit) > (%(after_ingredient)s::text, %(after_unit)s::text)
 ORDER BY mapping.ingredient, mapping.unit
 LIMIT %(limit)s::bigint;
