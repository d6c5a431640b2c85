-- Takes the tallies away.
DROP TABLE refusal_tally;
