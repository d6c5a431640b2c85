-- Costs: what the goods of a holding are worth, and what goes with each movement, in millionths of the currency.
-- The balances are those after the movement; what is null is zero.

ALTER TABLE holding
    ADD COLUMN value     bigint NOT NULL DEFAULT 0,
    ADD COLUMN unit_cost bigint NOT NULL DEFAULT 0,
    ADD CONSTRAINT holding_unit_cost_not_negative CHECK (unit_cost >= 0) NOT VALID;

ALTER TABLE movement
    ADD COLUMN value      bigint,
    ADD COLUMN value_held bigint,
    ADD COLUMN unit_cost  bigint;

ALTER TABLE transfer ADD COLUMN line_values jsonb;
