-- Takes the alerts about the whole ledger away.
ALTER TABLE alert DISABLE TRIGGER USER;
DELETE FROM alert WHERE item_id = 0;
ALTER TABLE alert ENABLE TRIGGER USER;
ALTER TABLE alert
    DROP CONSTRAINT alert_of_an_item_or_of_all,
    DROP CONSTRAINT alert_rule_known,
    ADD CONSTRAINT alert_rule_known CHECK (
        rule IN ('low_stock', 'out_of_stock', 'negative', 'expiring', 'expired', 'on_hold')
    ),
    ADD CONSTRAINT alert_item_exists FOREIGN KEY (org_id, item_id) REFERENCES item (org_id, id);
