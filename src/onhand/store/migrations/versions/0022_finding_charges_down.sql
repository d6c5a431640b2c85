-- Takes the indexes away; reports take longer then.
DROP INDEX posting_by_occurrence, change_of_a_charged_invoice, change_of_an_order;
