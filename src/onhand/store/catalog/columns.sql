-- site_row --
-- A site, as it is told.
site.id,
site.version,
site.code,
site.name,
site.retired

-- product_row --
-- A product, as it is told.
product.id,
product.version,
product.code,
product.name,
product.retired

-- item_row --
-- An item, as it is told.
item.id,
item.version,
item.sku,
item.name,
product.code AS product,
item.measure,
item.pick_policy,
item.price,
item.vat_rate,
item.retired

-- customer_row --
-- A customer, as he is told.
customer.id,
customer.version,
customer.code,
customer.name,
customer.email,
customer.vat_number
