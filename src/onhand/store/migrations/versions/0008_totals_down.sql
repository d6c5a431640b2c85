DROP INDEX item_by_product;
DROP TABLE item_total, projection;
