-- Takes the table of jobs away. What is open is planned again by whoever works next.
DROP TABLE job;

CREATE SCHEMA onhand_jobs;
GRANT USAGE ON SCHEMA onhand_jobs TO onhand_engine;
