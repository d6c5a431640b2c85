-- Takes them away; look-ups take longer then.
DROP INDEX lot_in_order_of_codes;

ALTER TABLE item_word
    DROP CONSTRAINT item_word_pkey,
    ADD CONSTRAINT item_word_pkey PRIMARY KEY (org_id, word, item_id);
