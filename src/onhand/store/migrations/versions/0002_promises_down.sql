DROP TRIGGER reservation_follows_its_transitions ON reservation;
DROP TRIGGER transfer_follows_its_transitions ON transfer;
DROP FUNCTION guard_status(text, text);
DROP FUNCTION refuse_status();
ALTER TABLE change DROP CONSTRAINT change_follows_its_transitions;
DROP FUNCTION status_may_follow(text, text, text);
DROP TABLE waiting_line;
DROP INDEX reservation_lease_over;
DROP INDEX reservation_due;
CREATE INDEX reservation_due ON reservation (org_id, expires_at) WHERE status = 'active' AND expires_at IS NOT NULL;
ALTER TABLE reservation
    DROP CONSTRAINT reservation_is_claimed_while_releasing,
    DROP COLUMN claimed_by,
    DROP COLUMN lease_until,
    DROP COLUMN wanted,
    DROP COLUMN hold_seconds,
    DROP COLUMN rank;
