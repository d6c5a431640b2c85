-- Alarms: alerts about the ledger as a whole, of no item. Zero stands where there is none, which no foreign key allows.

ALTER TABLE alert
    DROP CONSTRAINT alert_item_exists,
    DROP CONSTRAINT alert_rule_known,
    ADD CONSTRAINT alert_rule_known CHECK (rule IN (
        'low_stock', 'out_of_stock', 'negative', 'expiring', 'expired', 'on_hold',
        'inconsistency', 'failure_rate', 'slow_operations')),
    ADD CONSTRAINT alert_of_an_item_or_of_all CHECK (
        (rule IN ('inconsistency', 'failure_rate', 'slow_operations')) = (item_id = 0)
        AND (item_id <> 0 OR (site_id = 0 AND lot_id = 0)));
