-- Takes pieces away; their units, holdings and history stay, as things without a kind.
DROP TRIGGER IF EXISTS holding_of_a_piece_is_whole ON holding;
DROP TABLE IF EXISTS piece, transformation_line, transformation;
DROP FUNCTION IF EXISTS hold_piece_to_its_holdings();
DROP FUNCTION IF EXISTS hold_transformation_to_its_movements();
DROP FUNCTION IF EXISTS refuse_to_rewrite_a_piece();
