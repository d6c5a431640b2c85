-- Takes the charges of orders away; the orders stay.
DROP INDEX change_of_a_return;
ALTER TABLE sales_order DROP COLUMN rates;
