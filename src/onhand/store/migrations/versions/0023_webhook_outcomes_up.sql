-- Outcomes of webhooks: what became of the tries to tell one, counted from now on and for ever.
ALTER TABLE webhook_position
  ADD COLUMN delivered  bigint NOT NULL DEFAULT 0,
  ADD COLUMN refused    bigint NOT NULL DEFAULT 0,
  ADD COLUMN unanswered bigint NOT NULL DEFAULT 0,
  ADD CONSTRAINT webhook_position_outcomes_not_negative CHECK (delivered >= 0 AND refused >= 0 AND unanswered >= 0);
