-- read_offline_sales --
-- A page of the queue, in the order in which it was sold.
-- params:  org_id bigint, site_id bigint, statuses text[] (each may be null: any), id bigint (may be null),
--          after_sold_at timestamptz, after_sequence bigint, after_id bigint, limit bigint
-- returns: 0..limit rows
SELECT ${offline_sale_row}
  FROM offline_sale
  JOIN site
    ON site.org_id = %(org_id)s
   AND site.id = offline_sale.site_id
 WHERE offline_sale.org_id = %(org_id)s
   AND (%(site_id)s::bigint IS NULL OR offline_sale.site_id = %(site_id)s::bigint)
   AND (%(statuses)s::text[] IS NULL OR offline_sale.status = ANY (%(statuses)s::text[]))
   AND (%(id)s::bigint IS NULL OR offline_sale.id = %(id)s::bigint)
   AND (offline_sale.sold_at, offline_sale.sequence, offline_sale.id)
     > (%(after_sold_at)s::timestamptz, %(after_sequence)s::bigint, %(after_id)s::bigint)
 ORDER BY offline_sale.sold_at, offline_sale.sequence, offline_sale.id
 LIMIT %(limit)s::bigint;

-- read_offline_sale --
-- A sale of the queue by its number.
-- params:  org_id bigint, id bigint
-- returns: 0..1 rows
SELECT ${offline_sale_row}
  FROM offline_sale
  JOIN site
    ON site.org_id = %(org_id)s
   AND site.id = offline_sale.site_id
 WHERE offline_sale.org_id = %(org_id)s
   AND offline_sale.id = %(id)s::bigint;
