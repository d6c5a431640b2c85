-- Takes the last steps away.
DROP INDEX change_of_a_serial;
