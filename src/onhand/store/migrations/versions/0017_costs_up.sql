-- Costs: what the goods of a holding are worth, and what goes with each movement, in millionths of the currency.
-- What is null is zero; so those who keep no costs write not a byte more.

ALTER TABLE holding
    ADD COLUMN value     bigint,
    ADD COLUMN unit_cost bigint,
    ADD CONSTRAINT holding_unit_cost_not_negative CHECK (unit_cost >= 0) NOT VALID;

ALTER TABLE movement
    ADD COLUMN value      bigint,
    ADD COLUMN value_held bigint,
    ADD COLUMN unit_cost  bigint;

ALTER TABLE transfer ADD COLUMN line_values jsonb;
