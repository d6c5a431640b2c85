-- Jobs say what is to be done for which org, and nothing of its stock. They are of the installation, not of an org.
GRANT USAGE ON SCHEMA onhand_jobs TO onhand_engine;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA onhand_jobs TO onhand_engine;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA onhand_jobs TO onhand_engine;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA onhand_jobs TO onhand_engine;
