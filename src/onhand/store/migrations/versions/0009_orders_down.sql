-- Takes documents and serials away; the ledger stays.
DROP TABLE payment, sales_order, invoice_line, invoice, customer, serial;

ALTER TABLE change DROP CONSTRAINT change_follows_its_transitions;
ALTER TABLE change ADD CONSTRAINT change_follows_its_transitions CHECK (
    entity NOT IN ('reservation', 'transfer', 'deduction', 'offline_sale')
    OR before IS NULL
    OR action = 'reverted'
    OR status_may_follow(entity, before ->> 'status', after ->> 'status')
) NOT VALID;

CREATE OR REPLACE FUNCTION status_may_follow(entity text, source text, target text)
RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT source = target OR CASE entity
        WHEN 'reservation' THEN source || ' ' || target IN (
            'pending active', 'pending released', 'pending expired', 'pending releasing',
            'active committed', 'active released', 'active expired', 'active releasing',
            'releasing active', 'releasing released', 'releasing expired')
        WHEN 'transfer' THEN source || ' ' || target = 'in_transit received'
        WHEN 'deduction' THEN source || ' ' || target IN (
            'deducted partly_voided', 'deducted voided', 'partly_voided voided')
        WHEN 'offline_sale' THEN source || ' ' || target IN (
            'pending synced', 'pending insufficient_stock', 'pending approved', 'pending rejected',
            'insufficient_stock approved', 'insufficient_stock rejected')
        ELSE true
    END
$$;

ALTER TABLE reservation
    DROP CONSTRAINT reservation_owner_has_an_id,
    DROP COLUMN owner,
    DROP COLUMN owner_id;
