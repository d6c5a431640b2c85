-- The steps of single items from the last one back, without reading what else the journal holds.
CREATE INDEX change_of_a_serial ON change (org_id, number, line) WHERE entity = 'serial' AND before IS NOT NULL;
