"""The engine: collects commands, decides them in batches with one writer per org, one transaction each."""
