-- read_sites --
-- A page of sites in the order of their codes.
-- params:  org_id bigint, after text (empty for the first page), limit bigint
-- returns: 0..limit rows
SELECT ${site_row}
  FROM site
 WHERE site.org_id = %(org_id)s
   AND site.code > %(after)s::text
 ORDER BY site.code
 LIMIT %(limit)s::bigint;

-- read_known_site --
-- A site by its code, also one that is retired.
-- params:  org_id bigint, code text
-- returns: 0..1 rows
SELECT ${site_row}
  FROM site
 WHERE site.org_id = %(org_id)s
   AND site.code = %(code)s::text;

-- read_locations_of_site --
-- A page of the locations of a site in the order of their codes.
-- params:  org_id bigint, site_id bigint, after text (empty for the first page), limit bigint
-- returns: 0..limit rows
SELECT location.id,
       location.version,
       site.code AS site,
       location.code,
       location.retired
  FROM location
  JOIN site
    ON site.org_id = %(org_id)s
   AND site.id = location.site_id
 WHERE location.org_id = %(org_id)s
   AND location.site_id = %(site_id)s::bigint
   AND location.code > %(after)s::text
 ORDER BY location.code
 LIMIT %(limit)s::bigint;

-- read_products --
-- A page of products in the order of their codes.
-- params:  org_id bigint, after text (empty for the first page), limit bigint
-- returns: 0..limit rows
SELECT ${product_row}
  FROM product
 WHERE product.org_id = %(org_id)s
   AND product.code > %(after)s::text
 ORDER BY product.code
 LIMIT %(limit)s::bigint;

-- read_known_product --
-- A product by its code, also one that is retired.
-- params:  org_id bigint, code text
-- returns: 0..1 rows
SELECT ${product_row}
  FROM product
 WHERE product.org_id = %(org_id)s
   AND product.code = %(code)s::text;

-- read_items --
-- A page of items in the order of their skus, of one product or of any.
-- params:  org_id bigint, product text (null: any), after text (empty for the first page), limit bigint
-- returns: 0..limit rows
SELECT ${item_row}
  FROM item
  LEFT JOIN product
    ON product.org_id = %(org_id)s
   AND product.id = item.product_id
 WHERE item.org_id = %(org_id)s
   AND item.sku > %(after)s::text
   AND (
       %(product)s::text IS NULL
       OR item.product_id = (
          SELECT wanted.id
            FROM product AS wanted
           WHERE wanted.org_id = %(org_id)s
             AND wanted.code = %(product)s::text
          )
       )
 ORDER BY item.sku
 LIMIT %(limit)s::bigint;

-- read_known_item --
-- An item by its sku, also one that is retired.
-- params:  org_id bigint, sku text
-- returns: 0..1 rows
SELECT ${item_row}
  FROM item
  LEFT JOIN product
    ON product.org_id = %(org_id)s
   AND product.id = item.product_id
 WHERE item.org_id = %(org_id)s
   AND item.sku = %(sku)s::text;

-- read_customers --
-- A page of customers in the order of their codes.
-- params:  org_id bigint, after text (empty for the first page), limit bigint
-- returns: 0..limit rows
SELECT ${customer_row}
  FROM customer
 WHERE customer.org_id = %(org_id)s
   AND customer.code > %(after)s::text
 ORDER BY customer.code
 LIMIT %(limit)s::bigint;

-- read_known_customer --
-- A customer by his code.
-- params:  org_id bigint, code text
-- returns: 0..1 rows
SELECT ${customer_row}
  FROM customer
 WHERE customer.org_id = %(org_id)s
   AND customer.code = %(code)s::text;
