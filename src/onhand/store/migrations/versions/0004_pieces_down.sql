-- Takes pieces away; their units, holdings and history stay, as things without a kind.
DROP VIEW IF EXISTS piece_quantity_check, available_pieces, piece_trail;
DROP FUNCTION IF EXISTS refresh_piece_current(bigint);
DROP TABLE IF EXISTS piece_current;
DROP TRIGGER IF EXISTS holding_of_a_piece_is_whole ON holding;
DROP TABLE IF EXISTS piece, transformation_line, transformation;
DROP FUNCTION IF EXISTS hold_piece_to_its_holdings();
DROP FUNCTION IF EXISTS hold_transformation_to_its_movements();
DROP FUNCTION IF EXISTS refuse_to_rewrite_a_piece();
