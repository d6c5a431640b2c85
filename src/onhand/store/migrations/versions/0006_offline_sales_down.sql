-- Takes the queue of offline sales away.
DROP TABLE offline_sale;
