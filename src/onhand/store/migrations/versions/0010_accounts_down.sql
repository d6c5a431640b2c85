-- Takes accounts away; what the journal tells of them stays.
DROP TABLE password, api_key, user_account;
DROP FUNCTION refuse_to_revive_a_key();
DROP FUNCTION record_password_edit();
