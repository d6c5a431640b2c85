-- Takes the ledger away, with all that it knows. The roles stay, since other databases may use them.
DROP VIEW IF EXISTS movement_trail, current_stock;
DROP TABLE IF EXISTS
    outside_edit, reversal, change, movement, posting, transfer_line, transfer, reservation_line, reservation,
    holding, unit, lot, item, product, location, site, sequence, journal, org;
DROP FUNCTION IF EXISTS guard_history(text), guard_versions(text), guard_table(text);
DROP FUNCTION IF EXISTS refuse_to_change_history();
DROP FUNCTION IF EXISTS refuse_to_truncate();
DROP FUNCTION IF EXISTS refuse_to_move_a_holding();
DROP FUNCTION IF EXISTS record_outside_edit();
DROP TYPE IF EXISTS stock_end;
