"""What runs: the service, the worker, the embedded server, and what shows the ledger at work."""
