ALTER TABLE transfer DROP COLUMN line_values;

ALTER TABLE movement
    DROP COLUMN unit_cost,
    DROP COLUMN value_held,
    DROP COLUMN value;

ALTER TABLE holding
    DROP COLUMN unit_cost,
    DROP COLUMN value;
