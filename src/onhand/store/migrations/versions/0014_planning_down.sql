ALTER TABLE change DROP CONSTRAINT change_follows_the_transitions_of_purchases;
DROP TABLE reorder_point, purchase_line, purchase;
DROP FUNCTION purchase_status_may_follow;
