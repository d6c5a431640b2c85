-- Takes recipes, mappings and deductions away; the ledger stays.
DROP TABLE deduction, mapping, recipe_version, recipe;
DROP FUNCTION refuse_parts_of_other_sites();
DROP FUNCTION refuse_to_change_a_deduction();

ALTER TABLE change DROP CONSTRAINT change_follows_its_transitions;
ALTER TABLE change ADD CONSTRAINT change_follows_its_transitions CHECK (
    entity NOT IN ('reservation', 'transfer')
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
        ELSE true
    END
$$;
