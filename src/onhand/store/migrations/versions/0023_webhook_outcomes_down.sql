-- Takes the outcomes away; the last tries of each webhook stay.
ALTER TABLE webhook_position DROP COLUMN delivered, DROP COLUMN refused, DROP COLUMN unanswered;
