DROP TABLE receipt, setting, item_word, barcode;
DROP FUNCTION refuse_to_change_a_receipt;
DROP INDEX change_of_an_issued_receipt;
ALTER TABLE product DROP COLUMN options;
ALTER TABLE item DROP COLUMN price, DROP COLUMN vat_rate, DROP COLUMN options;
