-- Takes the table of sessions away.
DROP TABLE login_session;
